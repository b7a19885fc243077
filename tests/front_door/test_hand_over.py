"""The mentor's tablet in the student's hands: every way back to staff's things ends at the door."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from conversation_models.services import access, invite, prepare, rate
from conversation_models.services.students import NewStudent, add_student
from conversation_models.storage import tables
from tests.conversation_models.cast import PASSWORD

TABLET = {"width": 1024, "height": 768}
DOOR = re.compile(r"/sign-in(\?|$)")
STREAM = "/_stcore/stream"
FAMILY = "Bakvägsson"


@dataclass(frozen=True)
class Tablet:
    """`page` is at the student's form now; `other` is a tab that stood open at a list of names. `cookie` is what the
    staff session's was before."""

    page: Any
    other: Any
    talk: str
    student: str
    cookie: str
    media: str


@contextmanager
def handed_over(browser, school) -> Iterator[Tablet]:
    """Alva has looked at a list, a student and a talk, and pressed the button."""
    student = add_student(school.desk, NewStudent(school.cast.group.id, "Lånad", FAMILY))
    talk = prepare.prepare_talk(school.desk, prepare.TalkPlan(student.id, school.desk.today))
    invite.invite(school.desk, talk.id)
    context = browser.new_context(viewport=TABLET, locale="sv-SE", base_url=school.server.url)
    page = context.new_page()
    page.goto("/sign-in")
    sign_in(page)
    other = context.new_page()
    other.goto("/students")
    expect(other.get_by_text(FAMILY).first).to_be_visible(timeout=30_000)
    for address in (f"/student?student={student.id}", f"/prepare?talk={talk.id}"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lånad", timeout=30_000)
    cookie = next(each["value"] for each in context.cookies() if each["name"] == "samtal")
    page.get_by_text("Svara på den här enheten").click()
    page.get_by_role("button", name="Lämna över den här enheten").click()
    page.wait_for_url("**/s/mine")
    yield Tablet(page, other, talk.id, student.id, cookie, "/media/0123456789abcdef.pdf")
    context.close()


def sign_in(page: Any) -> None:
    page.fill("input[name=username]", "alva")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-testid=stMain] h1")


@pytest.fixture(scope="module")
def lent(browser, school) -> Iterator[Tablet]:
    with handed_over(browser, school) as tablet:
        yield tablet


@pytest.fixture
def lent_anew(browser, school) -> Iterator[Tablet]:
    with handed_over(browser, school) as tablet:
        yield tablet


def back(steps: int, *, again: bool = False) -> Callable[[Tablet, Any], Any]:
    """In the tab's own history."""

    def go(lent: Tablet, _school) -> Any:
        lent.page.evaluate(f"history.go(-{steps})")
        lent.page.wait_for_url(lambda url: "/s/mine" not in url, wait_until="load")
        if again:
            lent.page.reload()
        return lent.page

    return go


def look_at_the_tab_that_stood_open(lent: Tablet, _school) -> Any:
    return lent.other


def in_a_new_tab(address: str) -> Callable[[Tablet, Any], Any]:
    def open_it(lent: Tablet, _school) -> Any:
        page = lent.page.context.new_page()
        page.goto(address.format(talk=lent.talk, student=lent.student, media=lent.media))
        return page

    return open_it


def with_the_old_cookie(lent: Tablet, school) -> Any:
    """Somebody had written it down."""
    url = school.server.url
    lent.page.context.add_cookies([{"name": "samtal", "value": lent.cookie, "url": url, "httpOnly": True}])
    page = lent.page.context.new_page()
    page.goto(f"/student?student={lent.student}")
    return page


WAYS: dict[str, Callable[[Tablet, Any], Any]] = {
    "Back": back(1),
    "two steps back in the history": back(2),
    "Back and load again": back(1, again=True),
    "the tab that stood open": look_at_the_tab_that_stood_open,
    "a new tab at the first page": in_a_new_tab("/"),
    "a new tab at the student's page": in_a_new_tab("/student?student={student}"),
    "the talk's paper": in_a_new_tab("/papers/talk/{talk}.pdf"),
    "the student's paper": in_a_new_tab("/papers/student/{student}.pdf"),
    "a file among Streamlit's media": in_a_new_tab("{media}"),
    "the old cookie": with_the_old_cookie,
}


@pytest.mark.parametrize("way", list(WAYS))
def test_every_way_back_ends_at_the_door(lent: Tablet, school, way: str) -> None:
    page = WAYS[way](lent, school)
    page.wait_for_url(DOOR, timeout=20_000)
    assert FAMILY not in page.content()
    assert page.locator("input[name=password]").is_visible()
    if page is lent.page:
        page.evaluate("history.forward()" if "two" not in way else "history.go(2)")
        page.wait_for_url("**/s/mine")
    lent.page.context.clear_cookies(name="samtal")


