"""A talk that was held on paper: typed in afterwards, marked for good, and placed by the day it was held."""

from datetime import date, timedelta

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import agree, conduct, look, paper_talks, prepare
from conversation_models.services.access import Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.paper_talks import PaperTalk
from conversation_models.services.prepare import PlanRefused
from conversation_models.storage import tables
from reports.from_paper import say_all_from_paper
from reports.talk_paper import talk_paper
from tests.access.canaries import text_of
from tests.conversation_models.services.talks_made import AGREED, AGREEMENT, ANSWERED, OWN, SURVEY, Talks, change

HELD = date(2026, 2, 3)


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def typed_in(talks: Talks, held_on: date = HELD) -> str:
    talk = paper_talks.enter_paper_talk(talks.desk, PaperTalk(talks.student.id, held_on))
    talks.write(talk, ANSWERED | AGREED | {(OWN, "notes_now"): "Stod på baksidan"})
    return talk.id


def test_it_is_open_at_once_with_both_days(talks: Talks) -> None:
    talk = paper_talks.enter_paper_talk(talks.desk, PaperTalk(talks.student.id, HELD))
    assert (talk.status, talk.held_on, talk.entered_on) == (TalkStatus.OPEN, HELD, talks.desk.today)
    assert (talk.led_by, talk.opened_at) == (talks.desk.actor.id, talks.desk.now)
    assert prepare.talks_of(talks.desk, talks.student.id) == [talk]
    assert [row.action for row in talks.rows(tables.log_entry, tables.log_entry.c.object_id == talk.id)] == [
        "enter_paper"
    ]


def test_everything_in_it_is_given_on_paper_whatever_is_named(talks: Talks) -> None:
    talk_id = typed_in(talks)
    drafts = talks.rows(tables.draft, tables.draft.c.talk_id == talk_id)
    assert len(drafts) == len(ANSWERED) + len(AGREED) + 1
    assert {row.manner for row in drafts} == {"paper"}
    for manner in Manner:
        place = Place(talk_id, SURVEY, "bring_up", Respondent.STUDENT, manner)
        version = max(row.version for row in talks.rows(tables.draft, tables.draft.c.item == "bring_up"))
        conduct.save_in_talk(talks.desk, place, change("Som det stod", 2, version, client=manner.value))
    assert len(talks.rows(tables.draft, tables.draft.c.item == "bring_up")) == 1


def test_the_whole_way_to_its_paper(talks: Talks) -> None:
    talks.closed(date(2026, 3, 9))
    talk_id = typed_in(talks)
    closed = conduct.close_talk(talks.desk, talk_id)
    assert (closed.status, closed.entered_on) == (TalkStatus.CLOSED, talks.desk.today)
    history = look.history(talks.desk, talks.student.id)
    assert [each.held_on for each in history.talks] == [HELD, date(2026, 3, 9)]
    here = [answer for answer in history.answers if answer.talk_id == talk_id]
    assert {answer.manner for answer in here} == {Manner.PAPER}
    assert {answer.value for answer in here if answer.item == "notes_now"} == {"Stod på baksidan"}
    assert [each.words for each in agree.decisions_of(talks.desk, talk_id)] == [AGREED[AGREEMENT, "work_decision"]]
    assert say_all_from_paper(history.talks, "en") == (
        "Held on paper on 3\u00a0February\u00a02026, typed in on 10\u00a0March\u00a02026.",
    )
    paper = text_of(talk_paper(talks.desk, talk_id, "school", "sv"))
    assert "Höllspåpapperden3februari2026,inskrivetden10mars2026." in paper
    assert "Elevensvaradepåpapper." in paper


@pytest.mark.parametrize(("days", "code"), [(1, "future"), (-20_000, "unlikely")])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(talks: Talks, days: int, code: str) -> None:
    paper = PaperTalk(talks.student.id, talks.desk.today + timedelta(days=days))
    with pytest.raises(PlanRefused) as refusal:
        paper_talks.enter_paper_talk(talks.desk, paper)
    assert [(error.field, error.code) for error in refusal.value.errors] == [("held_on", code)]
    assert talks.rows(tables.talk) == []


def test_a_stranger_and_a_mentor_above_their_level_are_refused(talks: Talks, desk, cast) -> None:
    for stranger in cast.strangers:
        with pytest.raises(Refused):
            paper_talks.enter_paper_talk(desk(stranger), PaperTalk(talks.student.id, HELD))
    with pytest.raises(Refused):
        paper_talks.enter_paper_talk(talks.desk, PaperTalk(talks.student.id, HELD, "return_to_school"))
    health = paper_talks.enter_paper_talk(desk(cast.counsellor), PaperTalk(talks.student.id, HELD, "return_to_school"))
    assert health.entered_on
    assert prepare.talks_of(talks.desk, talks.student.id) == []


def test_one_opened_by_mistake_is_removed_while_it_is_empty(talks: Talks) -> None:
    empty = paper_talks.enter_paper_talk(talks.desk, PaperTalk(talks.student.id, HELD))
    paper_talks.drop_paper_talk(talks.desk, empty.id)
    assert talks.rows(tables.talk) == []
    written = typed_in(talks)
    with pytest.raises(TalkRefused, match="not_empty"):
        paper_talks.drop_paper_talk(talks.desk, written)
    held_here = conduct.open_talk(talks.desk, talks.prepared().id)
    with pytest.raises(TalkRefused, match="not_on_paper"):
        paper_talks.drop_paper_talk(talks.desk, held_here.id)
