"""Schools and their groups."""

from typing import cast

from sqlalchemy import Row, insert, select, update

from conversation_models.domain.school import Group, School, SchoolForm
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import class_group, school, student


def add(unit: Unit, new: School) -> None:
    unit.connection.execute(insert(school).values(id=new.id, name=new.name, form=new.form))


def find(unit: Unit, school_id: str) -> School | None:
    row = unit.connection.execute(select(school).where(school.c.id == school_id)).first()
    return _school(row) if row else None


def form_of(unit: Unit, student_id: str) -> SchoolForm:
    """Of the school where the student goes."""
    where = select(school.c.form).join(student, student.c.school_id == school.c.id).where(student.c.id == student_id)
    return cast(SchoolForm, unit.connection.execute(where).scalar_one())


def every(unit: Unit) -> list[School]:
    return [_school(row) for row in unit.connection.execute(select(school).order_by(school.c.id))]


def add_group(unit: Unit, new: Group) -> None:
    unit.connection.execute(insert(class_group).values(id=new.id, school_id=new.school_id, name=new.name))


def rename_group(unit: Unit, group_id: str, name: str) -> None:
    unit.connection.execute(update(class_group).where(class_group.c.id == group_id).values(name=name))


def find_group(unit: Unit, group_id: str) -> Group | None:
    row = unit.connection.execute(select(class_group).where(class_group.c.id == group_id)).first()
    return _group(row) if row else None


def groups_of(unit: Unit, school_id: str) -> list[Group]:
    return [
        _group(row) for row in unit.connection.execute(select(class_group).where(class_group.c.school_id == school_id))
    ]


def _school(row: Row[tuple[str, str, str]]) -> School:
    return School(row.id, row.name, cast(SchoolForm, row.form))


def _group(row: Row[tuple[str, str, str]]) -> Group:
    return Group(row.id, row.school_id, row.name)
