from datetime import date, timedelta

import pytest

from conversation_models.services import agree, conduct, students
from conversation_models.services.access import Refused
from conversation_models.services.today import Today, today
from conversation_models.storage.tables import log_entry
from tests.conversation_models.cast import TODAY
from tests.conversation_models.counting import counted
from tests.conversation_models.services.talks_made import AGREEMENT, RED, SURVEY, Talks


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def decided(day: date) -> dict[tuple[str, str], str]:
    return {(AGREEMENT, "work_decision"): "Läxhjälp", (AGREEMENT, "work_follow_up"): day.isoformat()}


def days(found) -> list[date]:
    return [each.follow_up for _, each in found]


def test_follow_ups_are_overdue_or_soon_or_not_yet(talks: Talks) -> None:
    offsets = [-30, -1, 0, 14, 15]
    for offset in reversed(offsets):
        talks.closed(date(2026, 1, 1), {}, decided(TODAY + timedelta(days=offset)))
    found = today(talks.desk)
    assert days(found.overdue) == [TODAY - timedelta(days=30), TODAY - timedelta(days=1)]
    assert days(found.soon) == [TODAY, TODAY + timedelta(days=14)]
    assert {student.name for student, _ in found.overdue + found.soon} == {"Åsa Öberg"}


def test_a_followed_up_decision_waits_no_longer(talks: Talks) -> None:
    talks.closed(date(2026, 1, 1), {}, decided(TODAY))
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    agree.follow_up(talks.desk, found.id, agree.DecisionStatus.DONE, "")
    assert today(talks.desk) == Today()


def test_each_talk_stands_in_one_list_by_its_day(talks: Talks) -> None:
    later, sooner = talks.prepared(date(2026, 5, 1)), talks.prepared(date(2026, 4, 1))
    unread, hidden, begun = talks.prepared(), talks.prepared(date(2026, 3, 20)), talks.prepared(date(2026, 3, 21))
    opened, _closed = talks.prepared(), talks.closed(written={})
    talks.sent(unread)
    talks.sent(hidden, may_read_before=False)
    talks.begun(begun)
    conduct.open_talk(talks.desk, opened.id)
    found = today(talks.desk)
    assert [talk.id for _, talk in found.unread] == [unread.id]
    assert [talk.id for _, talk in found.prepared] == [hidden.id, begun.id, sooner.id, later.id]
    assert [talk.id for _, talk in found.open_talks] == [opened.id]


def test_answers_that_are_read_are_unread_no_longer_until_sent_again(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made)
    assert len(today(talks.desk).unread) == 1
    conduct.see_talk(talks.desk, made.id)
    assert today(talks.desk).unread == ()
    assert len(today(talks.desk).prepared) == 1
    talks.sent_again(made, {(SURVEY, "workload"): RED})
    assert len(today(talks.desk).unread) == 1


def test_each_sees_those_within_reach(talks: Talks, desk, cast) -> None:
    talks.prepared()
    shared = Talks(desk(cast.mentor), cast.shared)
    shared.closed(date(2026, 1, 1), {}, decided(TODAY))
    names = {
        actor.username: {student.given_name for student, _ in (*today(desk(actor)).prepared, *today(desk(actor)).soon)}
        for actor in (cast.mentor, cast.colleague, cast.counsellor, cast.outsider, cast.far_counsellor)
    }
    both = {"Åsa", "Élodie"}
    assert names == {"alva": both, "bo": {"Élodie"}, "dana": both, "charlie": set(), "farah": set()}


def test_an_administrator_has_no_such_day(talks: Talks, desk, cast) -> None:
    with pytest.raises(Refused):
        today(desk(cast.administrator))


def test_an_archived_student_waits_for_nothing(talks: Talks) -> None:
    talks.prepared()
    talks.closed(date(2026, 1, 1), {}, decided(TODAY))
    students.archive_student(talks.desk, talks.student.id)
    assert today(talks.desk) == Today()


def test_it_takes_four_queries_however_much_waits_and_opens_nobodys_record(talks: Talks, desk, cast) -> None:
    counts = []
    for each in (cast.student, cast.shared):
        one = Talks(desk(cast.mentor), each)
        one.sent(one.prepared())
        one.closed(date(2026, 1, 1), {}, decided(TODAY))
        before = len(one.rows(log_entry, log_entry.c.action == "seen"))
        with counted(talks.store) as statements:
            found = today(talks.desk)
        counts.append(len(statements))
        assert len(one.rows(log_entry, log_entry.c.action == "seen")) == before
    assert len(found.unread) == 2
    assert counts == [4, 4]
