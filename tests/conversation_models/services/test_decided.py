"""Rows of a meeting's tables become follow-ups when it is closed, and the next meeting says what became of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from conversation_models.domain.agreement import Decision, DecisionStatus
from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.talk import Talk
from conversation_models.services import agree, conduct, prepare
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.today import today
from tests.conversation_models.services.talks_made import Talks, change

FIRST = date(2026, 3, 12)
BUS = {"row": "own.4071552980", "who": "Bo", "what": "Busskort", "by": "2026-03-20"}
LUNCH = {"row": "own.8123456789", "who": "Eli", "what": "Äter med Alva", "by": "2026-03-24"}
NO_DAY = {"row": "own.2000000000", "who": "Eli", "what": "Ringer ibland"}


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def held(talks: Talks, held_on: date, rows: list[dict[str, Any]], table=("network_meeting", "tasks")) -> Talk:
    talk = prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, held_on, table[0]))
    conduct.open_talk(talks.desk, talk.id)
    place = Place(talk.id, *table, Respondent.MENTOR, Manner.TOGETHER)
    conduct.save_in_talk(talks.desk, place, change(rows))
    return conduct.close_talk(talks.desk, talk.id)


def still_open(talks: Talks) -> list[tuple[str, str, date | None]]:
    found = agree.open_decisions(talks.desk, talks.student.id)
    return [(each.words, each.responsible, each.follow_up) for each in found]


def statuses(talks: Talks, talk: Talk) -> dict[str, DecisionStatus]:
    return {each.words: each.status for each in agree.decisions_of(talks.desk, talk.id)}


def on_today(talks: Talks) -> list[Decision]:
    found = today(talks.desk)
    return [decision for _student, decision in (*found.overdue, *found.soon)]


def test_rows_with_a_day_stand_on_today_until_somebody_says_how_it_went(talks) -> None:
    soon = talks.desk.today + timedelta(days=3)
    held(talks, FIRST, [{**BUS, "by": soon.isoformat()}, NO_DAY])
    (found,) = on_today(talks)
    assert (found.words, found.responsible, found.follow_up) == ("Busskort", "Bo", soon)
    assert (found.instrument, found.source) == ("network_meeting", "network_meeting.tasks.own.4071552980")
    agree.follow_up(talks.desk, found.id, DecisionStatus.CHANGED, "Cykel i stället")
    assert on_today(talks) == []
    assert still_open(talks) == []


def test_the_same_row_in_the_next_meeting_is_the_same_follow_up(talks) -> None:
    first = held(talks, FIRST, [BUS, LUNCH])
    second = held(talks, FIRST + timedelta(days=7), [BUS, LUNCH])
    assert still_open(talks) == [("Busskort", "Bo", date(2026, 3, 20)), ("Äter med Alva", "Eli", date(2026, 3, 24))]
    assert (len(statuses(talks, first)), statuses(talks, second)) == (2, {})


def test_another_day_in_the_next_meeting_takes_the_place_of_the_first(talks) -> None:
    first = held(talks, FIRST, [BUS])
    held(talks, FIRST + timedelta(days=7), [{**BUS, "by": "2026-04-01"}])
    assert still_open(talks) == [("Busskort", "Bo", date(2026, 4, 1))]
    assert statuses(talks, first) == {"Busskort": DecisionStatus.CHANGED}


def test_what_the_next_meeting_says_became_of_a_row_ends_it(talks) -> None:
    first = held(talks, FIRST, [BUS, LUNCH])
    later = [{**BUS, "status": "done"}, {**LUNCH, "status": "dropped"}]
    held(talks, FIRST + timedelta(days=7), later)
    assert still_open(talks) == []
    assert statuses(talks, first) == {"Busskort": DecisionStatus.DONE, "Äter med Alva": DecisionStatus.DROPPED}


def test_a_row_that_the_next_meeting_does_not_name_stays_open(talks) -> None:
    held(talks, FIRST, [BUS, LUNCH])
    held(talks, FIRST + timedelta(days=7), [LUNCH])
    assert [words for words, *_ in still_open(talks)] == ["Busskort", "Äter med Alva"]


def test_a_row_that_was_followed_up_by_hand_is_open_again_only_with_a_new_day(talks) -> None:
    held(talks, FIRST, [BUS])
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    agree.follow_up(talks.desk, found.id, DecisionStatus.PARTLY, "")
    held(talks, FIRST + timedelta(days=7), [BUS])
    assert still_open(talks) == []
    held(talks, FIRST + timedelta(days=14), [{**BUS, "by": "2026-04-20"}])
    assert still_open(talks) == [("Busskort", "Bo", date(2026, 4, 20))]


def test_the_first_day_that_is_written_counts(talks) -> None:
    rows = [
        {"row": "own.1000000001", "what": "Plats", "decides": "Rektorn", "by": "2026-03-15", "follow_up": "2026-04-15"},
        {"row": "own.1000000002", "what": "Schema", "decides": "Bo", "by": "2026-03-18"},
        {"row": "own.1000000003", "what": "Klart redan", "by": "2026-03-18", "status": "done"},
    ]
    held(talks, FIRST, rows, ("home_school_meeting", "decisions"))
    assert still_open(talks) == [("Schema", "Bo", date(2026, 3, 18)), ("Plats", "Rektorn", date(2026, 4, 15))]


def test_another_students_row_of_the_same_number_is_another_row(talks, cast, desk) -> None:
    held(talks, FIRST, [BUS])
    other = Talks(desk(cast.outsider), cast.far)
    held(other, FIRST, [{**BUS, "status": "done"}])
    assert [words for words, *_ in still_open(talks)] == ["Busskort"]
