"""A guardian's page, as a browser without JavaScript sees it: whom it names, what it does not have, what it saves."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from conversation_models.domain.ids import new_id
from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.student import Guardian
from conversation_models.domain.talk import Talk
from conversation_models.services import conduct, invite, invite_guardian, prepare, rate, talk_view
from conversation_models.services.access import Desk, now
from conversation_models.storage import students as stored_students
from conversation_models.storage.store import Store
from tests.front_door.conftest import FROM_HOME, change

MEETING, ITEM = "home_school_meeting", "home_words"
FIELD = f"{MEETING}.{ITEM}"
KARIN, OLOF, ASA = "Läxorna tar hela kvällen", "Hos mig går det bra", "Jag säger det själv"


@dataclass(frozen=True)
class Home:
    store: Store
    desk: Desk
    talk: Talk
    ways: dict[str, NewInvitation]

    def page(self, who: str) -> str:
        return f"/s/{self.ways[who].token}"

    def put(self, client: TestClient, key: str, words: str, spot: str = f"{MEETING}/{ITEM}"):
        return client.put(f"/answers/{key}/{spot}", json=change(words, client=f"page-{new_id()[:8]}"))


@pytest.fixture
def home(mentor_desk: Desk, cast) -> Home:
    """Åsa, her mother Karin and her father Olof, each with an invitation of their own."""
    first, second = sorted((new_id(), new_id()))
    both = (Guardian(first, "Karin Öberg"), Guardian(second, "Olof Svensson"))
    with mentor_desk.store.writing() as unit:
        stored_students.change(unit, replace(cast.student, guardians=both))
    talk = prepare.prepare_talk(mentor_desk, prepare.TalkPlan(cast.student.id, mentor_desk.today))
    ways = {"student": invite.invite(mentor_desk, talk.id)}
    for name, each in zip(("karin", "olof"), both, strict=True):
        ways[name] = invite_guardian.invite_guardian(mentor_desk, talk.id, each.id, [MEETING])
    return Home(mentor_desk.store, mentor_desk, talk, ways)


def filled(page: str, words: str, action: str) -> dict[str, str]:
    found = {
        name: html.unescape(value) for name, value in re.findall(r'name="(seen|client|asked)" value="([^"]*)"', page)
    }
    return {**found, FIELD: words, "action": action}


def enter_by_code(client: TestClient, home: Home, who: str) -> None:
    assert client.post("/s", data={"code": home.ways[who].code}, headers=FROM_HOME).headers["location"] == "/s/mine"


def test_the_page_says_who_is_asked_about_whom_and_who_reads(client, home):
    page = client.get(home.page("karin")).text
    assert '<html lang="sv">' in page
    said = ("Hej Karin!", "vårdnadshavare för Åsa", "Alva", "Vem ser dina svar?", "inte vad Åsa svarar", "skoldagar")
    for each in (*said, "Det vi vill säga hemifrån", "Skicka till skolan", "Göm sidan", "tel:112"):
        assert each in page, each
    for name in ("Öberg", "Olof", "Svensson"):
        assert name not in page
    awaited = re.search(r'<link rel="expect" href="#([^"]*)" blocking="render">', page)[1]
    assert awaited == re.search(r'id="([^"]*)" data-item=', page)[1]


def test_nothing_speaks_to_the_student_there(client, home):
    page = client.get(home.page("karin")).text
    for spoken in ("Vi träffas för att göra skolan lättare för dig", "Skolans del kommer först", "Mina ord", "Bris"):
        assert spoken not in page
    for asked in ("reading", "Jag vill prata med någon", "/adult", "/words", "student_words", "school_measures"):
        assert asked not in page


def test_the_page_is_there_in_english(client, home):
    page = client.get(f"{home.page('karin')}?language=en").text
    for said in ("Hello Karin!", "as a guardian of Åsa", "What we at home want to say", "Send to the school"):
        assert said in page


def test_a_guardian_saves_goes_on_and_sends_without_javascript(client, new_client, home):
    page = client.get(home.page("karin")).text
    saved = client.post(home.page("karin"), data=filled(page, KARIN, "save"), headers=FROM_HOME)
    assert saved.headers["location"] == f"{home.page('karin')}?saved=yes"
    again = client.get(saved.headers["location"]).text
    assert "Sparat." in again
    assert KARIN in again
    sent = client.post(home.page("karin"), data=filled(again, KARIN + " ofta", "send"), headers=FROM_HOME)
    assert sent.headers["location"] == f"{home.page('karin')}/sent"
    receipt = client.get(sent.headers["location"]).text
    assert "Dina svar är skickade" in receipt
    assert "Mina ord" not in receipt
    (told,) = talk_view.see_talk(home.desk, home.talk.id).from_home
    assert told.value == KARIN + " ofta"
    stranger = new_client().get(home.page("karin")).text
    assert KARIN not in stranger
    assert "Dina svar är skickade" in stranger


@pytest.mark.parametrize("way", ["link", "code"])
def test_three_invitations_to_one_talk_do_not_see_each_others_answers(new_client, home, way):
    words = {"karin": KARIN, "olof": OLOF}
    for who, said in words.items():
        assert home.put(new_client(), home.ways[who].token, said).status_code == 200
    told = home.put(new_client(), home.ways["student"].token, ASA, "development_survey/bring_up")
    assert told.status_code == 200
    everything = {**words, "student": ASA}
    for who in everything:
        browser = new_client()
        if way == "code":
            enter_by_code(browser, home, who)
        page = browser.get("/s/mine" if way == "code" else home.page(who)).text
        for whose, said in everything.items():
            assert (said in page) == (whose == who), (who, whose)


def test_another_persons_pass_in_the_cookie_opens_only_what_is_theirs(client, home):
    """Two guardians share a phone: after Karin's code, Olof's link is a bare link, and what is Karin's is not on it."""
    home.put(client, home.ways["karin"].token, KARIN)
    enter_by_code(client, home, "karin")
    olof = rate.find_by_token(home.store, home.ways["olof"].token, now())
    rate.save_all(home.store, olof, {(MEETING, ITEM): OLOF}, "page", now())
    rate.send(home.store, olof, True, now())
    shown = client.get(home.page("olof")).text
    assert KARIN not in shown
    assert OLOF not in shown
    assert home.put(client, home.ways["olof"].token, "Karin skriver i Olofs").status_code == 410


