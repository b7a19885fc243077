"""The log: added to, read, never changed."""

from datetime import datetime

from sqlalchemy import RowMapping, insert, or_, select

from conversation_models.domain.log_entry import LogEntry
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import log_entry, staff, student

_ADD = insert(log_entry)


def add(unit: Unit, entry: LogEntry) -> None:
    unit.connection.execute(_ADD, vars(entry))


def noted_since(unit: Unit, actor_id: str, action: str, student_id: str, since: datetime) -> bool:
    found = select(log_entry.c.id).where(
        log_entry.c.actor_id == actor_id,
        log_entry.c.at > since,
        log_entry.c.action == action,
        log_entry.c.student_id == student_id,
        log_entry.c.denied.is_(False),
    )
    return unit.connection.execute(found.limit(1)).first() is not None


def students_noted_since(unit: Unit, actor_id: str, action: str, student_ids: list[str], since: datetime) -> set[str]:
    """Those of them about whom this person has such an entry."""
    found = select(log_entry.c.student_id).where(
        log_entry.c.actor_id == actor_id,
        log_entry.c.at > since,
        log_entry.c.action == action,
        log_entry.c.student_id.in_(student_ids),
        log_entry.c.denied.is_(False),
    )
    return set(unit.connection.execute(found).scalars())


def of_student(unit: Unit, student_id: str, most: int = 500) -> list[LogEntry]:
    """Newest first."""
    found = select(log_entry).where(log_entry.c.student_id == student_id).order_by(log_entry.c.at.desc()).limit(most)
    return [_entry(row) for row in unit.connection.execute(found).mappings()]


def newest(unit: Unit, most: int = 500) -> list[LogEntry]:
    found = select(log_entry).order_by(log_entry.c.id.desc()).limit(most)
    return [_entry(row) for row in unit.connection.execute(found).mappings()]


def newest_of_school(unit: Unit, school_id: str, most: int = 500) -> list[LogEntry]:
    """What its staff did and what was done with its students; also attempts by nobody known. Newest first."""
    its_staff = select(staff.c.id).where(staff.c.school_id == school_id)
    its_students = select(student.c.id).where(student.c.school_id == school_id)
    about = or_(
        log_entry.c.actor_id.in_(its_staff),
        log_entry.c.student_id.in_(its_students),
        log_entry.c.actor_kind == "anyone",
    )
    found = select(log_entry).where(about).order_by(log_entry.c.id.desc()).limit(most)
    return [_entry(row) for row in unit.connection.execute(found).mappings()]


def _entry(row: RowMapping) -> LogEntry:
    values = dict(row)
    values.pop("id")
    return LogEntry(**values)
