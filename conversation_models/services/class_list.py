"""Class lists: read, compared with the students that are here, then taken in whole or not at all."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from conversation_models.domain.ids import new_id
from conversation_models.domain.names import same_name, tidy
from conversation_models.domain.school import Group
from conversation_models.domain.student import Student
from conversation_models.services import access, students
from conversation_models.services.access import Desk, Right
from conversation_models.services.class_list_file import ClassList, ListRow, RowError, read_class_list
from conversation_models.services.people import LONGEST_GROUP
from conversation_models.services.student_fields import NewStudent, checked, could_be_same, is_same_person
from conversation_models.storage import logs, reaches, schools
from conversation_models.storage import students as rows
from conversation_models.storage.store import Unit

__all__ = ["ClassList", "ListRow", "RowError", "read_class_list"]

COMPARED = ("group_id", "given_name", "family_name", "birth_date", "personnummer", "email", "phone", "guardians")


class ClassListRefused(Exception):
    """Some row is wrong, so no row was taken in."""

    def __init__(self, errors: tuple[RowError, ...]) -> None:
        super().__init__(", ".join(f"line {error.line}: {error.code}" for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Change:
    """A student who is here already, before and after; `fields` are the names of those that differ."""

    before: Student
    after: Student
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What an import would do. With any error it does nothing."""

    new: tuple[Student, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Student, ...]
    new_groups: tuple[Group, ...]
    errors: tuple[RowError, ...]


@dataclass
class _Sorting:
    """The heaps a list is sorted into."""

    errors: list[RowError]
    new: list[Student] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Student] = field(default_factory=list)
    new_groups: list[Group] = field(default_factory=list)

    def preview(self) -> Preview:
        errors = tuple(sorted(self.errors, key=lambda error: error.line))
        return Preview(tuple(self.new), tuple(self.changed), tuple(self.unchanged), tuple(self.new_groups), errors)


def preview_import(desk: Desk, class_list: ClassList, group_id: str | None = None) -> Preview:
    """Writes nothing. `group_id` is the group of the rows that name none."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.ADD_STUDENT)
        return _compare(desk, unit, class_list, group_id)


def import_class_list(desk: Desk, class_list: ClassList, group_id: str | None = None) -> Preview:
    """All rows or none: raises ClassListRefused. Taking the same list in again changes nothing."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.ADD_STUDENT)
        preview = _compare(desk, unit, class_list, group_id)
        if preview.errors:
            raise ClassListRefused(preview.errors)
        for group in preview.new_groups:
            schools.add_group(unit, group)
            logs.add(unit, desk.entry("add", "group", group.id))
        for student in preview.new:
            students.write_new(desk, unit, student)
        for change in preview.changed:
            rows.change(unit, change.after)
            logs.add(unit, desk.entry("edit", "student", change.after.id, change.after.id))
    return preview


def _compare(desk: Desk, unit: Unit, class_list: ClassList, group_id: str | None) -> Preview:
    sorting = _Sorting(list(class_list.errors))
    groups = {same_name(each.name): each for each in students.groups_within_reach(desk, unit)}
    listed: list[tuple[ListRow, Student]] = []
    for row in class_list.rows:
        group = _group(desk, row, groups, group_id, sorting)
        student = _student(desk, row, group, sorting)
        if student is not None:
            listed.append((row, student))
    known = _known(unit, [student for _, student in listed])
    reached = reaches.reached_ids(unit, desk.actor, desk.today)
    earlier = _People()
    for row, student in listed:
        twice = earlier.alike(student)
        if twice:
            sorting.errors.append(RowError(row.line, "", "twice", student.name))
        else:
            _sort(row, student, known.alike(student), reached, sorting)
        earlier.add(student)
    return sorting.preview()


