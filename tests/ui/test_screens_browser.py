"""What only a browser shows: accessibility, the language of every string, keys, focus, pause, signing in in place."""

import re
import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import update

from conversation_models.services import access, conduct, people, prepare, tries
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.students import NewStudent, add_student
from conversation_models.storage.tables import staff_session
from tests.conversation_models.cast import PASSWORD
from tests.ui.conftest import settle, visit
from ui import places
from ui.shell.framework import COUNTED_WORDS, FRAMEWORK_WORDS

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
NOTES = "Mina anteckningar"


def addresses(talks, place: places.Place) -> str:
    match place.path:
        case "prepare":
            return f"/prepare?talk={talks.prepared().id}"
        case "talk" | "close-talk":
            return f"/{place.path}?talk={conduct.open_talk(talks.desk, talks.prepared().id).id}"
        case "closed-talk" | "move-talk":
            return f"/{place.path}?talk={talks.closed().id}"
        case "student" | "edit-student" | "looking-back" | "paper-talk" | "report":
            return f"/{place.path}?student={talks.student.id}"
        case "instrument":
            return "/instrument?instrument=introduction_talk"
        case "talk-model":
            return "/talk-model?model=development"
    return f"/{place.path}"


def own_addresses(talks, staff) -> list[str]:
    rights = access.RIGHTS[staff.role]
    return [addresses(talks, place) for place in places.PLACES if place.right is None or place.right in rights]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("username", ["alva", "dana", "eira"])
