"""No answer is lost: what the form says is saved is in the database, what is not is on the screen."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.forms.conftest import Server, until

KIND = "/s/a?forms=everything&one=0"
TALK = "/talk?forms=everything&mode=talk&one=0&key=t"


def status(page: Any) -> Any:
    return page.get_by_role("status")


def words(page: Any) -> Any:
    return page.get_by_label("Egna ord")


def test_text_is_saved_within_two_seconds_without_leaving_the_field(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    words(page).press_sequentially("Jag orkar inte med matten.", delay=10)
    typed = time.monotonic()
    until(lambda: server.value("a", "words") == "Jag orkar inte med matten.", 2)
    assert time.monotonic() - typed < 2
    expect(status(page)).to_contain_text("Sparat")
    assert page.evaluate("document.activeElement.name") == "everything.words"


def test_text_is_saved_while_the_typing_goes_on(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    words(page).press_sequentially("a" * 40, delay=100)
    lengths = [len(json.loads(value)) for (value,) in server.rows("select value from written where item='words'")]
    assert len(lengths) >= 2
    assert lengths == sorted(lengths)


def test_every_kind_of_answer_arrives_as_it_was_given(server: Server, visit: Callable) -> None:
    page = visit(TALK)
    page.get_by_label("gul", exact=False).first.wait_for()
    page.locator("input[name='everything.row'][value='orange']").check()
    page.get_by_label("orange mening 2").and_(page.locator(":visible")).last.check()
    page.get_by_role("radio", name="10 högst").check()
    words(page).fill("rad ett\nrad två")
    page.get_by_label("Vem").fill("Åsa")
    page.get_by_label("När").fill("2026-03-12")
    page.get_by_role("group", name="Vår färg").get_by_role("radio", name="för mycket").check()
    page.get_by_label("Ta med").check()
    page.get_by_label("Min anteckning").fill("Sett något bra")
    wanted = {
        "row": {"colour": "orange", "fits": ["orange.2"]}, "number": 10, "words": "rad ett\nrad två", "who": "Åsa",
        "day": "2026-03-12", "joint": {"colour": "red"}, "yes": True, "note": "Sett något bra",
    }  # fmt: skip
    for item, value in wanted.items():
        assert until(lambda item=item, value=value: server.value("t", item) == value), item
    assert server.rows("select respondent from draft where item='note'") == [("mentor",)]
    assert server.rows("select respondent from draft where item='words'") == [("student",)]


def test_declining_and_taking_back_are_saved_and_differ(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    row = page.get_by_role("group", name="En rad")
    row.get_by_role("radio", name="Jag vill inte svara").check()
    until(lambda: server.value("a", "row") == {"declined": True})
    row.get_by_role("button", name="Ta tillbaka mitt svar").click()
    until(lambda: server.rows("select value from draft where item='row'") == [("null",)])
    words(page).fill("Något")
    page.locator("[name='everything.words.declined']").check()
    until(lambda: server.value("a", "words") == {"declined": True})
    words(page).fill("Något annat")
    until(lambda: server.value("a", "words") == "Något annat")
    expect(page.locator("[name='everything.words.declined']")).not_to_be_checked()


def test_a_cut_network_keeps_the_text_says_so_and_saves_when_it_is_back(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    page.context.set_offline(True)
    words(page).fill("skrivet utan nät")
    expect(status(page)).to_have_text("Inte sparat än. Väntar på nätet och försöker igen.")
    words(page).fill("skrivet utan nät, och mer")
    page.get_by_role("radio", name="0 lägst").check()
    assert server.rows("select * from draft") == []
    page.context.set_offline(False)
    until(lambda: server.value("a", "words") == "skrivet utan nät, och mer")
    until(lambda: server.value("a", "number") == 0)
    expect(status(page)).to_contain_text("Sparat")
    assert words(page).input_value() == "skrivet utan nät, och mer"


def test_leaving_with_something_unsaved_asks_first_and_with_all_saved_does_not(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    words(page).fill("sparat")
    expect(status(page)).to_contain_text("Sparat")
    with page.expect_event("close", timeout=10_000):  # a question would keep it open
        page.close(run_before_unload=True)
    page = visit(KIND)
    page.context.set_offline(True)
    words(page).fill("inte sparat")
    expect(status(page)).to_contain_text("Inte sparat än")
    with page.expect_event("dialog", timeout=10_000) as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_killed_server_that_comes_back_gets_the_answer(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    words(page).fill("före")
    until(lambda: server.value("a", "words") == "före")
    server.kill()
    words(page).fill("medan servern var borta")
    expect(status(page)).to_contain_text("Inte sparat än")
    server.start()
    until(lambda: server.value("a", "words") == "medan servern var borta", 10)
    expect(status(page)).to_contain_text("Sparat")
    page.reload()
    assert words(page).input_value() == "medan servern var borta"


def test_a_reply_that_was_lost_leads_to_a_retry_and_not_to_two_writes(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    server.fault(status=502, times=2, after=True)
    words(page).fill("en gång")
    expect(status(page)).to_contain_text("Sparat", timeout=10_000)
    assert server.rows("select value from written where item='words'") == [('"en gång"',)]


def test_a_newer_text_waits_for_the_lost_reply_to_be_settled(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    server.fault(status=502, times=1, after=True)
    words(page).fill("först")
    until(lambda: server.value("a", "words") == "först")
    words(page).fill("sedan")
    until(lambda: server.value("a", "words") == "sedan", 8)
    written = server.rows("select value, sequence from written where item='words' order by rowid")
    assert [value for value, _ in written] == ['"först"', '"sedan"']
    assert page.locator(".conflict").count() == 0


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_busy_server_is_tried_again_when_it_says(server: Server, visit: Callable, code: int) -> None:
    page = visit(KIND)
    server.fault(status=code, times=1, headers={"Retry-After": "2"})
    words(page).fill("vänta lite")
    expect(status(page)).to_contain_text("Försöker igen strax")
    begun = time.monotonic()
    until(lambda: server.value("a", "words") == "vänta lite", 8)
    assert time.monotonic() - begun > 1


def test_two_devices_are_shown_to_each_other_and_nothing_is_overwritten(server: Server, visit: Callable) -> None:
    phone, tablet = visit(KIND), visit(KIND)
    words(phone).fill("från telefonen")
    until(lambda: server.value("a", "words") == "från telefonen")
    words(tablet).fill("från plattan")
    expect(status(tablet)).to_contain_text("Välj vilket svar")
    assert server.value("a", "words") == "från telefonen"
    box = tablet.locator(".conflict")
    expect(box).to_contain_text("från telefonen")
    expect(box).to_contain_text("från plattan")
    box.get_by_role("button", name="Behåll båda").click()
    until(lambda: server.value("a", "words") == "från plattan\n\nfrån telefonen")
    assert words(tablet).input_value() == "från plattan\n\nfrån telefonen"
    expect(status(tablet)).to_contain_text("Sparat")


@pytest.mark.parametrize(
    ("button", "kept"),
    [("Behåll det som står här", {"colour": "red", "fits": []}), ("Ta det andra", {"colour": "green", "fits": []})],
)
def test_two_colours_are_told_in_words_and_a_person_chooses(
    server: Server, visit: Callable, button: str, kept: dict
) -> None:
    page = visit(KIND)
    server.put("a", "everything", "row", value={"colour": "green", "fits": []}, client="x", sequence=1, version=0)
    page.locator("[name='everything.row'][value='red']").check()
    box = page.locator(".conflict")
    expect(box).to_contain_text("För mycket, rött")
    expect(box).to_contain_text("Lagom, grönt")
    box.get_by_role("button", name=button).click()
    until(lambda: server.value("a", "row") == kept)
    expect(page.locator(f"[name='everything.row'][value='{kept['colour']}']")).to_be_checked()
    expect(status(page)).not_to_contain_text("Inte sparat")
    page.locator("[name='everything.row'][value='yellow']").check()
    until(lambda: server.value("a", "row") == {"colour": "yellow", "fits": []})


def test_the_same_answer_from_two_devices_is_no_conflict(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    server.put("a", "everything", "words", value="lika", client="x", sequence=1, version=0)
    words(page).fill("lika")
    page.wait_for_timeout(1200)
    assert page.locator(".conflict").count() == 0
    words(page).fill("lika och mer")
    until(lambda: server.value("a", "words") == "lika och mer")


def test_an_answer_that_does_not_fit_says_why_beside_it_and_stays(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    words(page).fill("x" * 201)
    expect(page.get_by_role("alert")).to_have_text("Det här är 201 tecken. Det finns plats för 200. Korta det lite.")
    expect(status(page)).to_contain_text("Läs det som står vid frågan")
    assert len(words(page).input_value()) == 201
    words(page).fill("kort")
    until(lambda: server.value("a", "words") == "kort")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    ("code", "why", "said"),
    [
        (410, "begun", "Samtalet har börjat"), (410, "expired", "gäller inte längre"), (410, "revoked", "utbytt"),
        (410, "sent", "redan skickade"), (410, "closed", "avslutat"), (404, "", "känner inte igen länken"),
        (403, "", "kan inte spara"),
    ],
)  # fmt: skip
def test_a_link_that_has_ended_says_why_and_keeps_the_text(
    server: Server, visit: Callable, code: int, why: str, said: str
) -> None:
    page = visit(KIND)
    server.fault(status=code, times=99, body={"code": why})
    words(page).fill("mina ord")
    expect(status(page)).to_contain_text(said)
    assert words(page).input_value() == "mina ord"
    assert server.rows("select * from draft") == []


def test_signing_in_again_in_place_saves_what_was_written(server: Server, visit: Callable) -> None:
    page = visit(TALK)
    server.fault(status=401, times=999)
    page.get_by_label("Min anteckning").fill("viktigt")
    dialog = page.get_by_role("dialog", name="Logga in igen")
    dialog.get_by_label("Användarnamn").fill("alice")
    dialog.get_by_label("Lösenord").fill("wrong horse")
    dialog.get_by_role("button", name="Logga in").click()
    expect(dialog.get_by_role("alert")).to_have_text("Det stämde inte. Försök en gång till.")
    dialog.get_by_role("button", name="Inte nu").click()
    expect(status(page)).to_contain_text("Logga in igen, så sparas det")
    page.locator(".dock").get_by_role("button", name="Logga in igen").click()
    dialog.get_by_label("Lösenord").fill("right horse")
    dialog.get_by_label("Lösenord").press("Enter")
    until(lambda: server.value("t", "note") == "viktigt")
    expect(dialog).not_to_be_visible()
    expect(status(page)).to_contain_text("Sparat")
    assert page.get_by_label("Min anteckning").input_value() == "viktigt"


def test_a_student_whose_code_has_run_out_is_told_where_to_type_it(server: Server, visit: Callable) -> None:
    page = visit(KIND)
    server.fault(status=401, times=1)
    words(page).fill("kvar")
    expect(status(page)).to_contain_text("Skriv in din kod igen")
    link = page.get_by_role("link", name="Skriv in koden")
    assert link.get_attribute("href") == "/s"
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(lambda: server.value("a", "words") == "kvar")


def test_a_form_drawn_anew_keeps_what_was_typed_and_not_yet_saved(server: Server, visit: Callable) -> None:
    """The talk's screen may draw the form again while a save is on its way, with what the database had before."""
    page = visit(TALK)
    words(page).wait_for()
    drawn = page.evaluate("fetch('/fragment' + location.search).then((reply) => reply.text())")
    page.context.set_offline(True)
    words(page).fill("på väg")
    page.evaluate("mount", drawn)
    assert words(page).input_value() == "på väg"
    page.context.set_offline(False)
    until(lambda: server.value("t", "words") == "på väg")
    page.evaluate("mount", drawn)
    assert words(page).input_value() == "på väg"
    words(page).fill("på väg igen")
    until(lambda: server.value("t", "words") == "på väg igen")
    assert page.locator(".conflict").count() == 0


def test_the_page_around_is_told_of_each_save(server: Server, visit: Callable) -> None:
    page = visit(TALK)
    words(page).fill("ett")
    found = until(lambda: page.evaluate("window.saved"))
    assert found == [{"instrument": "everything", "item": "words", "version": 1}]


def test_it_works_where_random_uuid_is_missing(server: Server, visit: Callable) -> None:
    """Plain http on a school's network, for which 127.0.0.1 is too trusted: taken away here."""
    page = visit(KIND)
    page.add_init_script("Object.defineProperty(crypto, 'randomUUID', { value: undefined })")
    page.reload()
    words(page).fill("ändå")
    until(lambda: server.value("a", "words") == "ändå")
    ((client,),) = server.rows("select distinct client from written")
    assert 1 <= len(client) <= 64


def test_typing_in_the_talks_form_is_not_heard_by_the_page_around(server: Server, visit: Callable) -> None:
    """Streamlit reruns on the letter r."""
    page = visit(TALK)
    page.evaluate("addEventListener('keydown', () => (window.heard = true))")
    words(page).press_sequentially("rc")
    assert page.evaluate("window.heard") is None
