"""Answers taken out of the house: of closed talks, of the students one reaches, at the levels one reads; logged.

An export holds persons. Nothing is suppressed in it: it is the school's own record in another form.
"""

import math
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from sqlalchemy import ColumnElement, or_, true

from conversation_models.domain.agreement import Amendment, Decision
from conversation_models.domain.answer import Answer
from conversation_models.domain.ids import is_id
from conversation_models.domain.term import Term
from conversation_models.services import access, desk_talks, throttle
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.group_term import Scope
from conversation_models.services.throttle import Limit
from conversation_models.storage import exports, logs, reaches, tables, terms
from conversation_models.storage.exports import TalkRow, Wanted
from conversation_models.storage.store import Unit

__all__ = ["Choice", "Export", "ExportRefused", "Person", "Preview", "TalkRow"]

ExportKind = Literal["export_xlsx", "export_csv", "export_json", "extract", "fhir"]
EXPORT = "export"
MOST_ANSWERS = 100_000
EVERYBODY = Scope()
# Each file costs seconds of the machine and holds many: ten an hour are free, then it slows down.
FILES = Limit("export", free=10, window=timedelta(hours=1), longest=timedelta(minutes=10))


class ExportRefused(Exception):
    """`code`: "too_much" (answers, most) or "throttled_files" (seconds)."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Choice:
    """`term` None: every term. A student stands over a group. `named`: with names instead of numbers alone."""

    term: Term | None = None
    scope: Scope = EVERYBODY
    student_id: str = ""
    named: bool = False


@dataclass(frozen=True)
class Preview:
    students: int
    talks: int
    answers: int

    @property
    def is_too_much(self) -> bool:
        return self.answers > MOST_ANSWERS


@dataclass(frozen=True)
class Person:
    """`number` is drawn anew for each file and says nothing outside it. `name` is "" unless names were asked for."""

    student_id: str
    number: int
    group: str
    school: str
    name: str = ""


@dataclass(frozen=True)
class Export:
    """`people` and `talks` by id; `levels` are those that this reader reads."""

    choice: Choice
    levels: frozenset[str]
    people: dict[str, Person] = field(default_factory=dict)
    talks: dict[str, TalkRow] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    amendments: tuple[Amendment, ...] = ()


def preview(desk: Desk, choice: Choice) -> Preview:
    """How much it would be; nobody's record is opened. Raises Refused."""
    with desk.reading() as unit:
        wanted = _wanted(desk, unit, choice)
        talks = exports.talks_in(unit, wanted)
        return Preview(len({talk.student_id for talk in talks}), len(talks), exports.count_answers(unit, wanted))


def take_turn(desk: Desk) -> None:
    """Counts one more heavy file of this person's. Raises ExportRefused when there have been many."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        wait = throttle.wait_for(unit, FILES, desk.actor.id, desk.now)
        if not wait:
            throttle.note_failure(unit, FILES, desk.actor.id, desk.now)
    if wait:
        raise ExportRefused("throttled_files", seconds=math.ceil(wait.total_seconds()))


def read_export(desk: Desk, choice: Choice) -> Export:
    """Raises Refused for a student, group or school where one reaches nobody; ExportRefused when it is too much."""
    with desk.reading() as unit:
        wanted = _wanted(desk, unit, choice)
        count = exports.count_answers(unit, wanted)
        if count > MOST_ANSWERS:
            raise ExportRefused("too_much", answers=count, most=MOST_ANSWERS)
        cipher = unit.cipher
        return Export(
            choice,
            wanted.seen.levels,
            _people(unit, wanted, named=choice.named),
            {row.talk_id: row for row in exports.talks_in(unit, wanted)},
            tuple(stored.as_answer(cipher) for stored in exports.answers_in(unit, wanted)),
            tuple(exports.decisions_in(unit, wanted)),
            tuple(exports.amendments_in(unit, wanted)),
        )


def note_export(desk: Desk, export: Export, kind: ExportKind) -> None:
    """Who took out which kind of file, in the log of each student in it; one row when there is nobody in it."""
    choice = export.choice
    about = choice.student_id or choice.scope.group_id or choice.scope.school_id
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS, choice.student_id or None)
        everybody: list[str | None] = [*export.people]
        for student_id in everybody or [None]:
            logs.add(unit, desk.entry(EXPORT, kind, about, student_id))


def note_taken_out(desk: Desk, student_id: str, kind: ExportKind) -> None:
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        logs.add(unit, desk.entry(EXPORT, kind, student_id, student_id))


def _wanted(desk: Desk, unit: Unit, choice: Choice) -> Wanted:
    student = tables.student
    access.require(desk, unit, Right.SEE_TALKS, choice.student_id or None)
    here: ColumnElement[bool] = reaches.within_reach(desk.actor, desk.today)
    asked = {
        student.c.id: choice.student_id,
        student.c.school_id: choice.scope.school_id,
        student.c.group_id: choice.scope.group_id,
    }
    for column, value in asked.items():
        if value and not is_id(value):
            raise Refused(Right.SEE_TALKS)
        here = here & (column == value if value else true())
    if any(asked.values()) and not exports.is_anybody_there(unit, here):
        raise Refused(Right.SEE_TALKS)
    seen = desk_talks.seen_by(desk.actor)
    if choice.term is None:
        return Wanted(here, seen)
    if not choice.student_id:
        here = here & or_(student.c.archived_on.is_(None), student.c.archived_on >= choice.term.first)
    return Wanted(here, seen, choice.term.first, choice.term.last)


def _people(unit: Unit, wanted: Wanted, *, named: bool) -> dict[str, Person]:
    """In an order drawn by lot: a class list's order would give the numbers away."""
    rows = exports.people_of(unit, wanted)
    secrets.SystemRandom().shuffle(rows)
    ids = [row.student_id for row in rows]
    names = {} if not named else {
        student_id: " ".join(name)
        for start in range(0, len(ids), 500)
        for student_id, name in terms.names_of(unit, tables.student.c.id.in_(ids[start : start + 500])).items()
    }  # fmt: skip
    return {
        row.student_id: Person(row.student_id, number, row.group, row.school, names.get(row.student_id, ""))
        for number, row in enumerate(rows, start=1)
    }
