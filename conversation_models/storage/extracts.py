"""Every row about one student that its reader may read, column by column, for the extract of one person.

A new table is asked for here or named in services/extracts.py with the reason why it is left out; a test compares.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, and_, not_, or_, select

from conversation_models.domain.answer import Manner, Respondent
from conversation_models.storage import answers, sealed, tables
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit

Row = dict[str, Any]


@dataclass(frozen=True)
class About:
    """`talk_ids` are the talks that the reader may know of; `log`: the rows of the log too."""

    student_id: str
    talk_ids: tuple[str, ...]
    seen: Seen
    log: bool


def rows_about(unit: Unit, about: About) -> dict[str, list[Row]]:
    """By the table's name, everything opened. What is private to its author is never among it."""
    return {
        table.name: [_opened(unit, table, row) for row in _rows(unit, table, condition)]
        for table, condition in _conditions(about).items()
    }


def names_of_staff(unit: Unit, ids: Iterable[str]) -> dict[str, str]:
    staff = tables.staff
    found = unit.connection.execute(select(staff.c.id, staff.c.name).where(staff.c.id.in_(sorted(set(ids)))))
    return {row.id: unit.cipher.open(row.name, "staff", "name", row.id) for row in found}


def _conditions(about: About) -> dict[Table, ColumnElement[bool]]:
    student, seen = tables.student, about.seen
    of_student = select(student.c.school_id, student.c.group_id).where(student.c.id == about.student_id).subquery()
    could_hold = select(tables.talk.c.id).where(tables.talk.c.model.in_(seen.models))
    moved = or_(tables.talk_move.c.from_student == about.student_id, tables.talk_move.c.to_student == about.student_id)
    own_page = (Manner.ALONE.value, Manner.PHONE.value)
    alone = and_(tables.draft.c.respondent == Respondent.STUDENT.value, tables.draft.c.manner.in_(own_page))
    found = {
        tables.school: tables.school.c.id.in_(select(of_student.c.school_id)),
        tables.class_group: tables.class_group.c.id.in_(select(of_student.c.group_id)),
        student: student.c.id == about.student_id,
        tables.guardian: tables.guardian.c.student_id == about.student_id,
        tables.mentorship: tables.mentorship.c.student_id == about.student_id,
        tables.talk: tables.talk.c.id.in_(about.talk_ids),
        tables.talk_instrument: tables.talk_instrument.c.talk_id.in_(about.talk_ids),
        tables.talk_move: and_(moved, tables.talk_move.c.talk_id.in_(could_hold)),
        tables.invitation: and_(
            tables.invitation.c.talk_id.in_(about.talk_ids), tables.invitation.c.talk_id.in_(could_hold)
        ),
        tables.draft: and_(_read(tables.draft, about), not_(alone)),
        tables.answer: _read(tables.answer, about),
        tables.decision: _read(tables.decision, about),
        tables.amendment: _read(tables.amendment, about),
        tables.report: and_(tables.report.c.student_id == about.student_id, tables.report.c.level.in_(seen.levels)),
        tables.wish: and_(tables.wish.c.student_id == about.student_id, tables.wish.c.staff_id == seen.reader_id),
    }
    if about.log:
        found[tables.log_entry] = tables.log_entry.c.student_id == about.student_id
    return found


def _read(table: Table, about: About) -> ColumnElement[bool]:
    return and_(table.c.talk_id.in_(about.talk_ids), table.c.level.in_(about.seen.levels))


def _rows(unit: Unit, table: Table, condition: ColumnElement[bool]) -> list[RowMapping]:
    ordered = select(table).where(condition).order_by(*table.primary_key.columns)
    return list(unit.connection.execute(ordered).mappings())


def _opened(unit: Unit, table: Table, row: RowMapping) -> Row:
    found = dict(row)
    if table in {tables.answer, tables.draft}:
        stored = answers.as_stored(row)
        return found | {"value": stored.open(unit.cipher) if stored.state == "answered" else None, "words": None}
    return found | sealed.opened(unit.cipher, table, row)