class _People:
    """Finds those who could be the same person, without comparing everyone with everyone."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, str], list[Student]] = defaultdict(list)

    def add(self, student: Student) -> None:
        for key in self._keys(student):
            self._by[key].append(student)

    def alike(self, student: Student) -> list[Student]:
        """Those who certainly are the same where there are any; else those who could be."""
        near = {each.id: each for key in self._keys(student) for each in self._by.get(key, [])}.values()
        possible = [each for each in near if could_be_same(each, student)]
        return [each for each in possible if is_same_person(each, student)] or possible

    def _keys(self, student: Student) -> Iterator[tuple[str, str]]:
        yield student.school_id, same_name(f"{student.given_name}\t{student.family_name}")
        if student.personnummer:
            yield student.school_id, student.personnummer


def _known(unit: Unit, listed: list[Student]) -> _People:
    """The students who are here already and share a name or a personnummer with someone on the list."""
    people = _People()
    for school_id in {each.school_id for each in listed}:
        here = [each for each in listed if each.school_id == school_id]
        numbered = rows.with_personnummer(unit, school_id, (each.personnummer for each in here if each.personnummer))
        named = rows.with_name(unit, school_id, ((each.given_name, each.family_name) for each in here))
        for student in {each.id: each for each in (*numbered, *named)}.values():
            people.add(student)
    return people


def _sort(row: ListRow, student: Student, alike: list[Student], reached: set[str], sorting: _Sorting) -> None:
    if not alike:
        sorting.new.append(student)
        return
    before = alike[0]
    wrong = _wrong_match(alike, reached)
    if wrong:
        sorting.errors.append(RowError(row.line, "", wrong, student.name))
        return
    after = _merged(before, student)
    differing = tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))
    if differing:
        sorting.changed.append(Change(before, after, differing))
    else:
        sorting.unchanged.append(before)


def _wrong_match(alike: list[Student], reached: set[str]) -> str:
    """`unclear`: which of several? `not_yours`: someone else's student. `archived`: restore first."""
    if len(alike) > 1:
        return "unclear"
    if alike[0].id not in reached:
        return "not_yours"
    return "archived" if alike[0].archived_on else ""


def _merged(before: Student, listed: Student) -> Student:
    """What the list says, where it says something."""
    told = {name: getattr(listed, name) for name in COMPARED if name != "guardians" and getattr(listed, name)}
    guardians = list(before.guardians)
    for new in listed.guardians:
        place = next((n for n, old in enumerate(guardians) if same_name(old.name) == same_name(new.name)), None)
        if place is None:
            guardians.append(new)
        else:
            old = guardians[place]
            guardians[place] = replace(old, phone=new.phone or old.phone, email=new.email or old.email)
    if same_name(before.name) == same_name(listed.name):
        told |= {"given_name": before.given_name, "family_name": before.family_name}
    return replace(before, **told, guardians=tuple(guardians))


def _group(desk: Desk, row: ListRow, groups: dict[str, Group], group_id: str | None, sorting: _Sorting) -> Group | None:
    """An administrator's list makes the groups that are missing; anyone else's names those that are there."""
    name = same_name(row.group)
    if not name:
        chosen = next((each for each in groups.values() if each.id == group_id), None)
        if chosen is None:
            sorting.errors.append(RowError(row.line, "group", "missing"))
        return chosen
    if name not in groups:
        if not access.has_right(desk.actor, Right.MANAGE_PEOPLE) or len(name) > LONGEST_GROUP:
            sorting.errors.append(RowError(row.line, "group", "unknown", row.group))
            return None
        groups[name] = Group(new_id(), desk.actor.school_id, tidy(row.group))
        sorting.new_groups.append(groups[name])
    return groups[name]


def _student(desk: Desk, row: ListRow, group: Group | None, sorting: _Sorting) -> Student | None:
    """None when something is wrong with the row; what it is has then been noted."""
    blank = Student(new_id(), group.school_id if group else "", "", "", "")
    typed = NewStudent(
        group.id if group else "",
        row.given_name,
        row.family_name,
        row.birth_date,
        row.personnummer,
        row.email,
        row.phone,
        row.guardians,
    )
    student, errors = checked(typed, blank, desk.today)
    for error in errors:
        value = str(error.values.get("value", getattr(row, error.field, "")))
        sorting.errors.append(RowError(row.line, _column(error.field), error.code, value))
    return None if errors or group is None else student


def _column(field_name: str) -> str:
    """ "guardians.0.phone" is the column "guardian_1_phone"."""
    kind, _, rest = field_name.partition(".")
    number, _, part = rest.partition(".")
    return f"guardian_{int(number) + 1}_{part}" if part else kind
