"""Which students a person reaches: mentorships, and a counsellor's schools and groups."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from conversation_models.domain.staff import Role, Staff
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import mentorship, reach, student


def mentors(unit: Unit, staff_id: str, student_id: str, today: date) -> bool:
    found = select(mentorship.c.id).where(mentorship.c.student_id == student_id, _current(staff_id, today))
    return unit.connection.execute(found.limit(1)).first() is not None


def counsels(unit: Unit, staff_id: str, student_id: str) -> bool:
    found = select(student.c.id).where(student.c.id == student_id, _reached(staff_id))
    return unit.connection.execute(found).first() is not None


def same_school(unit: Unit, school_id: str, student_id: str) -> bool:
    found = select(student.c.id).where(student.c.id == student_id, student.c.school_id == school_id)
    return unit.connection.execute(found).first() is not None


def within_reach(actor: Staff, today: date) -> ColumnElement[bool]:
    """A condition on `student` for queries over many students: the same rule as for one."""
    if actor.role is Role.MENTOR:
        return exists().where(mentorship.c.student_id == student.c.id, _current(actor.id, today))
    if actor.role is Role.COUNSELLOR:
        return _reached(actor.id)
    return student.c.school_id == actor.school_id


def read_reach(unit: Unit, actor: Staff, today: date) -> ColumnElement[bool]:
    """`within_reach`, with a counsellor's schools and groups read first: of lists that it must look up, PostgreSQL
    takes the half of all students to be reached, and plans for the whole house."""
    if actor.role is not Role.COUNSELLOR:
        return within_reach(actor, today)
    given = unit.connection.execute(select(reach.c.school_id, reach.c.group_id).where(reach.c.staff_id == actor.id))
    rows = given.all()
    in_schools = student.c.school_id.in_([row.school_id for row in rows if row.school_id])
    return or_(in_schools, student.c.group_id.in_([row.group_id for row in rows if row.group_id]))


def reached_ids(unit: Unit, actor: Staff, today: date) -> set[str]:
    found = select(student.c.id).where(within_reach(actor, today))
    return set(unit.connection.execute(found).scalars())


def _current(staff_id: str, today: date) -> ColumnElement[bool]:
    return and_(
        mentorship.c.staff_id == staff_id,
        mentorship.c.from_on <= today,
        or_(mentorship.c.until_on.is_(None), mentorship.c.until_on >= today),
    )


def _reached(staff_id: str) -> ColumnElement[bool]:
    """Two lists, asked for once, that a planner looks students up by: an `exists` is tried for every student."""
    given = reach.c.staff_id == staff_id
    return or_(
        student.c.school_id.in_(select(reach.c.school_id).where(given, reach.c.school_id.is_not(None))),
        student.c.group_id.in_(select(reach.c.group_id).where(given, reach.c.group_id.is_not(None))),
    )
