"""Mentorships, and what is given to counsellors."""

from datetime import date

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from conversation_models.domain.mentorship import Mentorship, Reach
from conversation_models.storage.staff import to_staff
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import mentorship, reach, staff


def add(unit: Unit, mentorship_id: str, staff_id: str, student_id: str, from_on: date) -> None:
    unit.connection.execute(
        insert(mentorship).values(id=mentorship_id, staff_id=staff_id, student_id=student_id, from_on=from_on)
    )


def end(unit: Unit, mentorship_id: str, until_on: date) -> None:
    unit.connection.execute(update(mentorship).where(mentorship.c.id == mentorship_id).values(until_on=until_on))


def end_all_of(unit: Unit, staff_id: str, until_on: date) -> None:
    """Every mentorship of this person that would go on after that day."""
    later = or_(mentorship.c.until_on.is_(None), mentorship.c.until_on > until_on)
    unit.connection.execute(
        update(mentorship).where(mentorship.c.staff_id == staff_id, later).values(until_on=until_on)
    )


def find(unit: Unit, mentorship_id: str) -> Mentorship | None:
    return next(iter(_select(unit, mentorship.c.id == mentorship_id)), None)


def of_student(unit: Unit, student_id: str) -> list[Mentorship]:
    """Newest first."""
    return _select(unit, mentorship.c.student_id == student_id)


def of_staff(unit: Unit, staff_id: str) -> list[Mentorship]:
    return _select(unit, mentorship.c.staff_id == staff_id)


def give(unit: Unit, new: Reach) -> None:
    values = {"id": new.id, "staff_id": new.staff_id, "school_id": new.school_id, "group_id": new.group_id}
    unit.connection.execute(insert(reach).values(values))


def take(unit: Unit, reach_id: str) -> None:
    unit.connection.execute(delete(reach).where(reach.c.id == reach_id))


def take_all(unit: Unit, staff_id: str) -> None:
    unit.connection.execute(delete(reach).where(reach.c.staff_id == staff_id))


def reaches_of(unit: Unit, staff_id: str) -> list[Reach]:
    rows = unit.connection.execute(select(reach).where(reach.c.staff_id == staff_id).order_by(reach.c.id))
    return [Reach(row.id, row.staff_id, row.school_id, row.group_id) for row in rows]


def _select(unit: Unit, condition: ColumnElement[bool]) -> list[Mentorship]:
    dates = (
        mentorship.c.id.label("mentorship_id"),
        mentorship.c.student_id,
        mentorship.c.from_on,
        mentorship.c.until_on,
    )
    found = select(staff, *dates).select_from(mentorship.join(staff)).where(condition)
    rows = unit.connection.execute(found.order_by(mentorship.c.from_on.desc(), mentorship.c.id.desc()))
    return [Mentorship(r.mentorship_id, r.student_id, to_staff(unit, r), r.from_on, r.until_on) for r in rows]
