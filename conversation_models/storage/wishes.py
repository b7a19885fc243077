"""Whom students may ask to talk with, and the wishes."""

from datetime import date

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from conversation_models.domain.ids import is_id
from conversation_models.domain.wish import TrustedAdult, Wish
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import staff, student, trusted_adult, wish


def put_on_list(unit: Unit, staff_id: str, role: str) -> None:
    take_off_list(unit, staff_id)
    sealed = unit.cipher.seal(role, "trusted_adult", "role", staff_id)
    unit.connection.execute(insert(trusted_adult).values(staff_id=staff_id, role=sealed))


def take_off_list(unit: Unit, staff_id: str) -> None:
    unit.connection.execute(delete(trusted_adult).where(trusted_adult.c.staff_id == staff_id))


def adults_of(unit: Unit, school_id: str) -> list[TrustedAdult]:
    """Those with an open account."""
    return _adults(unit, staff.c.school_id == school_id)


def adults_around(unit: Unit, student_id: str) -> list[TrustedAdult]:
    """Those of the school where the student goes."""
    at = select(student.c.school_id).where(student.c.id == student_id).scalar_subquery()
    return _adults(unit, staff.c.school_id == at)


def add(unit: Unit, new: Wish) -> None:
    values = {"id": new.id, "student_id": new.student_id, "staff_id": new.staff_id, "made_on": new.made_on}
    unit.connection.execute(insert(wish).values(values))


def answer(unit: Unit, wish_id: str, seen_on: date, words: str) -> None:
    sealed = unit.cipher.seal(words, "wish", "answer", wish_id) if words else None
    unit.connection.execute(update(wish).where(wish.c.id == wish_id).values(seen_on=seen_on, answer=sealed))


def find(unit: Unit, wish_id: str) -> Wish | None:
    return next(iter(_wishes(unit, wish.c.id == wish_id)), None) if is_id(wish_id) else None


def of_student(unit: Unit, student_id: str) -> list[Wish]:
    """Newest first."""
    return _wishes(unit, wish.c.student_id == student_id)[::-1]


def unseen_by(unit: Unit, staff_id: str) -> list[Wish]:
    """Oldest first; of students who still go there."""
    present = select(student.c.id).where(student.c.archived_on.is_(None))
    return _wishes(unit, wish.c.staff_id == staff_id, wish.c.seen_on.is_(None), wish.c.student_id.in_(present))


def _adults(unit: Unit, at_school: ColumnElement[bool]) -> list[TrustedAdult]:
    listed = select(staff.c.id, staff.c.name, trusted_adult.c.role).join(trusted_adult)
    rows = unit.connection.execute(listed.where(at_school, staff.c.active)).all()
    opened = unit.cipher.open
    return [
        TrustedAdult(
            row.id, opened(row.name, "staff", "name", row.id), opened(row.role, "trusted_adult", "role", row.id)
        )
        for row in rows
    ]


def _wishes(unit: Unit, *conditions: ColumnElement[bool]) -> list[Wish]:
    found = select(wish).where(*conditions).order_by(wish.c.made_on, wish.c.id)
    return [_wish(unit, row) for row in unit.connection.execute(found).mappings()]


def _wish(unit: Unit, row: RowMapping) -> Wish:
    words = unit.cipher.open_or_empty(row["answer"], "wish", "answer", row["id"])
    return Wish(row["id"], row["student_id"], row["staff_id"], row["made_on"], row["seen_on"], words)
