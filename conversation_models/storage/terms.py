"""Many students over one term, read as bare values in a few queries: no record is opened, no words are unsealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Exists,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from conversation_models.domain.talk import TalkStatus
from conversation_models.storage.levels import Seen, answers_seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import answer, class_group, decision, school, student, talk, talk_instrument

MOST_IDS = 10_000  # that are given to one statement: the databases take so many and not many times more


@dataclass(frozen=True)
class Span:
    """Which students (a condition on `student`), which days, and who reads."""

    students: ColumnElement[bool]
    first: date
    last: date
    seen: Seen


Nothing = Literal["no_talk", "not_asked", "unanswered"]
# Rows as the database gives them, to be unpacked: there are tens of thousands of them, and each name asked for costs.
# A student: id, group, and why, should there be no answer to that instrument.
StudentRow: TypeAlias = tuple[str, str, Nothing]
# Two answers of one talk: student, day (as it is kept), talk, and of each the state and the value.
PairRow: TypeAlias = tuple[Any, ...]
# An answer: group, talk, item, edition, state, value.
AnswerRow: TypeAlias = tuple[str, str, str, int, str, str | None]
# An answer with all that says whether it stands: talk, instrument, item, and respondent, manner, state, value, when
# recorded, id, edition.
SaidRow: TypeAlias = tuple[Any, ...]
Outcome = Literal["answered", "left", "not_asked"]


@dataclass(frozen=True)
class GroupRow:
    """`here` are those within reach, `all_here` everybody in the group."""

    group_id: str
    group_name: str
    school_id: str
    school_name: str
    here: int
    all_here: int


def students_of(unit: Unit, span: Span, instrument: str) -> list[StudentRow]:
    held = select(talk.c.id).where(talk.c.student_id == student.c.id, *_known(span)).correlate(student)
    why = case((held.where(_asks(instrument)).exists(), "unanswered"), (held.exists(), "not_asked"), else_="no_talk")
    return _bare(unit, select(student.c.id, student.c.group_id, why).where(_there(span)))


def names_of(unit: Unit, condition: ColumnElement[bool]) -> dict[str, tuple[str, str]]:
    """Given and family name by id: nothing else of the students is opened."""
    asked = select(student.c.id, student.c.given_name, student.c.family_name).where(condition)
    opened = unit.cipher.open
    return {
        row.id: (
            opened(row.given_name, "student", "given_name", row.id),
            opened(row.family_name, "student", "family_name", row.id),
        )
        for row in unit.connection.execute(asked)
    }


def groups_within(unit: Unit, reached: ColumnElement[bool], archived_from: date) -> list[GroupRow]:
    """The groups that have somebody within reach."""
    present = or_(student.c.archived_on.is_(None), student.c.archived_on >= archived_from)
    everybody = (
        select(student.c.group_id, func.count().label("all_here"))
        .where(present)
        .group_by(student.c.group_id)
        .subquery("everybody")
    )
    asked = (
        select(
            class_group.c.id,
            class_group.c.name,
            school.c.id.label("school_id"),
            school.c.name.label("school_name"),
            func.count().label("here"),
            func.max(everybody.c.all_here).label("all_here"),
        )
        .select_from(student)
        .join(class_group, class_group.c.id == student.c.group_id)
        .join(school, school.c.id == class_group.c.school_id)
        .join(everybody, everybody.c.group_id == class_group.c.id)
        .where(present, reached)
        .group_by(class_group.c.id, class_group.c.name, school.c.id, school.c.name)
    )
    return [GroupRow(*row) for row in unit.connection.execute(asked)]


def talks_in(unit: Unit, span: Span, instrument: str) -> list[tuple[str, Outcome, int]]:
    """The talks of the term: group, what became of that instrument in them, and how many."""
    outcome = case((_answers(instrument, span), "answered"), (_asks(instrument), "left"), else_="not_asked")
    told = select(student.c.group_id, outcome.label("outcome"), func.count())
    asked = told.select_from(talk).join(student, student.c.id == talk.c.student_id)
    return _bare(unit, asked.where(*_held(span)).group_by(student.c.group_id, "outcome"))


def pairs_in(unit: Unit, span: Span, instrument: str, items: tuple[str, str]) -> list[PairRow]:
    """The answers to two items of that instrument, of every talk of the term in which both have one. Where one has
    several, each of them with each of the other's.

    Only columns that stand in the quadrant's own index: no answer's row is read. The talks are listed first: PostgreSQL
    takes them for fewer than they are, and would begin with all answers of the house.
    """
    one, other = answer.alias("one"), answer.alias("other")
    day = type_coerce(talk.c.held_on, NullType()).label("day")
    held = (
        select(talk.c.student_id, day, talk.c.id)
        .join(student, student.c.id == talk.c.student_id)
        .where(*_held(span))
        .cte("held")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    asked = (
        select(held.c.student_id, held.c.day, held.c.id, one.c.state, one.c.value, other.c.state, other.c.value)
        .select_from(held)
        .join(one, one.c.talk_id == held.c.id)
        .join(other, other.c.talk_id == held.c.id)
    )
    here = [
        condition
        for rows, item in zip((one, other), items, strict=True)
        for condition in (_is_of(instrument, rows), rows.c.item == item, _at_level(span, rows))
    ]
    return _bare(unit, asked.where(*here))


def latest_answers_in(unit: Unit, span: Span, instrument: str, items: Sequence[str]) -> list[AnswerRow]:
    """To those items of that instrument, in each student's latest talk of the term in which something was answered.
    Where an item has several, each of them."""
    latest = (
        select(talk.c.id)
        .where(talk.c.student_id == student.c.id, *_known(span), _answers(instrument, span))
        .order_by(talk.c.held_on.desc(), talk.c.id.desc())
        .limit(1)
        .correlate(student)
        .scalar_subquery()
    )
    said = answer.c.talk_id, answer.c.item, answer.c.edition, answer.c.state, answer.c.value
    asked = select(student.c.group_id, *said).select_from(student).join(answer, answer.c.talk_id == latest)
    here = (_there(span), _is_of(instrument), answer.c.item.in_(items), _at_level(span))
    return _bare(unit, asked.where(*here))


def said_in(unit: Unit, span: Span, instruments: Sequence[str], talk_ids: Sequence[str]) -> list[SaidRow]:
    """Every answer to those instruments in talks that were found in the span, in few statements."""
    # The time as text, for it is ordered and never shown: the driver takes longer to make a time of it than to fetch
    # all the rest.
    columns = (
        *(answer.c.talk_id, answer.c.instrument, answer.c.item, answer.c.respondent, answer.c.manner),
        *(answer.c.state, answer.c.value, cast(answer.c.recorded_at, Text), answer.c.id, answer.c.edition),
    )
    asked = select(*columns).where(answer.c.instrument.in_(instruments), _at_level(span))
    portions = (talk_ids[first : first + MOST_IDS] for first in range(0, len(talk_ids), MOST_IDS))
    return [row for portion in portions for row in _bare(unit, asked.where(answer.c.talk_id.in_(portion)))]


def decisions_in(unit: Unit, span: Span, today: date) -> list[tuple[str, str, bool, int]]:
    """Those made in the term's talks: group, status, whether the day to follow up has passed, and how many."""
    due = func.coalesce(decision.c.follow_up < today, False).label("due")
    asked = (
        select(student.c.group_id, decision.c.status, due, func.count().label("many"))
        .select_from(decision)
        .join(talk, talk.c.id == decision.c.talk_id)
        .join(student, student.c.id == talk.c.student_id)
        .where(*_held(span), _at_level(span, decision))
        .group_by(student.c.group_id, decision.c.status, due)
    )
    return [(row[0], row[1], bool(row[2]), row[3]) for row in unit.connection.execute(asked)]