@pytest.mark.parametrize(
    "spot", ["development_survey/bring_up", f"{MEETING}/student_words", f"{MEETING}/school_measures"]
)
def test_a_guardian_cannot_save_what_somebody_else_is_asked(client, home, spot):
    assert home.put(client, home.ways["karin"].token, "Något", spot).status_code == 404
    named = client.put(f"/answers/{home.ways['karin'].token}/{spot}", json=change("Något", respondent="student"))
    assert named.status_code == 404
    assert home.put(client, home.ways["student"].token, "Något").status_code == 404


@pytest.mark.parametrize("path", ["adult", "words"])
def test_what_a_student_has_beside_the_questions_leads_a_guardian_back(client, home, path):
    home.put(client, home.ways["student"].token, ASA, "development_survey/bring_up")
    student = rate.find_by_token(home.store, home.ways["student"].token, now())
    rate.send(home.store, student, True, now())
    enter_by_code(client, home, "karin")
    for key in (home.page("karin"), "/s/mine"):
        answer = client.get(f"{key}/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, key)
        assert ASA not in answer.text


def test_a_guardian_cannot_ask_to_talk_in_the_students_name(client, home, cast):
    answer = client.post(f"{home.page('karin')}/adult", data={"adult": cast.mentor.id}, headers=FROM_HOME)
    assert answer.headers["location"] == home.page("karin")


def _turns_18(home: Home, cast) -> None:
    with home.store.writing() as unit:
        found = stored_students.find(unit, cast.student.id)
        stored_students.change(unit, replace(found, birth_date=date(now().year - 18, 1, 1)))


ENDS: dict[str, tuple[Callable[[Home, object], object], str]] = {
    "taken back": (lambda home, _: invite.revoke(home.desk, home.ways["karin"].invitation.id), "gäller inte längre"),
    "eighteen": (_turns_18, "gäller inte längre"),
    "begun": (lambda home, _: conduct.open_talk(home.desk, home.talk.id), "Samtalet har börjat"),
}


@pytest.mark.parametrize("end", ENDS)
def test_an_ended_link_says_so_to_a_guardian(client, home, cast, end):
    happens, said = ENDS[end]
    happens(home, cast)
    page = client.get(home.page("karin")).text
    assert said in page, re.findall(r"<h1.*?</h1>", page)
    assert "mentor" not in page.lower()
    assert home.put(client, home.ways["karin"].token, KARIN).status_code == 410


def test_staff_alone_learn_who_the_guardian_is(client, home):
    assert "Karin Öberg" in {each.guardian.name for each in invite_guardian.invitables(home.desk, home.talk.id)}
    assert client.get(f"/s/{home.ways['karin'].token}x").status_code == 404