def test_every_page_passes_axe_and_speaks_one_language(username, language, tablet, school, talks) -> None:
    cast = school.cast
    staff = {"alva": cast.mentor, "dana": cast.counsellor, "eira": cast.administrator}[username]
    people.set_language(Desk(school.store, staff, access.now()), language)
    talks.closed(talks.desk.today)
    page = tablet(username)
    ways_back = way_back(school, staff) if username == "dana" else []
    for address in (*own_addresses(talks, staff), *ways_back):
        visit(page, address)
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(address, each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.lang") == language
        if language == "sv":
            assert english_on(page) == []
    people.set_language(Desk(school.store, staff, access.now()), "sv")


def way_back(school, staff) -> list[str]:
    """Return to school: a prepared talk with tries by phone, and one that goes on in a phase in the middle."""
    health = Desk(school.store, staff, access.now())
    plan = TalkPlan(school.cast.student.id, health.today + timedelta(days=5), "return_to_school")
    ahead, going = (prepare.prepare_talk(health, plan) for _ in range(2))
    tries.turn_on(health, ahead.id, 7)
    conduct.open_talk(health, going.id, "circle")
    return [f"/prepare?talk={ahead.id}", f"/talk?talk={going.id}"]


def english_on(page) -> list[str]:
    """Streamlit's own strings that are still English, in text or in what a screen reader says."""
    said = page.evaluate(
        """() => [...document.querySelectorAll("body *")].flatMap((element) => [
            ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()),
            ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
        ])"""
    )
    counted = {each for each in said if any(re.match(english, each) for english in COUNTED_WORDS)}
    return sorted(set(said) & set(FRAMEWORK_WORDS) | counted)


def test_single_letters_do_nothing(tablet) -> None:
    page = tablet("alva")
    visit(page, "/students")
    sent: list[object] = []
    page.on("websocket", lambda socket: sent.extend([socket]))
    page.evaluate("window.seen = 0; addEventListener('keydown', () => { window.seen += 1; })")
    page.locator("h1").click()
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.wait_for_timeout(500)
    assert page.evaluate("window.seen") == 0
    assert sent == []
    page.get_by_label("Sök på namn").fill("")
    page.get_by_label("Sök på namn").press_sequentially("rc")
    assert page.get_by_label("Sök på namn").input_value() == "rc"


def test_the_heading_has_focus_after_a_change_of_page(tablet) -> None:
    page = tablet("alva")
    page.get_by_role("link", name="Elever").click()
    page.wait_for_selector("h1:has-text('Elever')")
    settle(page)
    assert page.evaluate("document.activeElement.tagName + document.activeElement.textContent") == "H1Elever"


def test_what_a_user_wrote_loads_nothing_from_elsewhere(tablet, school, talks) -> None:
    hostile = NewStudent(school.cast.group.id, "![x](http://evil.example/a.png)", "<img src=http://evil.example/b>")
    student = add_student(talks.desk, hostile)
    page = tablet("alva")
    elsewhere: list[str] = []
    page.on("request", lambda request: request.url.startswith(school.server.url) or elsewhere.append(request.url))
    for address in ("/students", f"/student?student={student.id}", f"/edit-student?student={student.id}"):
        visit(page, address)
        assert "![x](http" in page.locator("[data-testid=stMain]").inner_text() or "edit" in address
    assert [url for url in elsewhere if url.startswith("http")] == []


def test_a_note_is_saved_while_it_is_typed_and_is_there_after_a_reload(tablet, talks, open_talk) -> None:
    page = tablet("alva")
    visit(page, f"/talk?talk={open_talk}")
    page.get_by_label(NOTES).press_sequentially("Hon log när hon berättade.")
    assert note_within(talks, open_talk, 2.0) == "Hon log när hon berättade."
    visit(page, f"/talk?talk={open_talk}")
    assert page.get_by_label(NOTES).input_value() == "Hon log när hon berättade."


def test_a_pause_hides_everything_and_keeps_what_is_typed(tablet, open_talk) -> None:
    page = tablet("alva")
    visit(page, f"/talk?talk={open_talk}")
    page.get_by_label(NOTES).fill("Halvvägs")
    page.get_by_role("button", name="Paus").click()
    assert page.get_by_text("Vi tar en paus.").is_visible()
    assert page.evaluate("document.elementFromPoint(500, 200).shadowRoot !== null")  # the dialog's own root, on top
    page.get_by_role("button", name="Fortsätt").click()
    assert page.get_by_label(NOTES).input_value() == "Halvvägs"


def test_signing_in_again_in_place_keeps_what_is_typed(tablet, school, talks, open_talk) -> None:
    page = tablet("alva")
    visit(page, f"/talk?talk={open_talk}")
    end_by_idleness(school)
    page.get_by_label(NOTES).press_sequentially("Skrivet efteråt")
    page.get_by_role("heading", name="Logga in igen").wait_for()
    page.get_by_role("textbox", name="Lösenord").fill("fel fel fel fel fel")
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_text("stämmer inte").wait_for()
    page.get_by_role("textbox", name="Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("heading", name="Logga in igen").wait_for(state="hidden")
    assert page.get_by_label(NOTES).input_value() == "Skrivet efteråt"
    assert note_within(talks, open_talk, 5.0) == "Skrivet efteråt"
    page.get_by_role("button", name="Så här har du det").first.click()
    page.wait_for_selector("h1:has-text('Så här har du det')")


def test_a_warning_comes_before_the_end_and_one_may_stay(tablet, school) -> None:
    page = tablet("alva")
    visit(page, "/students")
    end_by_idleness(school, left=timedelta(seconds=90))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("heading", name="Är du kvar?").wait_for()
    page.get_by_role("button", name="Jag är kvar").click()
    page.get_by_role("heading", name="Är du kvar?").wait_for(state="hidden")
    left = page.evaluate("fetch('/session').then((answer) => answer.json()).then((said) => said.seconds_left)")
    assert left > 800


def end_by_idleness(school, left: timedelta = timedelta(0)) -> None:
    """Every session was last used so long ago that only `left` remains of the idle limit of 15 minutes."""
    ago = timedelta(minutes=15) - left if left else timedelta(hours=2)
    with school.store.writing() as unit:
        unit.connection.execute(update(staff_session).values(seen_at=access.now() - ago))


def note_within(talks, talk_id: str, seconds: float) -> str | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        view = conduct.see_talk(talks.desk, talk_id)
        words = next((draft.value for draft in view.drafts.values() if draft.place.item.startswith("notes_")), None)
        if words and not words.endswith(" "):
            seen = words
            time.sleep(0.3)
            if seen == words:
                return seen
        time.sleep(0.1)
    return None