@pytest.mark.parametrize("cookie", ["the old one", "none"])
def test_a_socket_is_not_opened_again(lent: Tablet, school, cookie: str) -> None:
    headers = {"Cookie": f"samtal={lent.cookie}"} if cookie == "the old one" else {}
    with pytest.raises(InvalidStatus):
        connect(
            school.server.url.replace("http", "ws") + STREAM, origin=school.server.url, additional_headers=headers
        ).close()


def test_the_socket_that_was_open_is_closed_by_the_server(browser, school) -> None:
    """A socket opened with the session's cookie by hand, as a page does: it ends when the device is handed over."""
    student = add_student(school.desk, NewStudent(school.cast.group.id, "Stängd", FAMILY))
    talk = prepare.prepare_talk(school.desk, prepare.TalkPlan(student.id, school.desk.today))
    context = browser.new_context(base_url=school.server.url)
    origin = {"origin": school.server.url}
    signed_in = context.request.post(
        "/sign-in", form={"username": "alva", "password": PASSWORD}, headers=origin, max_redirects=0
    )
    assert signed_in.status == 303
    cookie = next(each["value"] for each in context.cookies() if each["name"] == "samtal")
    with connect(
        school.server.url.replace("http", "ws") + STREAM,
        origin=school.server.url,
        additional_headers={"Cookie": f"samtal={cookie}"},
    ) as socket:
        answer = context.request.post("/hand-over", form={"talk": talk.id}, headers=origin, max_redirects=0)
        assert (answer.status, answer.headers["location"]) == (303, "/s/mine")
        assert "cache" in answer.headers["clear-site-data"]
        with pytest.raises(ConnectionClosedError) as closed:
            socket.recv(timeout=10)
        assert closed.value.rcvd.code == 1008
    context.close()


def test_the_answers_go_with_the_student_and_the_tablet_keeps_none(lent_anew: Tablet, school) -> None:
    page = lent_anew.page
    page.get_by_role("button", name="Visa alla frågor").click()
    page.locator("textarea").first.fill("Det här är mitt")
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    page.get_by_label("Vi öppnar det tillsammans").check()
    page.get_by_role("button", name="Skicka till min mentor").click()
    page.wait_for_url("**/s/handed-back")
    expect(page.get_by_role("heading", level=1)).to_have_text("✓ Dina svar är skickade")
    page.go_back(wait_until="commit")
    page.wait_for_url("**/s")
    assert "Det här är mitt" not in page.content()
    assert invite.invitations_of(school.desk, lent_anew.talk)[-1].sent_on is not None


def test_signing_in_again_takes_the_students_page_away(lent_anew: Tablet, school) -> None:
    page = lent_anew.page
    page.goto("/sign-in")
    sign_in(page)
    page.goto("/s/mine")
    page.wait_for_url("**/s")


def test_it_is_logged_and_the_session_is_revoked(lent: Tablet, school) -> None:
    with school.store.reading() as unit:
        log = tables.log_entry.c
        found = unit.connection.execute(tables.log_entry.select().where(log.action == "hand_over")).all()
    assert lent.talk in {row.object_id for row in found}


def test_a_talk_of_somebody_elses_is_not_handed_over(browser, school) -> None:
    """And the session goes on."""
    context = browser.new_context(base_url=school.server.url)
    origin = {"origin": school.server.url}
    context.request.post("/sign-in", form={"username": "charlie", "password": PASSWORD}, headers=origin)
    student = add_student(school.desk, NewStudent(school.cast.group.id, "Annans", FAMILY))
    talk = prepare.prepare_talk(school.desk, prepare.TalkPlan(student.id, school.desk.today))
    answer = context.request.post("/hand-over", form={"talk": talk.id}, headers=origin, max_redirects=0)
    assert answer.status == 404
    assert json.loads(context.request.get("/session").text())["seconds_left"] > 0
    context.close()


def test_what_the_device_holds_is_a_pass_for_this_invitation_only(lent: Tablet, school) -> None:
    (cookie,) = [each for each in lent.page.context.cookies() if each["name"].startswith("samtal")]
    shown = rate.read_pass(school.store, cookie["value"], access.now())
    assert shown.way == "lent"
    assert shown.invitation_id == invite.invitations_of(school.desk, lent.talk)[-1].id
