"""WCAG A and AA by axe, touch targets and width by measure, in light and dark, from 320 px to a tablet."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from forms.assets import MORE_KINDS
from tests.forms.conftest import Server
from tests.forms.definitions import SAMPLES

# Without `preload`, by which axe writes style elements of its own into shadow roots, against the page's content policy.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "preload": False,
}
SIZES = {"320": (320, 700), "390": (390, 844), "tablet": (1024, 768)}
STUDENT = "/s/a?forms=development_survey,priority_ability,everything"
TALK = "/talk?mode=talk&key=t&own=1&forms="
PAGES = {
    "steps": STUDENT,
    "list": STUDENT + "&one=0",
    "answers": "/s/before?answers=1&forms=everything",
    "english": STUDENT + "&language=en&one=0",
    "talk": TALK + "development_survey",
    "agreement": TALK + "development_agreement&one=0",
    "more": "/s/a?forms=more&one=0",
    "more one at a time": "/s/a?forms=more",
    "more in the talk": TALK + "more&one=0",
    "more to read": "/s/before?answers=1&forms=more",
    "preparation": "/talk?mode=preparation&one=0&own=1&key=t&forms=everything",
}
TARGETS = """(root) => {
  const small = [];
  const shown = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  for (const one of root.querySelectorAll("button, a, summary, input:not([type=hidden]), textarea, select")) {
    if (!shown(one)) continue;
    const boxes = [one, one.closest("label")].filter(Boolean).map((part) => part.getBoundingClientRect());
    if (!boxes.some((box) => box.width >= 44 && box.height >= 44)) small.push(one.outerHTML.slice(0, 120));
  }
  return small;
}"""


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def root(page: Any) -> Any:
    return page.evaluate_handle("document.querySelector('#host')?.shadowRoot ?? document")


@pytest.fixture
def filled(server: Server) -> Server:
    """Answers of every kind, before the talk and in it."""
    values = {
        "row": {"colour": "yellow", "fits": ["yellow.1"]}, "number": 5, "words": "Mina egna ord\n" * 3,
        "who": {"declined": True}, "day": "2026-03-12", "joint": {"colour": "red"}, "yes": True, "note": "Sett",
    }  # fmt: skip
    for key in ("before", "a", "t"):
        for number, (item, value) in enumerate(values.items()):
            server.put(key, "everything", item, value=value, client="x", sequence=number + 1, version=0)
        for instrument in ("development_survey", "development_agreement"):
            value = {"colour": "orange"}
            server.put(key, instrument, "workload", value=value, client="y", sequence=1, version=0)
        for item, value, _ in (SAMPLES[kind] for kind in MORE_KINDS):
            server.put(key, "more", item, value=value, client=f"z{item}", sequence=1, version=0)
        week = [{"row": "monday", "sleep": "22-07"}]
        server.put(key, "more", "week", value=week, client="w", sequence=1, version=0)
    return server


def ready(page: Any) -> None:
    page.locator(".jagmed-form").first.wait_for()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_targets_and_width_in_the_light(filled: Server, visit: Callable, name: str, size: str) -> None:
    page = visit(PAGES[name], SIZES[size])
    ready(page)
    for aside in page.locator("summary:visible").all():
        aside.click()
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("size", ["320", "tablet"])
@pytest.mark.parametrize("name", ["steps", "list", "answers", "more", "more to read"])
def test_axe_in_the_dark(filled: Server, visit: Callable, name: str, size: str) -> None:
    page = visit(PAGES[name], SIZES[size], color_scheme="dark")
    ready(page)
    assert violations(page) == []
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.jagmed-form')).getPropertyValue('--ink')") == "#f2ece4"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_where_something_is_wrong_and_at_the_end(filled: Server, visit: Callable, scheme: str) -> None:
    page = visit("/s/a?forms=everything&one=0", SIZES["320"], color_scheme=scheme)
    filled.put("a", "everything", "number", value=8, client="z", sequence=1, version=1)
    page.locator("[name='everything.number'][value='2']").check()
    page.get_by_label("Egna ord").fill("x" * 201)
    page.locator(".conflict").wait_for()
    page.locator(".said").wait_for()
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    page = visit("/s/other?forms=everything", SIZES["320"], color_scheme=scheme)
    while not page.locator(".overview").is_visible():
        page.locator("[data-do=next]").click()
    page.locator(".overview").wait_for()
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_while_rows_come_and_go_and_without_script(filled: Server, visit: Callable, size: str) -> None:
    page = visit("/s/empty?forms=more&one=0", SIZES[size])
    page.locator("[data-item=goals] [name$=goal]").fill("Äta lunch")
    page.get_by_role("button", name="Lägg till ett mål").click()
    page.get_by_role("button", name="Ta bort Rad 1").click()
    page.get_by_role("checkbox", name="Musik").check()
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    plain = visit("/s/before?forms=more", SIZES[size], java_script_enabled=False)
    assert small_without_script(plain) == []


def small_without_script(page: Any) -> list[str]:
    """Names of the fields that are lower than a finger, and whose label around them is too."""
    fields = page.locator("input:not([type=hidden]), select, textarea, button").all()
    shown = [one for one in fields if one.is_visible()]
    assert len(shown) > 20
    return [one.get_attribute("name") for one in shown if max(heights(one)) < 44]


def heights(field: Any) -> list[float]:
    around = field.locator("xpath=ancestor::label[1]").all()
    return [one.bounding_box()["height"] for one in (field, *around)]


def test_axe_while_signing_in_again(filled: Server, visit: Callable) -> None:
    page = visit("/talk?mode=talk&key=t&forms=development_survey", SIZES["tablet"])
    ready(page)
    filled.fault(status=401, times=9)
    page.locator("[type=radio]:visible").nth(1).check()
    page.get_by_role("dialog").wait_for()
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []


def test_the_rules_find_what_is_wrong(server: Server, visit: Callable) -> None:
    page = visit("/s/a")
    page.evaluate(
        "document.querySelector('label').remove(); document.querySelector('[data-do=next]').style.height = '1px'"
    )
    page.evaluate("document.querySelector('[data-do=next]').style.minHeight = '1px'")
    assert violations(page)
    assert root(page).evaluate(TARGETS)


def test_text_twice_as_large_still_fits_a_phone(filled: Server, visit: Callable) -> None:
    page = visit(STUDENT, SIZES["390"])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_number_of_a_scale_is_in_sight_on_the_smallest_phone(filled: Server, visit: Callable) -> None:
    page = visit("/s/a?forms=priority_ability", SIZES["320"])
    boxes = [one.bounding_box() for one in page.locator(".number:visible").all()]
    assert len(boxes) == 10
    assert all(box["width"] >= 44 and box["height"] >= 44 and box["x"] + box["width"] <= 320 for box in boxes)
