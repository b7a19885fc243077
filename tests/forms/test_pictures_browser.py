"""Pictures where they are used: touched, typed under, reached by keyboard, in the light and the dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.forms.by_lot import NEW, is_same
from tests.forms.conftest import Server, until
from tests.forms.test_accessibility import SIZES, TARGETS, ready, root, violations

SECTIONS = {
    "trigger_circle": "ring,turn",
    "functional_analysis": "",
    "thermometer": "hard",
    "practice_ladder": "",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "trigger_circle": {
        "trigger": "Bussen var full",
        "thought": "Alla tittar " * 40,
        "feeling": [{"row": "own.1", "feeling": "orolig", "strength": 8}, {"row": "own.2", "feeling": "skäms"}],
        "body": "أنا متعب 👩‍👩‍👧‍👦",
        "action": {"declined": True},
        "turn": "thought",
    },
    "functional_analysis": {},
    "thermometer": {
        "situations": [
            {"row": "own.1", "situation": "Åka buss", "now": 7, "imagined": 9},
            {"row": "own.3", "situation": "<b>Matsalen</b>", "now": 7},
            {"row": "own.4", "dont_know": True, "situation": "Idrotten"},
        ]
    },
    "practice_ladder": {
        "steps": [
            {"row": "own.1", "step": "Gå till grinden", "expected": 6},
            {"row": "own.2", "step": "Packa väskan", "expected": 2},
            {"row": "own.3", "step": "Äta"},
        ],
        "tries": [
            {"row": "own.1", "step": "2", "on": "2026-01-12", "before": 2, "highest": 4, "after": 1},
            {"row": "own.2", "step": "gå till grinden", "on": "2026-02-13", "highest": 9, "turned_back": True},
            {"row": "own.3", "step": "Annat", "on": "2026-03-01"},
        ],
    },
}


def address(name: str, key: str, mode: str = "talk", **more: str) -> str:
    from instruments.catalogue import load

    sections = ",".join(section.id for section in load().instrument(name).sections)
    ask = {"mode": mode, "one": "0", "key": key, "forms": name, "sections": SECTIONS[name] or sections} | more
    path = "/talk" if mode == "talk" else f"/s/{key}"
    return path + "?" + "&".join(f"{name}={value}" for name, value in ask.items())


@pytest.fixture
def written(server: Server) -> Server:
    from instruments.catalogue import load

    chain = {
        item.id: "Samma sak " * 9 for item in load().instrument("functional_analysis").items() if item.kind == "text"
    }
    for name, values in (ANSWERS | {"functional_analysis": chain}).items():
        for number, (item, value) in enumerate(values.items()):
            status, _ = server.put("full", name, item, value=value, client="x", sequence=number + 1, version=0)
            assert status == 200
    return server


def awake(page: Any) -> Any:
    page.locator(".picture[data-awake]").first.wait_for()
    page.wait_for_timeout(60)
    return page.locator(".picture").first


def focused(page: Any) -> dict:
    return root(page).evaluate(
        "(root) => { const at = root.activeElement;"
        " return {name: at?.name ?? '', item: at?.closest('[data-item]')?.dataset.item}; }"
    )


@pytest.mark.parametrize("key", ["full", "nobody"])
@pytest.mark.parametrize("name", SECTIONS)
def test_the_script_draws_what_the_server_draws(written: Server, visit: Callable, name: str, key: str) -> None:
    page = visit(address(name, key, "student"), SIZES["390"], java_script_enabled=False)
    drawn = page.locator(".picture .drawn svg").evaluate_all("(all) => all.map((one) => one.outerHTML)")
    page = visit(address(name, key, "student"), SIZES["390"])
    awake(page)
    followed = page.locator(".picture .drawn svg").evaluate_all("(all) => all.map((one) => one.outerHTML)")
    assert [parts_of(one) for one in followed] == [parts_of(one) for one in drawn]


def parts_of(svg: str) -> list[str]:
    """Every element with its attributes, and every text, in a settled order."""
    svg = re.sub(r' (role|aria-pressed|data-words|xmlns)="[^"]*"', "", svg).replace("<!---->", "")
    svg = re.sub(r'(<a class="part number[^>]*?) aria-label="[^"]*"', r"\1", svg)
    svg = svg.replace(" chosen", "")
    tags = re.findall(r"<[^>]+>|[^<>]+", svg)
    found = []
    for tag in tags:
        if tag.startswith("<") and not tag.startswith("</"):
            name, attributes = tag[1:].split(" ")[0].rstrip(">"), sorted(re.findall(r'([\w-]+)="([^"]*)"', tag))
            found.append(f"{name} {[(key, number(value)) for key, value in attributes]}")
        elif tag.strip() and not tag.startswith("</"):
            found.append(" ".join(tag.split()))
    return found


def number(value: str) -> str:
    return re.sub(r"\d+\.0(?!\d)", lambda found: found.group()[:-2], value)


@pytest.mark.parametrize("mode", ["talk", "student"])
@pytest.mark.parametrize("name", SECTIONS)
def test_touching_a_part_moves_to_its_field(written: Server, visit: Callable, name: str, mode: str) -> None:
    page = visit(address(name, "full", mode), SIZES["tablet"])
    picture = awake(page)
    parts = picture.locator("a.part:visible:not(.number)")
    assert parts.count() >= 3
    for index in range(parts.count()):
        part = parts.nth(index)
        wanted = part.evaluate(
            "(one) => [one.dataset.of ?? one.getAttribute('href').split('-').pop(), one.dataset.row ?? '']"
        )
        part.click()
        found = focused(page)
        assert found["item"] == wanted[0]
        assert found["name"].startswith(f"{name}.{wanted[0]}")
        assert wanted[1] in found["name"]


@pytest.mark.parametrize("name", SECTIONS)
def test_keyboard_reaches_every_part_and_enter_opens_its_field(written: Server, visit: Callable, name: str) -> None:
    page = visit(address(name, "full"), SIZES["tablet"])
    picture = awake(page)
    expected = picture.locator("a.part:visible").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    picture.locator("summary").focus()
    reached = []
    for _ in range(len(expected) + 6):
        page.keyboard.press("Tab")
        reached.append(
            root(page).evaluate(
                "(root) => root.activeElement?.matches('a.part') && root.activeElement.getAttribute('aria-label')"
            )
        )
    assert [name for name in reached if name] == expected
    picture.locator("a.part:visible:not(.number)").first.focus()
    page.keyboard.press("Enter")
    assert focused(page)["name"]


@pytest.mark.parametrize(("size", "scheme"), [("320", "light"), ("390", "dark"), ("tablet", "light")])
@pytest.mark.parametrize("key", ["full", "nobody"])
@pytest.mark.parametrize("name", SECTIONS)
def test_axe_targets_and_width(written: Server, visit: Callable, name: str, key: str, size: str, scheme: str) -> None:
    page = visit(address(name, key, "student"), SIZES[size], color_scheme=scheme)
    ready(page)
    awake(page)
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


def test_a_picture_to_read_passes_axe_and_leads_to_the_answer(written: Server, visit: Callable) -> None:
    page = visit(address("trigger_circle", "full", answers="1"), SIZES["tablet"])
    awake(page)
    assert violations(page) == []
    page.locator("a.part.body").click()
    assert root(page).evaluate("(root) => root.activeElement.id") == "trigger_circle-body"


def test_typing_changes_the_circle_and_its_name(server: Server, visit: Callable) -> None:
    page = visit(address("trigger_circle", "new"), SIZES["tablet"])
    picture = awake(page)
    page.locator("a.part.thought").click()
    page.keyboard.type("Alla <b>tittar</b>")
    part = picture.locator(".part.thought")
    until(lambda: part.get_attribute("aria-label") == "Tanke: Alla <b>tittar</b>")
    assert "empty" not in part.get_attribute("class")
    page.locator("a.part.feeling").click()
    page.keyboard.type("orolig")
    page.locator("[name^='trigger_circle.feeling.own.'][name$=':strength']").select_option("8")
    until(lambda: picture.locator(".part.feeling").get_attribute("aria-label") == "Känsla: orolig 8")
    page.locator("[name='trigger_circle.turn'][value=body]").check()
    until(lambda: "kunde vända här" in picture.locator(".part.body").text_content())
    page.locator("[name='trigger_circle.thought.declined']").check()
    until(lambda: part.get_attribute("aria-label") == "Tanke: vill inte svara")


def test_touching_a_number_of_the_thermometer_answers_with_the_ordinary_field(server: Server, visit: Callable) -> None:
    page = visit(address("thermometer", "new", "student"), SIZES["390"])
    picture = awake(page)
    picture.locator("a.empty").click()
    page.keyboard.type("Åka buss")
    until(lambda: picture.locator("select").is_visible())
    picture.locator("[data-number='7']").click()
    until(lambda: is_same(server.value("new", "situations"), [{"row": NEW, "situation": "Åka buss", "now": 7}]))
    picture.locator("[data-which=imagined]").click()
    picture.locator("[data-number='9']").click()
    wanted = [{"row": NEW, "situation": "Åka buss", "now": 7, "imagined": 9}]
    until(lambda: is_same(server.value("new", "situations"), wanted))
    assert picture.locator("[data-number='9']").get_attribute("aria-pressed") == "true"
    assert picture.locator("[data-number='9']").get_attribute("aria-label").endswith(": Åka buss, I tanken")
    assert picture.locator(".mark.open").count() == 1
    assert violations(page) == []


def test_the_ladder_is_sorted_only_when_asked_and_saved_so(written: Server, visit: Callable) -> None:
    page = visit(address("practice_ladder", "full"), SIZES["tablet"])
    picture = awake(page)
    names = "(all) => all.map((one) => one.getAttribute('aria-label'))"
    before = picture.locator("a.step").evaluate_all(names)
    assert [name.split(", ")[0] for name in before] == [
        "Steg 1: Gå till grinden",
        "Steg 2: Packa väskan",
        "Steg 3: Äta",
    ]
    picture.locator("[data-sort]").click()
    until(lambda: [row["row"] for row in written.value("full", "steps")] == ["own.2", "own.1", "own.3"])
    after = picture.locator("a.step").evaluate_all(names)
    assert [name.split(", ")[0] for name in after] == ["Steg 1: Packa väskan", "Steg 2: Gå till grinden", "Steg 3: Äta"]
    assert not picture.locator("[data-sort]").is_visible()


def test_a_part_of_another_step_brings_that_step(server: Server, visit: Callable) -> None:
    page = visit(address("trigger_circle", "new", one="1"), SIZES["390"])
    picture = awake(page)
    assert not page.locator("[data-item=body]").is_visible()
    picture.locator(".part.body").click()
    assert page.locator("[data-item=body]").is_visible()
    assert focused(page)["item"] == "body"


def test_the_list_alone_without_the_picture(server: Server, visit: Callable) -> None:
    page = visit(address("trigger_circle", "new"), SIZES["390"])
    picture = awake(page)
    page.get_by_text("Visa bara listan").first.click()
    assert not picture.locator("svg").first.is_visible()
    page.get_by_text("Visa bilden också").first.click()
    assert picture.locator("svg").first.is_visible()


def test_without_javascript_a_part_is_a_link_to_its_field(written: Server, visit: Callable) -> None:
    page = visit(address("trigger_circle", "full", "student"), SIZES["390"], java_script_enabled=False)
    page.locator(".part.body").first.click()
    assert page.url.endswith("#trigger_circle-body-field")
