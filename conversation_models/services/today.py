"""What waits today, for all students within reach."""

from dataclasses import dataclass
from datetime import timedelta

from conversation_models.domain.agreement import Decision
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.storage import agreements, reaches, students, tables, talks

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Today:
    """Each by its day. A talk stands in one list only.

    `unread`: sent or told by phone, may be read before the talk, and not read yet. Talks here carry no editions.
    """

    overdue: tuple[tuple[Student, Decision], ...] = ()
    soon: tuple[tuple[Student, Decision], ...] = ()
    unread: tuple[tuple[Student, Talk], ...] = ()
    prepared: tuple[tuple[Student, Talk], ...] = ()
    open_talks: tuple[tuple[Student, Talk], ...] = ()


def today(desk: Desk) -> Today:
    """Names and days, no content: nobody's record is opened by looking here."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        reached, seen = reaches.within_reach(desk.actor, desk.today), desk_talks.seen_by(desk.actor)
        ahead = talks.ahead_within_reach(unit, reached, seen)
        decisions = agreements.open_within_reach(unit, reached, desk.today + SOON, seen)
        ids = {talk.student_id for talk, _ in ahead} | {student_id for student_id, _ in decisions}
        named = {one.id: one for one in students.where(unit, tables.student.c.id.in_(ids))}
    due = [(named[student_id], decision) for student_id, decision in decisions]
    # None: the student has sent nothing, so what is unread is from home.
    waiting = [(named[talk.student_id], talk, unread and talk.may_read_before is not False) for talk, unread in ahead]
    prepared = [each for each in waiting if each[1].status is TalkStatus.PREPARED]
    return Today(
        overdue=tuple(each for each in due if each[1].is_overdue(desk.today)),
        soon=tuple(each for each in due if not each[1].is_overdue(desk.today)),
        unread=tuple((student, talk) for student, talk, unread in prepared if unread),
        prepared=tuple((student, talk) for student, talk, unread in prepared if not unread),
        open_talks=tuple((student, talk) for student, talk, _ in waiting if talk.status is TalkStatus.OPEN),
    )
