"""PUT /answers/...: what docs/saving-an-answer.md promises, from the student's page and from the talk."""

from datetime import timedelta

import pytest
import time_machine

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import conduct, invite, rate
from conversation_models.services.access import now
from conversation_models.storage import answers
from tests.front_door.conftest import BY_SCRIPT, FROM_HOME, change

GREEN = {"colour": "green", "fits": []}
RED = {"colour": "red", "fits": []}
NOTES = "notes_opening"


def drafts(store, talk_id):
    with store.reading() as unit:
        return {
            place.item: (row.open(unit.cipher), row.version) for place, row in answers.drafts_of(unit, talk_id).items()
        }


def test_what_is_acknowledged_is_in_the_database(client, invited, store):
    answer = client.put(invited.answer("workload"), json=change(GREEN))
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["saved_at"].endswith("+00:00")
    assert drafts(store, invited.talk.id) == {"workload": (GREEN, 1)}


def test_a_retry_is_answered_alike_and_written_once(client, invited, store):
    first = client.put(invited.answer("workload"), json=change(GREEN)).json()
    assert client.put(invited.answer("workload"), json=change(GREEN)).json() == first
    assert drafts(store, invited.talk.id) == {"workload": (GREEN, 1)}


def test_an_overtaken_change_is_passed_over(client, invited, store):
    client.put(invited.answer("workload"), json=change(GREEN, sequence=2))
    late = client.put(invited.answer("workload"), json=change(RED, sequence=1))
    assert (late.status_code, late.json()["version"]) == (200, 1)
    assert drafts(store, invited.talk.id) == {"workload": (GREEN, 1)}


def test_two_devices_never_overwrite_each_other_unseen(client, invited, store):
    client.put(invited.answer("workload"), json=change(GREEN, client="phone"))
    other = client.put(invited.answer("workload"), json=change(RED, client="tablet"))
    assert (other.status_code, other.json()) == (409, {"version": 1, "value": GREEN})
    assert drafts(store, invited.talk.id) == {"workload": (GREEN, 1)}
    knowing = client.put(invited.answer("workload"), json=change(RED, client="tablet", sequence=2, version=1))
    assert knowing.json()["version"] == 2


