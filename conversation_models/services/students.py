"""Students: listed, seen, added, edited, archived. Searched by name only, never by how they are."""

from dataclasses import replace
from datetime import date

from conversation_models.domain.ids import is_id, new_id
from conversation_models.domain.names import matches, sorted_students
from conversation_models.domain.school import Group
from conversation_models.domain.staff import Role
from conversation_models.domain.student import Student
from conversation_models.services import access
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.field_errors import FieldError, FieldsRefused
from conversation_models.services.student_fields import NewGuardian, NewStudent, checked, is_same_person
from conversation_models.storage import logs, mentorships, reaches, schools, tables
from conversation_models.storage import students as rows
from conversation_models.storage.store import Unit

__all__ = ["FieldError", "NewGuardian", "NewStudent", "StudentRefused"]


class StudentRefused(FieldsRefused):
    """What is wrong with a student's fields; nothing was written."""


def list_students(desk: Desk, search: str = "", group_id: str | None = None, archived: bool = False) -> list[Student]:
    """Those within reach, sorted as Swedish does. `archived`: only the archived ones instead of only the others."""
    student = tables.student
    conditions = [
        reaches.within_reach(desk.actor, desk.today),
        student.c.archived_on.is_not(None) if archived else student.c.archived_on.is_(None),
    ]
    if group_id is not None:
        conditions.append(student.c.group_id == group_id)
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_STUDENT)
        found = rows.where(unit, *conditions) if group_id is None or is_id(group_id) else []
    return sorted_students(each for each in found if matches(each.name, search))


def see_student(desk: Desk, student_id: str) -> Student:
    with desk.reading() as unit:
        found = _require(desk, unit, Right.SEE_STUDENT, student_id)
    access.note_seen(desk, student_id)
    return found


def add_student(desk: Desk, new: NewStudent) -> Student:
    """A mentor who adds a student becomes the mentor. Raises StudentRefused."""
    student_id = new_id()
    with desk.writing() as unit:
        access.require(desk, unit, Right.ADD_STUDENT)
        student = fit(desk, unit, new, Student(student_id, desk.actor.school_id, "", "", ""))
        write_new(desk, unit, student)
    return student


def edit_student(desk: Desk, student_id: str, new: NewStudent) -> Student:
    """Raises StudentRefused."""
    with desk.writing() as unit:
        before = _require(desk, unit, Right.EDIT_STUDENT, student_id)
        student = fit(desk, unit, new, before)
        rows.change(unit, student)
        _log(desk, unit, "edit", student_id)
    return student


def archive_student(desk: Desk, student_id: str) -> None:
    _set_archived(desk, student_id, desk.today, "archive")


def restore_student(desk: Desk, student_id: str) -> None:
    _set_archived(desk, student_id, None, "restore")


def invite_guardians(desk: Desk, student_id: str, invited: bool) -> None:
    """The adult student's own choice, written down: guardians take part again, or no longer."""
    with desk.writing() as unit:
        _require(desk, unit, Right.EDIT_STUDENT, student_id)
        rows.set_guardians_invited(unit, student_id, invited)
        _log(desk, unit, "invite_guardians" if invited else "leave_out_guardians", student_id)


def groups_within_reach(desk: Desk, unit: Unit) -> list[Group]:
    """Where this person may place a student: the own school; for a counsellor what is given."""
    if desk.actor.role is not Role.COUNSELLOR:
        return schools.groups_of(unit, desk.actor.school_id)
    given = mentorships.reaches_of(unit, desk.actor.id)
    single = [schools.find_group(unit, each.group_id) for each in given if each.group_id]
    whole = [group for each in given if each.school_id for group in schools.groups_of(unit, each.school_id)]
    return list({group.id: group for group in [*single, *whole] if group}.values())


def fit(desk: Desk, unit: Unit, new: NewStudent, before: Student) -> Student:
    """The student as it will be written. Raises StudentRefused with every error at once."""
    student, errors = checked(new, before, desk.today)
    group = next((each for each in groups_within_reach(desk, unit) if each.id == new.group_id), None)
    if group is None:
        errors.append(FieldError("group_id", "unknown"))
    else:
        student = replace(student, school_id=group.school_id)
        errors += _twice(unit, student)
    if errors:
        raise StudentRefused(*errors)
    return student


def write_new(desk: Desk, unit: Unit, student: Student) -> None:
    rows.add(unit, student, desk.now)
    if desk.actor.role is Role.MENTOR:
        mentorships.add(unit, new_id(), desk.actor.id, student.id, desk.today)
    _log(desk, unit, "add", student.id)


def _twice(unit: Unit, student: Student) -> list[FieldError]:
    numbers = [student.personnummer] if student.personnummer else []
    with_number = rows.with_personnummer(unit, student.school_id, numbers)
    if any(each.id != student.id for each in with_number):
        return [FieldError("personnummer", "already_here")]
    named = rows.with_name(unit, student.school_id, [(student.given_name, student.family_name)])
    if any(each.id != student.id and is_same_person(each, student) for each in named):
        return [FieldError("given_name", "already_here")]
    return []


def _set_archived(desk: Desk, student_id: str, on: date | None, action: str) -> None:
    with desk.writing() as unit:
        _require(desk, unit, Right.EDIT_STUDENT, student_id)
        rows.archive(unit, student_id, on)
        _log(desk, unit, action, student_id)


def _require(desk: Desk, unit: Unit, right: Right, student_id: str) -> Student:
    access.require(desk, unit, right, student_id)
    found = rows.find(unit, student_id)
    if found is None:
        raise Refused(right, student_id)
    return found


def _log(desk: Desk, unit: Unit, action: str, student_id: str) -> None:
    logs.add(unit, desk.entry(action, "student", student_id, student_id))
