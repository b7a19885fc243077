"""Students and their guardians. What can name a person lies sealed; two blind indexes find a person again."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from conversation_models.domain.names import same_name
from conversation_models.domain.student import Guardian, Student
from conversation_models.storage.cipher import Cipher
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import guardian, student

MOST_IDS = 500


def add(unit: Unit, new: Student, created_at: datetime) -> None:
    values = _values(unit, new) | {"id": new.id, "created_at": created_at}
    unit.connection.execute(insert(student).values(values))
    _add_guardians(unit, new)


def change(unit: Unit, changed: Student) -> None:
    """Everything, guardians included."""
    unit.connection.execute(update(student).where(student.c.id == changed.id).values(_values(unit, changed)))
    unit.connection.execute(delete(guardian).where(guardian.c.student_id == changed.id))
    _add_guardians(unit, changed)


def archive(unit: Unit, student_id: str, on: date | None) -> None:
    """None takes the student back."""
    unit.connection.execute(update(student).where(student.c.id == student_id).values(archived_on=on))


def set_guardians_invited(unit: Unit, student_id: str, invited: bool) -> None:
    unit.connection.execute(update(student).where(student.c.id == student_id).values(guardians_invited=invited))


def find(unit: Unit, student_id: str) -> Student | None:
    return next(iter(where(unit, student.c.id == student_id)), None)


def where(unit: Unit, *conditions: ColumnElement[bool]) -> list[Student]:
    """In no order: names lie sealed, so only `domain.names` can sort them."""
    rows = unit.connection.execute(select(student).where(*conditions)).all()
    guardians = _guardians(unit, [row.id for row in rows])
    return [to_student(unit, row, guardians[row.id]) for row in rows]


def with_personnummer(unit: Unit, school_id: str, numbers: Iterable[str]) -> list[Student]:
    indexes = {_number_index(unit.cipher, number) for number in numbers}
    return _indexed(unit, school_id, student.c.personnummer_index, indexes)


def with_name(unit: Unit, school_id: str, names: Iterable[tuple[str, str]]) -> list[Student]:
    """Given and family name; capitals and spaces make no difference."""
    indexes = {_name_index(unit.cipher, given, family) for given, family in names}
    return _indexed(unit, school_id, student.c.name_index, indexes)


def _indexed(unit: Unit, school_id: str, column: ColumnElement[str | None], indexes: set[str]) -> list[Student]:
    wanted = sorted(indexes)
    parts = (wanted[start : start + MOST_IDS] for start in range(0, len(wanted), MOST_IDS))
    return [found for part in parts for found in where(unit, student.c.school_id == school_id, column.in_(part))]


def _guardians(unit: Unit, student_ids: list[str]) -> defaultdict[str, list[Guardian]]:
    found: defaultdict[str, list[Guardian]] = defaultdict(list)
    for start in range(0, len(student_ids), MOST_IDS):
        part = student_ids[start : start + MOST_IDS]
        asked = select(guardian).where(guardian.c.student_id.in_(part)).order_by(guardian.c.id)
        for row in unit.connection.execute(asked):
            found[row.student_id].append(_guardian(unit, row))
    return found


def to_student(unit: Unit, row: Row[tuple[object, ...]], guardians: list[Guardian]) -> Student:
    def opened(column: str) -> str:
        return unit.cipher.open_or_empty(getattr(row, column), "student", column, row.id)

    born = opened("birth_date")
    return Student(
        id=row.id,
        school_id=row.school_id,
        group_id=row.group_id,
        given_name=opened("given_name"),
        family_name=opened("family_name"),
        birth_date=date.fromisoformat(born) if born else None,
        personnummer=opened("personnummer") or None,
        email=opened("email"),
        phone=opened("phone"),
        guardians=tuple(guardians),
        guardians_invited=row.guardians_invited,
        archived_on=row.archived_on,
    )


def _guardian(unit: Unit, row: Row[tuple[object, ...]]) -> Guardian:
    def opened(column: str) -> str:
        return unit.cipher.open_or_empty(getattr(row, column), "guardian", column, row.id)

    return Guardian(row.id, opened("name"), opened("phone"), opened("email"))


def _values(unit: Unit, one: Student) -> dict[str, object]:
    def sealed(column: str, text: str | None) -> bytes | None:
        return unit.cipher.seal(text, "student", column, one.id) if text else None

    return {
        "school_id": one.school_id,
        "group_id": one.group_id,
        "given_name": unit.cipher.seal(one.given_name, "student", "given_name", one.id),
        "family_name": unit.cipher.seal(one.family_name, "student", "family_name", one.id),
        "birth_date": sealed("birth_date", one.birth_date.isoformat() if one.birth_date else None),
        "personnummer": sealed("personnummer", one.personnummer),
        **blind_indexes(unit.cipher, one.given_name, one.family_name, one.personnummer),
        "email": sealed("email", one.email),
        "phone": sealed("phone", one.phone),
        "guardians_invited": one.guardians_invited,
        "archived_on": one.archived_on,
    }


def blind_indexes(cipher: Cipher, given: str, family: str, personnummer: str | None) -> dict[str, str | None]:
    """By the columns' names."""
    number = _number_index(cipher, personnummer) if personnummer else None
    return {"personnummer_index": number, "name_index": _name_index(cipher, given, family)}


def _add_guardians(unit: Unit, one: Student) -> None:
    def sealed(column: str, text: str, row_id: str) -> bytes | None:
        return unit.cipher.seal(text, "guardian", column, row_id) if text else None

    rows = [
        {
            "id": each.id,
            "student_id": one.id,
            "name": unit.cipher.seal(each.name, "guardian", "name", each.id),
            "phone": sealed("phone", each.phone, each.id),
            "email": sealed("email", each.email, each.id),
        }
        for each in one.guardians
    ]
    if rows:
        unit.connection.execute(insert(guardian), rows)


def _number_index(cipher: Cipher, digits: str) -> str:
    return cipher.blind_index(f"personnummer:{digits}")


def _name_index(cipher: Cipher, given: str, family: str) -> str:
    return cipher.blind_index(f"name:{same_name(given)}\x1f{same_name(family)}")
