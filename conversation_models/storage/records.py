"""One student's whole record, read in as few queries as the page that shows it allows."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, exists, select

from conversation_models.domain.school import Group, School
from conversation_models.domain.student import Guardian, Student
from conversation_models.domain.talk import Talk
from conversation_models.storage.store import Unit
from conversation_models.storage.students import to_student
from conversation_models.storage.tables import class_group, guardian, school, staff, student, talk, talk_move
from conversation_models.storage.talks import WITH_EDITIONS, read


@dataclass(frozen=True)
class Record:
    student: Student
    school: School
    group: Group


def find(unit: Unit, student_id: str) -> Record | None:
    """The student with guardians, school and group."""
    asked = (
        select(
            student,
            school.c.name.label("school_name"),
            school.c.form,
            class_group.c.name.label("group_name"),
            *(column.label(f"guardian_{column.name}") for column in guardian.c),
        )
        .join(school, school.c.id == student.c.school_id)
        .join(class_group, class_group.c.id == student.c.group_id)
        .outerjoin(guardian, guardian.c.student_id == student.c.id)
        .where(student.c.id == student_id)
        .order_by(guardian.c.id)
    )
    rows = unit.connection.execute(asked).all()
    if not rows:
        return None
    row = rows[0]
    guardians = [_guardian(unit, each._mapping) for each in rows if each.guardian_id]
    found = to_student(unit, row, guardians)
    here = School(found.school_id, row.school_name, row.form)
    return Record(found, here, Group(found.group_id, found.school_id, row.group_name))


def talks_of(unit: Unit, student_id: str) -> tuple[list[Talk], dict[str, str], bool]:
    """By the day they are held; the names of those who led them; and whether there may be a trace of a move."""
    moved = exists().where((talk_move.c.from_student == student_id) | (talk_move.c.to_student == student_id))
    asked = WITH_EDITIONS.add_columns(staff.c.name.label("led_by_name"), moved.label("moved"))
    found = read(unit, asked.join(staff, staff.c.id == talk.c.led_by).where(talk.c.student_id == student_id))
    names = {row["led_by"]: row["led_by_name"] for row, _ in found}
    opened = {each: unit.cipher.open(name, "staff", "name", each) for each, name in names.items()}
    return [one for _, one in found], opened, not found or any(row["moved"] for row, _ in found)


def _guardian(unit: Unit, row: RowMapping) -> Guardian:
    def opened(column: str) -> str:
        return unit.cipher.open_or_empty(row[f"guardian_{column}"], "guardian", column, row["guardian_id"])

    return Guardian(row["guardian_id"], opened("name"), opened("phone"), opened("email"))
