"""Options, cards and tables in a browser: saved as they are given, by touch, by keyboard, and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.forms.by_lot import NEW, is_same
from tests.forms.conftest import Server, until
from tests.forms.definitions import SAMPLES

PAGE = "/s/a?forms=more&one=0"
TALK = "/talk?forms=more&mode=talk&one=0&key=t"
NASTY = "<script>alert(1)</script> \"'><b onclick=x> {{ 7*7 }} &lt; 🙂👩‍👩‍👧 \u202ehöger \u0627\u0644 {n} $& =1+1"


def put(server: Server, key: str, item: str, value: object, version: int = 0) -> None:
    code, said = server.put(key, "more", item, value=value, client=f"x{version}{item}", sequence=1, version=version)
    assert code == 200, said


def comes(server: Server, item: str, value: object, key: str = "a") -> None:
    until(lambda: is_same(server.value(key, item), value), 8)


def group(page: Any, name: str) -> Any:
    return page.get_by_role("group", name=name, exact=True)


def laid(page: Any) -> list[str]:
    return [one.inner_text() for one in page.locator(".laid .words").all()]


def test_a_choice_is_saved_at_once_declined_and_taken_back(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Vilken nivå")
    row.get_by_role("radio", name="Två").check()
    comes(server, "level", "two")
    row.get_by_role("radio", name="Jag vill inte svara").check()
    comes(server, "level", {"declined": True})
    row.get_by_role("button", name="Ta tillbaka mitt svar").click()
    until(lambda: server.rows("select value from draft where item='level'") == [("null",)])
    expect(row.get_by_role("radio", checked=True)).to_have_count(0)


def test_choices_are_saved_in_the_definitions_order(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Vad som hjälper")
    row.get_by_role("checkbox", name="Två").check()
    row.get_by_role("checkbox", name="Noll").check()
    comes(server, "helps", ["zero", "two"])
    row.get_by_role("checkbox", name="Jag vill inte svara").check()
    comes(server, "helps", {"declined": True})
    row.get_by_role("checkbox", name="Ett").check()
    expect(row.get_by_role("checkbox", name="Jag vill inte svara")).not_to_be_checked()
    comes(server, "helps", ["zero", "one", "two"])
    row.get_by_role("button", name="Ta tillbaka mitt svar").click()
    until(lambda: server.rows("select value from draft where item='helps'") == [("null",)])


def test_cards_are_picked_written_moved_and_put_back(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    expect(page.get_by_text("Inget kort valt än")).to_be_visible()
    page.get_by_role("checkbox", name="Musik").check()
    page.get_by_role("checkbox", name="Lugn").check()
    comes(server, "deck", {"picked": ["music", "calm"], "own": []})
    page.get_by_label("Eget kort 2", exact=True).fill("Min katt")
    comes(server, "deck", {"picked": ["music", "calm", "own.2"], "own": ["", "Min katt"]})
    assert laid(page) == ["Musik", "Lugn", "Min katt"]
    page.get_by_role("button", name="Upp Min katt").click()
    comes(server, "deck", {"picked": ["music", "own.2", "calm"], "own": ["", "Min katt"]})
    page.get_by_role("button", name="Lägg tillbaka Musik").click()
    comes(server, "deck", {"picked": ["own.2", "calm"], "own": ["", "Min katt"]})
    expect(page.get_by_role("checkbox", name="Musik")).not_to_be_checked()
    page.reload()
    assert laid(page) == ["Min katt", "Lugn"]
    page.get_by_role("checkbox", name="Välj kortet Eget kort 2").uncheck()
    comes(server, "deck", {"picked": ["calm"], "own": ["", "Min katt"]})


def test_cards_are_ordered_by_keyboard_alone_and_the_focus_stays_with_the_card(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    page.locator("[name='more.deck'][value='calm']").focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    comes(server, "deck", {"picked": ["calm", "order", "friend"], "own": []})

    def focused() -> str:
        return page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")

    for _ in range(40):
        if focused() == "↓ Ner Lugn":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused() == "↓ Ner Lugn"
    page.wait_for_timeout(400)  # acknowledged
    assert focused() == "↓ Ner Lugn"
    expect(page.locator(".told")).to_have_text("Lugn: nummer 2 av 3")
    page.keyboard.press("Enter")
    comes(server, "deck", {"picked": ["order", "friend", "calm"], "own": []})
    assert focused() == "↑ Upp Lugn"
    page.keyboard.press("Enter")
    comes(server, "deck", {"picked": ["order", "calm", "friend"], "own": []})


def test_rows_are_added_filled_removed_and_brought_back(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Mina mål")
    expect(row.get_by_role("group")).to_have_count(1)
    first = row.get_by_role("group", name="Rad 1")
    first.get_by_label("Vad").fill("Komma till tio")
    first.get_by_label("Hur svårt").select_option("0")
    first.get_by_label("Vems").select_option("Mitt")
    first.get_by_label("Klart").check()
    one = {"row": NEW, "goal": "Komma till tio", "hard": 0, "whose": "mine", "done": True}
    comes(server, "goals", [one])
    row.get_by_role("button", name="Lägg till ett mål").click()
    assert re.fullmatch(r"more\.goals\.own\.[0-9]{10}:goal", page.evaluate("document.activeElement.name"))
    page.keyboard.type("Äta lunch")
    comes(server, "goals", [one, {"row": NEW, "goal": "Äta lunch"}])
    row.get_by_role("button", name="Ta bort Rad 1").click()
    comes(server, "goals", [{"row": NEW, "goal": "Äta lunch"}])
    expect(row.get_by_role("group", name="Rad 1").get_by_label("Vad")).to_have_value("Äta lunch")
    assert page.evaluate("document.activeElement.dataset.do") == "undo"
    page.keyboard.press("Enter")
    comes(server, "goals", [one, {"row": NEW, "goal": "Äta lunch"}])


def test_a_number_is_never_given_to_another_row_and_there_is_an_end(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Mina mål")
    row.get_by_label("Vad").fill("ett")
    add = row.get_by_role("button", name="Lägg till ett mål")
    add.click()
    row.get_by_role("button", name="Ta bort Rad 2").click()
    for word in ("två", "tre", "fyra"):
        add.click()
        row.get_by_label("Vad").last.fill(word)
    expect(add).not_to_be_visible()
    comes(server, "goals", [{"row": NEW, "goal": goal} for goal in ("ett", "två", "tre", "fyra")])


def test_a_row_that_was_taken_away_never_lends_its_number_to_the_next(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row, seen = group(page, "Mina mål"), []
    for word in ("ett", "två", "tre"):
        if not row.get_by_label("Vad").last.is_visible() or row.get_by_label("Vad").last.input_value():
            row.get_by_role("button", name="Lägg till ett mål").click()
        row.get_by_label("Vad").last.fill(word)
        comes(server, "goals", [{"row": NEW, "goal": word}])
        seen.append(server.value("a", "goals")[0]["row"])
        row.get_by_role("button", name="Ta bort Rad 1").click()
        comes(server, "goals", None)
        page.reload()
        row.wait_for()
    assert len(set(seen)) == 3


def test_given_rows_are_all_there_and_only_the_written_ones_are_kept(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    group(page, "Söndag").get_by_label("Sömn").fill("23-09")
    group(page, "Måndag").get_by_label("Mat").fill("Frukost")
    comes(server, "week", [{"row": "monday", "meals": "Frukost"}, {"row": "sunday", "sleep": "23-09"}])
    assert group(page, "Min vecka").get_by_role("button", name="Ta bort").count() == 0
    group(page, "Söndag").get_by_label("Sömn").fill("")
    comes(server, "week", [{"row": "monday", "meals": "Frukost"}])


def test_last_times_rows_come_along_once_and_nothing_here_is_overwritten(server: Server, visit: Callable) -> None:
    put(server, "before", "goals", SAMPLES["table"][1])
    put(server, "before", "subjects", [{"row": "maths", "sleep": "åtta"}, {"row": "own.1", "sleep": "Bild"}])
    put(server, "t", "goals", [{"row": "own.1", "goal": "Äta lunch"}])
    page = visit(TALK + "&own=1")
    row = group(page, "Mina mål")
    row.get_by_text("Förra gången").click()
    row.get_by_role("button", name="Ta med raderna").click()
    there = {"row": "own.1", "goal": "Äta lunch"}
    along = SAMPLES["table"][1][0]
    comes(server, "goals", [there, along], "t")
    row = group(page, "Mina ämnen")
    row.get_by_text("Förra gången").click()
    row.get_by_role("button", name="Ta med raderna").click()
    comes(server, "subjects", [{"row": "maths", "sleep": "åtta"}, {"row": "own.1", "sleep": "Bild"}], "t")


@pytest.mark.parametrize("kind", ["choice", "choices", "cards", "table"])
def test_two_devices_and_the_other_ones_answer_is_taken_into_the_fields(
    server: Server, visit: Callable, kind: str
) -> None:
    item, value, words = SAMPLES[kind]
    page = visit(PAGE)
    put(server, "a", item, value)
    row = page.locator(f"[data-item={item}]")
    {
        "choice": lambda: row.get_by_role("radio", name="Noll").check(),
        "choices": lambda: row.get_by_role("checkbox", name="Ett").check(),
        "cards": lambda: row.get_by_role("checkbox", name="Ljust").check(),
        "table": lambda: row.get_by_label("Vad").fill("Härifrån"),
    }[kind]()
    box = row.locator(".conflict")
    expect(box).to_contain_text(words[0])
    expect(box).not_to_contain_text("[object")
    box.get_by_role("button", name="Ta det andra").click()
    expect(page.get_by_role("status").first).not_to_contain_text("Inte sparat")
    if kind == "table":
        row.get_by_label("Vad").last.fill("Äta")
        comes(server, item, [value[0], {**value[1], "goal": "Äta"}])
    elif kind == "cards":
        assert laid(page) == ["Musik", "Min katt", "Lugn"]
    else:
        chosen = [one.get_attribute("value") for one in row.locator("input:checked").all()]
        assert chosen == ([value] if kind == "choice" else value)


def test_a_form_drawn_anew_keeps_a_row_that_is_not_saved_yet(server: Server, visit: Callable) -> None:
    page = visit(TALK)
    row = group(page, "Mina mål")
    row.wait_for()
    drawn = page.evaluate("fetch('/fragment' + location.search).then((reply) => reply.text())")
    page.context.set_offline(True)
    row.get_by_label("Vad").fill("ett")
    row.get_by_role("button", name="Lägg till ett mål").click()
    row.get_by_label("Vad").last.fill("två")
    page.get_by_role("checkbox", name="Musik").check()
    page.get_by_role("checkbox", name="Lugn").check()
    page.evaluate("mount", drawn)
    assert [one.input_value() for one in row.get_by_label("Vad").all()] == ["ett", "två"]
    assert laid(page) == ["Musik", "Lugn"]
    page.context.set_offline(False)
    comes(server, "goals", [{"row": NEW, "goal": "ett"}, {"row": NEW, "goal": "två"}], "t")
    comes(server, "deck", {"picked": ["music", "calm"], "own": []}, "t")


def test_hostile_words_stay_words(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Mina mål")
    row.get_by_label("Vad").fill(NASTY)
    long = ("Åsa & <b>Bo</b> 🙂\n" * 1200)[:20_000]
    row.get_by_label("Hur", exact=True).fill(long)
    page.get_by_label("Eget kort 1", exact=True).fill(NASTY)
    comes(server, "goals", [{"row": NEW, "goal": NASTY, "how": long}])
    comes(server, "deck", {"picked": ["own.1"], "own": [NASTY]})
    page.get_by_role("checkbox", name="Lugn").check()
    page.get_by_role("button", name="Ner").first.click()
    assert laid(page) == ["Lugn", NASTY]
    page.reload()
    assert laid(page) == ["Lugn", NASTY]
    assert row.get_by_label("Hur", exact=True).input_value() == long
    row.get_by_role("button", name="Ta bort").click()
    for address in ("/s/a?forms=more", "/s/a?forms=more&answers=1"):
        page.goto(server.url + address)
        assert page.locator(".jagmed-form script, .jagmed-form b[onclick]").count() == 0


def test_what_does_not_fit_is_said_beside_the_table_and_stays(server: Server, visit: Callable) -> None:
    page = visit(PAGE)
    row = group(page, "Mina mål")
    row.get_by_label("Hur", exact=True).fill("x" * 20_001)
    said = "Det här är 20001 tecken. Det finns plats för 20000. Korta det lite."
    expect(row.get_by_role("alert")).to_have_text(said)
    assert len(row.get_by_label("Hur", exact=True).input_value()) == 20_001


def test_one_at_a_time_and_the_overview_say_each_kind_in_words(server: Server, visit: Callable) -> None:
    for kind in ("choice", "choices", "cards", "table"):
        put(server, "a", SAMPLES[kind][0], SAMPLES[kind][1])
    page = visit("/s/a?forms=more")
    shown = page.locator("[data-item]:visible")
    for _ in range(7):
        assert shown.count() <= 1
        page.locator("[data-do=next]").click()
    lines = page.locator(".overview button .value")
    expect(lines).to_have_count(6)
    assert lines.all_inner_texts()[:3] == ["Två", "Noll, Två", "Musik, Min katt, Lugn"]
    expect(lines.nth(3)).to_have_text("inte svarat")
    expect(lines.nth(4)).to_contain_text("Rad 1: Komma till tio, 0 lätt, Mitt, Klart: ja")


def test_without_script_one_post_carries_each_kind(server: Server, visit: Callable) -> None:
    page = visit("/s/a?forms=more", java_script_enabled=False)
    page.get_by_role("radio", name="Två").check()
    group(page, "Vad som hjälper").get_by_role("checkbox", name="Noll").check()
    page.get_by_role("checkbox", name="Musik").check()
    page.get_by_role("checkbox", name="Lugn").check()
    page.get_by_role("checkbox", name="En vän").check()
    page.get_by_label("Plats Musik").fill("2")
    page.get_by_label("Plats Lugn").fill("1")
    page.get_by_label("Eget kort 1", exact=True).fill("Min katt")
    group(page, "Tisdag").get_by_label("Sömn").fill("22-07")
    goals = group(page, "Mina mål")
    expect(goals.get_by_role("group")).to_have_count(2)
    goals.get_by_label("Vad").nth(1).fill("Äta lunch")
    goals.get_by_label("Hur svårt").nth(1).select_option("10 svårt")
    assert [one.inner_text() for one in page.get_by_role("button").all() if one.is_visible()] == [
        "Skicka till min mentor"
    ]
    page.get_by_role("button", name="Skicka till min mentor").click()
    assert server.value("a", "level") == "two"
    assert server.value("a", "helps") == ["zero"]
    assert server.value("a", "deck") == {"picked": ["calm", "music", "friend"], "own": ["Min katt"]}
    assert server.value("a", "week") == [{"row": "tuesday", "sleep": "22-07"}]
    assert is_same(server.value("a", "goals"), [{"row": NEW, "goal": "Äta lunch", "hard": 10}])
    first = server.value("a", "goals")[0]["row"]
    expect(goals.get_by_role("group")).to_have_count(3)
    assert page.get_by_label("Plats Lugn").input_value() == "1"
    goals.get_by_label("Vad").nth(1).fill("Sova")
    page.get_by_role("button", name="Skicka till min mentor").click()
    assert [row["row"] == first for row in server.value("a", "goals")] == [True, False]
