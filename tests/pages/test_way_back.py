"""Return to school on the pages: tries by phone, an analysis out of a circle, follow-ups of a meeting on Today."""

from datetime import timedelta

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import access, agree, conduct, prepare, rate, tries
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from tests.conversation_models.services.talks_made import change
from tests.pages.conftest import Open, said
from tests.pages.test_talks import forms, press

pytestmark = pytest.mark.sqlite


@pytest.fixture
def health(store, cast) -> Desk:
    return Desk(store, cast.counsellor, access.now())


@pytest.fixture
def ahead(health, cast):
    plan = TalkPlan(cast.student.id, health.today + timedelta(days=9), "return_to_school")
    return prepare.prepare_talk(health, plan)


def test_tries_are_turned_on_seen_and_turned_off(open_page: Open, health, ahead, cast) -> None:
    screen = open_page(cast.counsellor, "prepare", talk=ahead.id)
    assert "Försök via telefonen" in said(screen)
    press(screen, "Slå på försök via telefonen")
    link, code = [element.value for element in screen.code]
    assert len(code.replace("-", "")) == 10
    entry = rate.find_by_token(health.store, link.rpartition("/")[2], health.now)
    tries.tell_try(health.store, entry, tries.Try(1000000001, health.today, {"step": "Till grinden"}), health.now)
    again = open_page(cast.counsellor, "prepare", talk=ahead.id)
    assert not again.code
    assert "Det första försöket skrevs" in said(again)
    assert "Till grinden" in forms(again)
    press(again, "Stäng av")
    assert "Av. Det som skrevs finns kvar." in said(again)


def test_a_mentors_talk_says_nothing_of_tries(open_page: Open, talks, cast) -> None:
    assert "telefonen" not in said(open_page(cast.mentor, "prepare", talk=talks.prepared().id)).replace(
        "på en telefon", ""
    )


def test_an_action_of_the_circle_is_looked_at_in_an_analysis(open_page: Open, health, ahead, cast) -> None:
    conduct.open_talk(health, ahead.id, "circle")
    place = Place(ahead.id, "trigger_circle", "action", Respondent.STUDENT, Manner.TOGETHER)
    conduct.save_in_talk(health, place, change("Jag gick hem"))
    screen = open_page(cast.counsellor, "talk", talk=ahead.id)
    next(each for each in screen.toggle if each.label == "Titta närmare på en handling").set_value(True).run()
    next(each for each in screen.radio if each.label == "Vilken handling?").set_value(
        next(each for each in screen.radio if each.label == "Vilken handling?").options[0]
    )
    screen.run()
    press(screen, "Börja analysen med de här orden")
    view = see_talk(health, ahead.id)
    assert (view.talk.phase, view.value("functional_analysis", "behaviour")) == ("analysis", "Jag gick hem")


def test_beside_a_long_talk_earlier_and_later_parts_lie_folded(open_page: Open, health, ahead, cast) -> None:
    conduct.open_talk(health, ahead.id, "circle")
    screen = open_page(cast.counsellor, "talk", talk=ahead.id)
    folded = {each.label: [button.label for button in each.button] for each in screen.expander}
    assert (len(folded["Tidigare delar (5)"]), len(folded["Senare delar (3)"])) == (5, 3)
    press(screen, folded["Tidigare delar (5)"][0])
    assert see_talk(health, ahead.id).talk.phase == "alliance"


def test_what_a_meeting_decided_stands_on_today_with_the_meetings_name(open_page: Open, health, cast) -> None:
    mentor = Desk(health.store, cast.mentor, access.now())
    talk = prepare.prepare_talk(mentor, TalkPlan(cast.student.id, mentor.today, "network_meeting"))
    conduct.open_talk(mentor, talk.id)
    soon = (mentor.today + timedelta(days=2)).isoformat()
    row = {"row": "own.1000000001", "who": "Bo", "what": "Busskort", "by": soon}
    place = Place(talk.id, "network_meeting", "tasks", Respondent.MENTOR, Manner.TOGETHER)
    conduct.save_in_talk(mentor, place, change([row]))
    conduct.close_talk(mentor, talk.id)
    screen = open_page(cast.mentor, "today")
    assert any("Nätverksmöte" in each for each in links_of(screen))
    assert "Busskort" not in said(screen)
    (found,) = agree.open_decisions(mentor, cast.student.id)
    closed = open_page(cast.mentor, "closed-talk", talk=talk.id)
    assert found.words in said(closed)


def links_of(screen) -> list[str]:
    return [each.proto.label for each in screen.get("page_link")]
