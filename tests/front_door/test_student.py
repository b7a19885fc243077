"""The student's page, as a browser without JavaScript sees it."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from conversation_models.domain.answer import Change
from conversation_models.domain.invitation import InvitationStatus
from conversation_models.services import asked, conduct, entry, invite, my_words, prepare, rate, students
from conversation_models.services.access import Desk, now
from conversation_models.storage import tables
from front_door.settings import settings
from tests.front_door.conftest import FROM_HOME

SURVEY, QUADRANT = "development_survey", "priority_ability"
WHOLE = {
    f"{SURVEY}.workload": "red",
    f"{SURVEY}.workload.fits": "red.1",
    f"{SURVEY}.content": "declined",
    f"{SURVEY}.bring_up": "Jag vill prata om praktiken",
    f"{QUADRANT}.priority": "8",
}


def hidden(page: str, name: str) -> str:
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def filled(page: str, **more: str) -> dict:
    """What a browser posts: the hidden fields, and what was filled in."""
    asked = [html.unescape(found) for found in re.findall(r'name="asked" value="([^"]*)"', page)]
    return {"seen": hidden(page, "seen"), "client": hidden(page, "client"), "asked": " ".join(asked), **WHOLE, **more}


def kept(store, invited):
    found = rate.find_by_token(store, invited.new.token, now(), rate.Pass(invited.new.invitation.id, "code", now()))
    return {key: draft.value for key, draft in rate.open_entry(store, found).values.items()}


def rows(store) -> int:
    with store.reading() as unit:
        return sum(
            unit.connection.execute(select(func.count()).select_from(table)).scalar()
            for table in tables.metadata.sorted_tables
        )


def test_opening_the_link_changes_nothing(client, invited, store):
    before = rows(store)
    for _ in range(3):
        assert client.get(invited.page).status_code == 200
        assert client.head(invited.page).status_code == 200
    assert rows(store) == before
    assert rate.find_by_token(store, invited.new.token, now()).status is InvitationStatus.NOT_BEGUN
    assert not client.cookies


def test_the_page_says_what_it_is_who_reads_and_where_help_is(client, invited):
    page = client.get(invited.page).text
    assert '<html lang="sv">' in page
    for said in ("Hej Åsa!", "Alva", "Vem ser dina svar?", "vårdnadshavare ser inte", "skoldagar", "Göm sidan"):
        assert said in page
    for number in ("tel:112", "tel:116111", "tel:90101", "tel:1177"):
        assert number in page
    assert "Öberg" not in page


def test_the_browser_waits_for_the_first_question_and_no_other(client, invited):
    page = client.get(invited.page).text
    awaited = re.search(r'<link rel="expect" href="#([^"]*)" blocking="render">', page)[1]
    first = re.search(r'id="([^"]*)" data-item=', page)[1]
    assert awaited == first == f"{SURVEY}-workload"


def test_guardians_drop_out_on_the_eighteenth_birthday_unless_invited(client, mentor_desk, cast):
    talk = prepare.prepare_talk(mentor_desk, prepare.TalkPlan(cast.shared.id, mentor_desk.today))
    page = f"/s/{invite.invite(mentor_desk, talk.id).token}"
    assert cast.shared.is_adult(mentor_desk.today)
    assert "Du har fyllt 18" in client.get(page).text
    students.invite_guardians(mentor_desk, cast.shared.id, True)
    shown = client.get(page).text
    assert "Du har fyllt 18" not in shown
    assert "vårdnadshavare ser inte" in shown


def test_the_language_is_chosen_on_the_page_and_remembered(client, invited):
    assert "Hello Åsa!" in client.get(f"{invited.page}?language=en").text
    assert "Hello Åsa!" in client.get(invited.page).text
    assert "Hej Åsa!" in client.get(f"{invited.page}?language=sv").text


def test_the_whole_form_is_saved_in_one_post(client, invited, store):
    page = client.get(invited.page).text
    answer = client.post(invited.page, data=filled(page, action="save"), headers=FROM_HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{invited.page}?saved=yes")
    values = kept(store, invited)
    assert values[SURVEY, "workload"] == {"colour": "red", "fits": ["red.1"]}
    assert values[SURVEY, "content"] == {"declined": True}
    assert values[QUADRANT, "priority"] == 8
    again = client.get(answer.headers["location"]).text
    assert "Sparat." in again
    assert "Jag vill prata om praktiken" in again
    assert re.search(r'value="red" checked', again)


def test_sending_gives_a_receipt_and_shows_the_answers_to_nobody_else(client, new_client, invited, store):
    page = client.get(invited.page).text
    answer = client.post(invited.page, data=filled(page, action="send", reading="before"), headers=FROM_HOME)
    assert answer.headers["location"] == f"{invited.page}/sent"
    assert "Dina svar är skickade" in client.get(answer.headers["location"]).text
    assert "Jag vill prata om praktiken" in client.get(invited.page).text  # the device that sent
    stranger = new_client()
    shown = stranger.get(invited.page).text
    assert "Dina svar är skickade" in shown
    assert "praktiken" not in shown
    assert "checked" not in shown
    assert rate.find_by_token(store, invited.new.token, now()).talk.may_read_before is True


def test_the_code_shows_the_answers_again_on_another_device(client, new_client, invited):
    page = client.get(invited.page).text
    client.post(invited.page, data=filled(page, action="send", reading="together"), headers=FROM_HOME)
    other = new_client()
    typed = invited.new.code.lower().replace("-", " ")
    answer = other.post("/s", data={"code": typed}, headers=FROM_HOME)
    assert answer.headers["location"] == "/s/mine"
    assert "Jag vill prata om praktiken" in other.get("/s/mine").text
    other.post("/s/leave", headers=FROM_HOME)
    assert other.get("/s/mine").headers["location"] == "/s"
    assert "praktiken" not in other.get(invited.page).text


def test_a_device_is_forgotten_by_itself(client, invited):
    page = client.get(invited.page).text
    client.post(invited.page, data=filled(page, action="send", reading="before"), headers=FROM_HOME)
    with time_machine.travel(now() + timedelta(minutes=31), tick=True):
        assert "praktiken" not in client.get(invited.page).text


def test_without_the_choice_it_is_saved_but_not_sent(client, invited, store):
    page = client.get(invited.page).text
    answer = client.post(invited.page, data=filled(page, action="send"), headers=FROM_HOME)
    assert answer.status_code == 422
    assert "sparade men inte skickade" in answer.text
    assert "Jag vill prata om praktiken" in answer.text
    assert kept(store, invited)[QUADRANT, "priority"] == 8
    assert rate.find_by_token(store, invited.new.token, now()).invitation.sent_on is None


def test_another_devices_answer_is_told_and_not_overwritten_unseen(client, new_client, invited, store):
    mine = client.get(invited.page).text
    found = rate.find_by_token(store, invited.new.token, now())
    green = {"colour": "green", "fits": []}
    rate.save(store, found.held, SURVEY, "workload", Change(green, "tablet", 1), now())
    answer = client.post(invited.page, data=filled(mine, action="send", reading="before"), headers=FROM_HOME)
    assert answer.status_code == 409
    assert "På en annan enhet svarade du: lagom" in answer.text
    assert kept(store, invited)[SURVEY, "workload"] == green
    knowing = client.post(invited.page, data=filled(answer.text, action="send", reading="before"), headers=FROM_HOME)
    assert knowing.status_code == 303
    assert kept(store, invited)[SURVEY, "workload"]["colour"] == "red"


def test_what_does_not_fit_stays_on_the_page_with_its_reason(client, invited, store):
    page = client.get(invited.page).text
    wrong = filled(page, action="send", reading="before") | {f"{QUADRANT}.priority": "11"}
    answer = client.post(invited.page, data=wrong, headers=FROM_HOME)
    assert answer.status_code == 422
    assert "1 till 10" in answer.text
    assert "Jag vill prata om praktiken" in answer.text
    assert kept(store, invited) == {}


def test_what_is_not_asked_here_is_left_aside(client, invited, store):
    page = client.get(invited.page).text
    sneaky = filled(page, action="save") | {
        "development_notes.notes_opening": "x",
        "development_agreement.absence": "red",
    }
    assert client.post(invited.page, data=sneaky, headers=FROM_HOME).status_code == 303
    assert {name for name, _ in kept(store, invited)} == {SURVEY, QUADRANT}


def test_words_never_become_html(client, invited):
    evil = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    page = client.get(invited.page).text
    answer = client.post(
        invited.page, data=filled(page, action="save") | {f"{SURVEY}.bring_up": evil}, headers=FROM_HOME
    )
    shown = client.get(answer.headers["location"]).text
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert html.escape("<script>alert(1)", quote=False) in shown


@pytest.mark.parametrize(
    ("why", "said"), [("expired", "gäller inte längre"), ("revoked", "ersatt"), ("begun", "har börjat")]
)
def test_a_page_that_has_ended_says_how_and_what_to_do(client, invited, mentor_desk, why, said):
    if why == "revoked":
        invite.revoke(mentor_desk, invited.new.invitation.id)
    if why == "begun":
        conduct.open_talk(mentor_desk, invited.talk.id)
    with time_machine.travel(now() + timedelta(days=8 if why == "expired" else 0), tick=True):
        answer = client.get(invited.page)
        assert said in answer.text
        assert "<form" not in answer.text
        assert client.post(invited.page, data={"action": "save", **WHOLE}, headers=FROM_HOME).status_code == 410


def test_what_was_begun_before_the_talk_may_still_be_sent(client, invited, mentor_desk, store):
    page = client.get(invited.page).text
    client.post(invited.page, data=filled(page, action="save"), headers=FROM_HOME)
    conduct.open_talk(mentor_desk, invited.talk.id)
    shown = client.get(invited.page).text
    assert "kan du fortfarande skicka" in shown
    assert "<textarea" not in shown
    answer = client.post(invited.page, data={"action": "send", "reading": "together"}, headers=FROM_HOME)
    assert answer.status_code == 303
    assert rate.find_by_token(store, invited.new.token, now()).invitation.sent_on is not None


def test_an_unknown_link_says_so(client):
    answer = client.get("/s/" + "x" * 43)
    assert answer.status_code == 404
    assert "leder ingenstans" in answer.text


def test_guessing_codes_is_limited_and_the_class_goes_on_answering(client, new_client, invited):
    """Also with a code, and from the address where somebody guesses."""
    other = "A" if invited.new.code[0] != "A" else "B"
    statuses = [
        new_client()
        .post("/s", data={"code": f"{other}{n:04d}-22222".translate(str.maketrans("01", "AB"))}, headers=FROM_HOME)
        .status_code
        for n in range(entry.WRONG_CODES_A_MINUTE_AND_ADDRESS + 15)
    ]
    assert statuses.count(404) == entry.WRONG_CODES_A_MINUTE_AND_ADDRESS
    assert statuses.count(429) == 15
    limited = client.post("/s", data={"code": f"{other}7777-77777"}, headers=FROM_HOME)
    assert limited.status_code == 429
    assert int(limited.headers["retry-after"]) >= 1
    assert "Rikta kameran" in limited.text
    assert client.post("/s", data={"code": invited.new.code}, headers=FROM_HOME).status_code == 303
    assert client.get(invited.page).status_code == 200
    change = {"value": {"colour": "green", "fits": []}, "client": "phone", "sequence": 1, "version": 0}
    assert client.put(invited.answer("workload"), json=change).status_code == 200


def test_the_desk_sees_no_unsent_draft(client, invited, store, cast):
    page = client.get(invited.page).text
    client.post(invited.page, data=filled(page, action="save"), headers=FROM_HOME)
    view = conduct.see_talk(Desk(store, cast.mentor, now()), invited.talk.id)
    assert "praktiken" not in repr(view.answers) + repr(view.drafts)


def test_only_languages_that_all_of_it_is_written_in_are_offered(client, invited, monkeypatch):
    both = client.get(invited.page).text
    assert 'hreflang="en"' in both
    find = asked.find_instrument

    def in_swedish_only(name, edition=None):
        found = find(name, edition)
        return found.model_copy(update={"languages": ("sv",)}) if name == QUADRANT else found

    monkeypatch.setattr(asked, "find_instrument", in_swedish_only)
    shown = client.get(f"{invited.page}?language=en").text
    assert 'lang="sv"' in shown
    assert "hreflang" not in shown
    assert "Hej Åsa!" in shown


def test_it_says_how_long_it_is_kept_and_what_stays_in_the_tab(client, new_client, invited, store):
    page = client.get(invited.page).text
    assert "Hur länge sparas det?" in page
    assert "låst i den här fliken" in page
    assert hidden_key(page)
    lent = new_client()
    lent.cookies.set(settings().student_cookie, rate.make_pass(store, invited.new.invitation.id, "lent", now()))
    page = lent.get("/s/mine").text
    assert "så länge du har den öppen" in page
    assert not hidden_key(page)


def hidden_key(page: str) -> str:
    return re.search(r'data-key="([^"]*)"', page)[1]


def send_with_words(client, page, words, **more):
    posted = filled(client.get(page).text, action="send", reading="before", **more) | {f"{SURVEY}.bring_up": words}
    assert client.post(page, data=posted, headers=FROM_HOME).status_code == 303


def type_code(client, code):
    assert client.post("/s", data={"code": code}, headers=FROM_HOME).headers["location"] == "/s/mine"
    return client


def test_my_words_stand_behind_the_code_and_never_on_the_bare_link(client, new_client, invited):
    send_with_words(client, invited.page, "Jag vill prata om praktiken")
    stranger = new_client()
    assert stranger.get(f"{invited.page}/words").headers["location"] == "/s"
    assert "praktiken" not in stranger.get(f"{invited.page}/words").text
    mine = type_code(new_client(), invited.new.code)
    shown = mine.get("/s/mine/words").text
    assert "Jag vill prata om praktiken" in shown
    assert "<textarea" not in shown
    mine.post("/s/leave", headers=FROM_HOME)
    assert mine.get("/s/mine/words").headers["location"] == "/s"


def test_then_and_now_only_where_staff_share_it(client, new_client, invited, mentor_desk, cast):
    send_with_words(client, invited.page, "Då sa jag så")
    conduct.open_talk(mentor_desk, invited.talk.id)
    conduct.close_talk(mentor_desk, invited.talk.id)
    for shows in (False, True):
        later = prepare.TalkPlan(cast.student.id, mentor_desk.today + timedelta(days=40))
        new = invite.invite(mentor_desk, prepare.prepare_talk(mentor_desk, later).id, shows_earlier=shows)
        mine = type_code(new_client(), new.code)
        assert "Då sa jag" not in mine.get("/s/mine/words").text  # nothing is sent in this talk yet
        send_with_words(mine, "/s/mine", "Nu säger jag så")
        shown = mine.get("/s/mine/words").text
        assert "Nu säger jag så" in shown
        assert ("Då sa jag så" in shown) is shows


def test_earlier_words_are_shown_of_the_levels_that_are_asked_only(
    store, client, new_client, invited, cast, monkeypatch
):
    send_with_words(client, invited.page, "Då sa jag så")
    mentor = Desk(store, cast.mentor, now())
    conduct.open_talk(mentor, invited.talk.id)
    conduct.close_talk(mentor, invited.talk.id)
    later = prepare.TalkPlan(cast.student.id, mentor.today + timedelta(days=40))
    new = invite.invite(mentor, prepare.prepare_talk(mentor, later).id, shows_earlier=True)
    send_with_words(type_code(new_client(), new.code), "/s/mine", "Nu")
    found = rate.find_by_pass(store, rate.Pass(new.invitation.id, "code", now()), now())
    assert my_words.my_words(store, found).earlier[SURVEY, "bring_up"][0] == "Då sa jag så"
    monkeypatch.setattr(asked, "levels_alone", lambda *_: frozenset({"e"}))
    assert my_words.my_words(store, found).earlier == {}
    assert my_words.my_words(store, found).sent[SURVEY, "bring_up"] == "Nu"