@pytest.mark.parametrize(
    ("item", "posted", "code"),
    [
        ("workload", change({"colour": "blue"}), "unknown_colour"),
        ("workload", change(7), "not_a_colour_answer"),
        ("bring_up", change("x" * 20_001), "too_long"),
        ("bring_up", change("hej", client="<b>"), "not_a_change"),
        ("bring_up", change("hej", sequence="1"), "not_a_change"),
        ("bring_up", {"client": "phone", "sequence": 1}, "not_a_change"),
        ("bring_up", [], "not_a_change"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(client, invited, store, item, posted, code):
    answer = client.put(invited.answer(item), json=posted)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert drafts(store, invited.talk.id) == {}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_refused(client, invited, body):
    assert client.put(invited.answer("workload"), content=body).status_code == 422


def test_a_reason_is_said_in_the_readers_language(client, invited):
    swedish = client.put(invited.answer("bring_up"), json=change("x" * 20_001)).json()["message"]
    english = client.put(
        invited.answer("bring_up"), json=change("x" * 20_001), headers={"accept-language": "en"}
    ).json()["message"]
    assert "20001" in swedish
    assert "20001" in english
    assert swedish != english


def test_far_too_much_is_not_even_read(client, invited):
    assert client.put(invited.answer("bring_up"), json=change("x" * 140_000)).status_code == 413


@pytest.mark.parametrize("path", ["x" * 43, "mine", "0" * 32])
def test_without_the_link_nothing_is_saved(client, invited, store, path):
    answer = client.put(f"/answers/{path}/development_survey/workload", json=change(GREEN))
    assert answer.status_code == {"x": 404, "m": 401, "0": 401}[path[0]]
    assert drafts(store, invited.talk.id) == {}


@pytest.mark.parametrize("spot", ["nothing/workload", "development_survey/nothing", "development_notes/notes_opening"])
def test_only_what_is_asked_here_is_saved(client, invited, spot):
    assert client.put(f"/answers/{invited.new.token}/{spot}", json=change("hej")).status_code == 404


def test_a_link_that_ended_says_how(client, invited, store, mentor_desk):
    with time_machine.travel(now() + timedelta(days=8), tick=True):
        answer = client.put(invited.answer("workload"), json=change(GREEN))
        assert (answer.status_code, answer.json()) == (410, {"code": "expired"})
    invite.revoke(mentor_desk, invited.new.invitation.id)
    assert client.put(invited.answer("workload"), json=change(GREEN)).json() == {"code": "revoked"}


def test_once_the_talk_has_begun_the_students_page_changes_nothing(client, invited, mentor_desk):
    conduct.open_talk(mentor_desk, invited.talk.id)
    answer = client.put(invited.answer("workload"), json=change(GREEN))
    assert (answer.status_code, answer.json()) == (410, {"code": "begun"})


def test_after_sending_the_bare_link_changes_nothing_but_the_code_does(client, invited, store):
    entry = rate.find_by_token(store, invited.new.token, now())
    rate.send(store, entry, True, now())
    assert client.put(invited.answer("workload"), json=change(GREEN)).json() == {"code": "sent"}
    client.post("/s", data={"code": invited.new.code}, headers=FROM_HOME)
    assert client.put("/answers/mine/development_survey/workload", json=change(GREEN)).status_code == 200
    assert client.put(invited.answer("workload"), json=change(RED, sequence=2)).status_code == 200


def note_of(invited, **more):
    return change("Alva såg att Åsa kom i tid", respondent="mentor", manner="together", **more)


def test_a_mentor_saves_in_the_talk(signed_in, invited, store, mentor_desk):
    conduct.open_talk(mentor_desk, invited.talk.id)
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    answer = signed_in("alva").put(path, json=note_of(invited), headers=BY_SCRIPT)
    assert answer.status_code == 200
    place = Place(invited.talk.id, "development_notes", NOTES, Respondent.MENTOR, Manner.TOGETHER)
    with store.reading() as unit:
        assert answers.find_draft(unit, place).open(unit.cipher) == "Alva såg att Åsa kom i tid"


@pytest.mark.parametrize("stranger", ["bo", "charlie", "farah", "gun", "eira"])
def test_who_does_not_reach_the_student_is_refused(signed_in, invited, mentor_desk, store, stranger):
    conduct.open_talk(mentor_desk, invited.talk.id)
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    answer = signed_in(stranger).put(path, json=note_of(invited), headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()) == (403, {"code": "refused"})
    assert drafts(store, invited.talk.id) == {}


def test_a_page_of_another_site_cannot_use_the_session(signed_in, invited, mentor_desk, store):
    conduct.open_talk(mentor_desk, invited.talk.id)
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    browser = signed_in("alva")
    assert browser.put(path, json=note_of(invited), headers=FROM_HOME).status_code == 403
    forged = BY_SCRIPT | {"origin": "http://evil.example"}
    assert browser.put(path, json=note_of(invited), headers=forged).status_code == 403
    assert drafts(store, invited.talk.id) == {}


@pytest.mark.parametrize("told", [{"respondent": "king"}, {"manner": "shouted"}, {"respondent": ["mentor"]}])
def test_a_respondent_that_there_is_not_is_refused(signed_in, invited, mentor_desk, told):
    conduct.open_talk(mentor_desk, invited.talk.id)
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    answer = signed_in("alva").put(path, json=note_of(invited) | told, headers=BY_SCRIPT)
    assert answer.status_code == 422


def test_a_closed_talk_is_locked(signed_in, invited, mentor_desk):
    conduct.open_talk(mentor_desk, invited.talk.id)
    conduct.close_talk(mentor_desk, invited.talk.id)
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    answer = signed_in("alva").put(path, json=note_of(invited), headers=BY_SCRIPT)
    assert (answer.status_code, answer.json()) == (410, {"code": "closed"})


def test_saving_is_activity(signed_in, invited, mentor_desk):
    conduct.open_talk(mentor_desk, invited.talk.id)
    browser = signed_in("alva")
    path = f"/answers/{invited.talk.id}/development_notes/{NOTES}"
    with time_machine.travel(now() + timedelta(minutes=10), tick=True):
        browser.put(path, json=note_of(invited), headers=BY_SCRIPT)
        assert browser.get("/session").json()["seconds_left"] > 880
