"""Events of many students in a few queries: days, never what was said, except whether somebody was reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.invitation import TRIES
from conversation_models.domain.talk import TalkStatus
from conversation_models.storage.levels import Seen, answers_seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import answer, class_group, decision, invitation, student, talk, talk_instrument


@dataclass(frozen=True)
class Known:
    student_id: str
    given_name: str
    family_name: str
    group_id: str
    group: str
    last_talk: date | None
    since: datetime


@dataclass(frozen=True)
class Asked:
    """A survey that was sent for a talk and has not come back. `expired`: nobody can answer by that link any more."""

    student_id: str
    asked_on: datetime
    begun: bool
    expired: bool


def students_of(unit: Unit, reached: ColumnElement[bool], seen: Seen) -> list[Known]:
    """Those present, with the day of the latest closed talk that this reader may know of."""
    # Through a function, so that no planner walks all closed talks of the house instead of this student's few.
    is_closed = func.lower(talk.c.status) == TalkStatus.CLOSED.value
    last = (
        select(talk.c.held_on)
        .where(talk.c.student_id == student.c.id, is_closed)
        .where(talk.c.model.in_(seen.models))
        .order_by(talk.c.held_on.desc())
        .limit(1)
        .scalar_subquery()
        .label("last_talk")
    )
    asked = (
        select(
            student.c.id,
            student.c.given_name,
            student.c.family_name,
            student.c.group_id,
            class_group.c.name.label("group_name"),
            student.c.created_at,
            last,
        )
        .join(class_group, class_group.c.id == student.c.group_id)
        .where(student.c.archived_on.is_(None), reached)
    )
    opened = unit.cipher.open
    return [
        Known(
            row.id,
            opened(row.given_name, "student", "given_name", row.id),
            opened(row.family_name, "student", "family_name", row.id),
            row.group_id,
            row.group_name,
            row.last_talk,
            row.created_at,
        )
        for row in unit.connection.execute(asked)
    ]


def unanswered(unit: Unit, reached: ColumnElement[bool], seen: Seen, now: datetime) -> list[Asked]:
    """The student's newest invitation of each talk that waits, when it is neither answered nor taken back."""
    rank = func.row_number().over(
        partition_by=invitation.c.talk_id, order_by=(invitation.c.created_at.desc(), invitation.c.id.desc())
    )
    newest = (
        select(invitation, talk.c.student_id, rank.label("rank"))
        .join(talk, talk.c.id == invitation.c.talk_id)
        .join(student, student.c.id == talk.c.student_id)
        .where(talk.c.status == TalkStatus.PREPARED.value, talk.c.model.in_(seen.models))
        .where(student.c.archived_on.is_(None), reached, invitation.c.asks != TRIES, invitation.c.guardian_id == "")
        .subquery()
    )
    asked = select(newest.c.student_id, newest.c.created_at, newest.c.begun_on, newest.c.expires_at).where(
        newest.c.rank == 1, newest.c.sent_on.is_(None), newest.c.revoked_at.is_(None)
    )
    return [
        Asked(row.student_id, row.created_at, row.begun_on is not None, row.expires_at <= now)
        for row in unit.connection.execute(asked)
    ]


def follow_ups(unit: Unit, reached: ColumnElement[bool], until: date, seen: Seen) -> list[tuple[str, date]]:
    """Student and day of each open decision to follow up until that day. Nothing of what was decided.

    The reader's talks are listed first, from the index alone: in a large house most open decisions are of others.
    """
    settled = or_(talk.c.status == TalkStatus.CLOSED.value, talk.c.model.in_(seen.models))
    theirs = (
        select(talk.c.id, talk.c.student_id)
        .join(student, student.c.id == talk.c.student_id)
        .where(student.c.archived_on.is_(None), reached, settled)
        .cte("theirs")
        .prefix_with("MATERIALIZED")
    )
    asked = (
        select(theirs.c.student_id, decision.c.follow_up)
        .join(decision, decision.c.talk_id == theirs.c.id)
        .where(decision.c.status == DecisionStatus.OPEN.value, decision.c.follow_up <= until)
        .where(decision.c.level.in_(seen.levels))
    )
    return [(row.student_id, row.follow_up) for row in unit.connection.execute(asked)]


def calls(
    unit: Unit, reached: ColumnElement[bool], since: date, seen: Seen, instrument: str, items: Iterable[str]
) -> list[tuple[str, date, str | None]]:
    """Student, day of the talk and what was chosen, of calls since that day, oldest first."""
    visible = or_(talk.c.status == TalkStatus.CLOSED.value, talk.c.model.in_(seen.models))
    asks = exists().where(talk_instrument.c.talk_id == talk.c.id, talk_instrument.c.instrument == instrument)
    called = (
        select(talk.c.id)
        .join(student, student.c.id == talk.c.student_id)
        .where(talk.c.held_on >= since, asks)
        .where(talk.c.status != TalkStatus.PREPARED.value, visible, student.c.archived_on.is_(None), reached)
    )
    asked = (
        select(talk.c.student_id, talk.c.held_on, answer.c.value)
        .select_from(answer)
        .join(talk, talk.c.id == answer.c.talk_id)
        .where(answer.c.talk_id.in_(called), answer.c.instrument == instrument)
        .where(answer.c.item.in_(list(items)), answer.c.state == "answered", answers_seen(seen))
        .order_by(talk.c.held_on, talk.c.id, answer.c.id)
    )
    return [(row.student_id, row.held_on, row.value) for row in unit.connection.execute(asked)]
