"""One question at a time: on a phone for the student, on a tablet for two."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.forms.conftest import Server, until

PHONE = "/s/a"
TALK = "/talk?mode=talk&forms=development_survey&key=t"


def shown(page: Any) -> list[str]:
    """The questions in sight."""
    return [one.inner_text() for one in page.locator(":is(legend, .asks)").all() if one.is_visible()]


def press(page: Any, name: str) -> None:
    page.locator(".dock").get_by_role("button", name=name, exact=False).click()


def choose(page: Any, colour: str) -> None:
    page.locator(f"[value={colour}]").and_(page.locator("[type=radio]:visible")).check()


def test_one_question_is_in_sight_and_next_brings_the_next(server: Server, visit: Callable) -> None:
    page = visit(PHONE)
    assert shown(page) == ["Hur mycket jag har att göra"]
    press(page, "Nästa")
    assert shown(page) == ["Hur svårt det är"]
    assert page.evaluate("document.activeElement.dataset.item") == "content"
    press(page, "Tillbaka")
    assert shown(page) == ["Hur mycket jag har att göra"]
    expect(page.locator(".count")).to_have_text("1 av 13")


def test_the_steps_lead_through_all_forms_of_a_page_to_an_overview(server: Server, visit: Callable) -> None:
    page = visit(PHONE)
    choose(page, "orange")
    seen = []
    for _ in range(13):
        seen += shown(page)
        press(page, "Läs igenom" if len(seen) == 13 else "Nästa")
    assert len(set(seen)) == 13
    assert shown(page) == []
    lines = page.locator(".overview button")
    assert lines.count() == 13
    expect(lines.first).to_have_text("Hur mycket jag har att göra För lite, orange")
    expect(lines.nth(1)).to_contain_text("inte svarat")
    send = page.get_by_role("button", name="Skicka till min mentor")
    expect(send).not_to_be_in_viewport()
    press(page, "Fortsätt")
    expect(send).to_be_in_viewport()
    lines.nth(1).click()
    assert shown(page) == ["Hur svårt det är"]
    expect(page.get_by_role("button", name="Skicka till min mentor")).not_to_be_visible()


def test_what_introduces_the_page_stands_before_the_first_question_only(server: Server, visit: Callable) -> None:
    page = visit(PHONE)
    expect(page.get_by_text("Det här läser din mentor.")).to_be_visible()
    press(page, "Nästa")
    expect(page.get_by_text("Det här läser din mentor.")).not_to_be_visible()


def test_who_comes_back_continues_at_the_first_unanswered_question(server: Server, visit: Callable) -> None:
    for number, item in enumerate(("workload", "content")):
        value = {"colour": "green", "fits": []}
        server.put("a", "development_survey", item, value=value, client="x", sequence=number + 1, version=0)
    assert shown(visit(PHONE)) == ["Kamraterna i gruppen"]


def test_all_questions_can_be_seen_at_once_and_one_at_a_time_again(server: Server, visit: Callable) -> None:
    page = visit(PHONE)
    press(page, "Nästa")
    press(page, "Visa alla frågor")
    assert len(shown(page)) == 13
    press(page, "Visa en i taget")
    assert shown(page) == ["Hur svårt det är"]


def test_pass_declines_what_is_empty_and_never_what_is_answered(server: Server, visit: Callable) -> None:
    page = visit(TALK, (1024, 768))
    press(page, "Hoppa över")
    until(lambda: server.value("t", "workload") == {"declined": True})
    choose(page, "red")
    until(lambda: server.value("t", "content") == {"colour": "red", "fits": []})
    press(page, "Hoppa över")
    page.wait_for_timeout(700)
    assert server.value("t", "content") == {"colour": "red", "fits": []}
    assert shown(page) == ["Kamraterna i gruppen"]


def test_later_comes_back_when_the_last_one_is_done(server: Server, visit: Callable) -> None:
    page = visit(TALK, (1024, 768))
    press(page, "Senare")
    press(page, "Nästa")
    press(page, "Senare")
    for _ in range(7):
        press(page, "Nästa")
    assert shown(page) == ["Något mer jag vill prata om"]
    press(page, "Nästa")
    assert shown(page) == ["Hur mycket jag har att göra"]
    press(page, "Nästa")
    assert shown(page) == ["Kamraterna i gruppen"]
    press(page, "Läs igenom")
    assert shown(page) == []
    assert server.rows("select * from draft") == []


def test_you_write_gives_the_row_alone_to_the_student_and_takes_it_back(server: Server, visit: Callable) -> None:
    own = {"colour": "yellow", "fits": []}
    server.put("before", "development_survey", "workload", value=own, client="x", sequence=1, version=0)
    page = visit(TALK + "&own=1", (1024, 768))
    aside = page.get_by_text("Mitt eget svar före samtalet")
    expect(aside).to_be_visible()
    press(page, "Du skriver")
    expect(aside).not_to_be_visible()
    expect(page.locator(".dock").get_by_role("button")).to_have_text(["Klart, tillbaka till oss båda"])
    assert page.evaluate("document.querySelector('#host').shadowRoot.activeElement.type") == "radio"
    press(page, "Klart")
    expect(aside).to_be_visible()


def test_a_form_drawn_anew_stays_at_the_question_one_was_at(server: Server, visit: Callable) -> None:
    page = visit(TALK, (1024, 768))
    press(page, "Nästa")
    press(page, "Nästa")
    page.evaluate("fetch('/fragment' + location.search).then((reply) => reply.text()).then(mount)")
    until(lambda: page.wait_for_timeout(50) or shown(page) == ["Kamraterna i gruppen"])


def test_a_decision_its_responsible_and_its_day_stand_together(server: Server, visit: Callable) -> None:
    page = visit("/talk?mode=talk&forms=development_agreement&key=t", (1024, 768))
    page.locator(".dock").wait_for()
    for _ in range(3):
        press(page, "Nästa")
    assert shown(page) == ["Vad vi bestämmer", "Vem ser till att det blir av?", "När ser vi hur det gick?"]


def test_the_own_colour_can_be_taken_as_the_joint_one(server: Server, visit: Callable) -> None:
    own = {"colour": "orange"}
    server.put("before", "everything", "joint", value=own, client="x", sequence=1, version=0)
    page = visit("/talk?mode=talk&forms=everything&one=0&own=1&key=t", (1024, 768))
    row = page.get_by_role("group", name="Vår färg")
    expect(row.get_by_role("button", name="Välj samma")).not_to_be_visible()
    assert server.value("t", "joint") is None
    row.get_by_text("Mitt eget svar före samtalet").click()
    row.get_by_role("button", name="Välj samma").click()
    until(lambda: server.value("t", "joint") == {"colour": "orange"})


def test_everything_is_done_by_keyboard_alone(server: Server, visit: Callable) -> None:
    page = visit(PHONE)

    def tab_to(select: str) -> None:
        for _ in range(40):
            if page.evaluate("(select) => document.activeElement.matches(select)", select):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{select} was not reached")

    tab_to("[name='development_survey.workload']")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    until(lambda: (server.value("a", "workload") or {}).get("colour") == "yellow")
    tab_to("[value='yellow.2']")
    page.keyboard.press("Space")
    until(lambda: server.value("a", "workload") == {"colour": "yellow", "fits": ["yellow.2"]})
    for _ in range(10):
        tab_to("[data-do=next]")
        page.keyboard.press("Enter")
    tab_to("textarea")
    page.keyboard.type("Med tangenter")
    until(lambda: server.value("a", "bring_up") == "Med tangenter")
    tab_to("[data-do=next]")
    page.keyboard.press("Enter")
    tab_to("[name='priority_ability.priority']")
    page.keyboard.press("ArrowRight")
    until(lambda: server.value("a", "priority") == 2)
