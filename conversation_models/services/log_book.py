"""Who did what with whose record, and when. Never what it said."""

from dataclasses import dataclass

from conversation_models.domain.log_entry import LogEntry
from conversation_models.services import access
from conversation_models.services.access import Desk, Right
from conversation_models.storage import logs, students, tables
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Unit


@dataclass(frozen=True)
class LogLine:
    """`who` is "" for someone who is not known here, `student` is "" when no student is concerned."""

    entry: LogEntry
    who: str
    student: str


def read_log(desk: Desk, most: int = 500) -> list[LogLine]:
    """Newest first: what the own school's staff and students' links did, and failed sign-ins of nobody known."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.READ_LOG)
        return _lines(desk, unit, logs.newest_of_school(unit, desk.actor.school_id, most))


def log_of_student(desk: Desk, student_id: str, most: int = 500) -> list[LogLine]:
    """Newest first: who opened or changed this student's record."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.READ_STUDENT_LOG, student_id)
        return _lines(desk, unit, logs.of_student(unit, student_id, most))


def _lines(desk: Desk, unit: Unit, entries: list[LogEntry]) -> list[LogLine]:
    staff = {each.id: each.name for each in accounts.of_school(unit, desk.actor.school_id)}
    wanted = {entry.student_id for entry in entries if entry.student_id}
    own = tables.student.c.school_id == desk.actor.school_id
    names = {each.id: each.name for each in students.where(unit, own, tables.student.c.id.in_(wanted))}
    return [LogLine(each, staff.get(each.actor_id, ""), names.get(each.student_id or "", "")) for each in entries]