def _bare(unit: Unit, asked: Select[Any]) -> list[Any]:
    """Plain tuples, as the driver gives them."""
    cursor = unit.connection.execute(asked).cursor
    if cursor is None:
        raise TypeError(asked)
    return list(cursor.fetchall())


def _there(span: Span) -> ColumnElement[bool]:
    """Who left before the term began is not of it."""
    return and_(span.students, or_(student.c.archived_on.is_(None), student.c.archived_on >= span.first))


def _held(span: Span) -> tuple[ColumnElement[bool], ...]:
    return (*_known(span), _there(span))


def _known(span: Span) -> tuple[ColumnElement[bool], ...]:
    """Talks that are open or closed; one above the reader's level only when closed and holding something for them."""
    told = _correlated(answer.c.talk_id == talk.c.id, answer.c.state != "empty", answers_seen(span.seen))
    known = or_(talk.c.model.in_(span.seen.models), and_(talk.c.status == TalkStatus.CLOSED.value, told))
    # The days are written into the statement: a plan that PostgreSQL keeps for any days expects hardly a talk.
    first, last = (literal(day, literal_execute=True) for day in (span.first, span.last))
    held = (talk.c.held_on >= first, talk.c.held_on <= last, talk.c.status != TalkStatus.PREPARED.value)
    return (*held, known)


def _asks(instrument: str) -> Exists:
    return _correlated(talk_instrument.c.talk_id == talk.c.id, talk_instrument.c.instrument == instrument)


def _answers(instrument: str, span: Span) -> Exists:
    here = (answer.c.talk_id == talk.c.id, _is_of(instrument), answer.c.state != literal("empty", literal_execute=True))
    return _correlated(*here, _at_level(span))


def _is_of(instrument: str, rows: FromClause = answer) -> ColumnElement[bool]:
    """Written into the statement: an index of one instrument's answers is only found so."""
    return rows.c.instrument == literal(instrument, literal_execute=True)


def _at_level(span: Span, rows: FromClause = answer) -> ColumnElement[bool]:
    """Nobody's private answers are counted, not the reader's own either."""
    return rows.c.level.in_(span.seen.levels)


def _correlated(*conditions: ColumnElement[bool]) -> Exists:
    """Of the talk outside, also where the query around asks for answers itself. Not `SELECT *`, with which SQLite
    reads the rows."""
    return exists(select(literal_column("1")).where(*conditions).correlate(talk))
