"""What may stand in a student's fields."""

import re
from dataclasses import dataclass, replace
from datetime import date

from conversation_models.domain.ids import new_id
from conversation_models.domain.names import same_name, tidy
from conversation_models.domain.personnummer import NotAPersonnummer, Personnummer, read_personnummer
from conversation_models.domain.student import Guardian, Student
from conversation_models.services.field_errors import FieldError, read_text

LONGEST = {"given_name": 100, "family_name": 100, "email": 200, "phone": 40, "name": 200}
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"\+?[0-9 ()/-]*[0-9][0-9 ()/-]*")
OLDEST = 120
MOST_GUARDIANS = 6


@dataclass(frozen=True)
class NewGuardian:
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class NewStudent:
    """As typed. Only the group and a given name are needed; some people have one name only."""

    group_id: str
    given_name: str
    family_name: str = ""
    birth_date: date | None = None
    personnummer: str = ""
    email: str = ""
    phone: str = ""
    guardians: tuple[NewGuardian, ...] = ()


def checked(new: NewStudent, before: Student, today: date) -> tuple[Student, list[FieldError]]:
    """`before` with the new fields, and everything that is wrong with them. An unchanged guardian keeps the id."""
    errors: list[FieldError] = []
    number = _personnummer(new.personnummer, today, errors)
    guardians = [(place, each) for place, each in enumerate(new.guardians) if tidy(each.name + each.phone + each.email)]
    if len(guardians) > MOST_GUARDIANS:
        errors.append(FieldError("guardians", "too_many", {"most": MOST_GUARDIANS}))
    student = replace(
        before,
        group_id=new.group_id,
        given_name=_text("given_name", new.given_name, errors, needed=True),
        family_name=_text("family_name", new.family_name, errors),
        birth_date=_birth_date(new.birth_date, number, today, errors),
        personnummer=number.digits if number else None,
        email=_text("email", new.email, errors, EMAIL),
        phone=_text("phone", new.phone, errors, PHONE),
        guardians=tuple(_guardian(each, f"guardians.{place}.", before.guardians, errors) for place, each in guardians),
    )
    return student, errors


def is_same_person(one: Student, other: Student) -> bool:
    """Same personnummer; or the same name and birth date, unless two numbers say otherwise."""
    if one.personnummer and other.personnummer:
        return one.personnummer == other.personnummer
    return _same_names(one, other) and one.birth_date is not None and one.birth_date == other.birth_date


def could_be_same(one: Student, other: Student) -> bool:
    """Also when a birth date is missing on one side."""
    if one.personnummer and other.personnummer:
        return one.personnummer == other.personnummer
    contradict = one.birth_date and other.birth_date and one.birth_date != other.birth_date
    return _same_names(one, other) and not contradict


def _same_names(one: Student, other: Student) -> bool:
    given = same_name(one.given_name) == same_name(other.given_name)
    return given and same_name(one.family_name) == same_name(other.family_name)


def _text(
    field: str, text: str, errors: list[FieldError], shape: re.Pattern[str] | None = None, *, needed: bool = False
) -> str:
    most = LONGEST[field.rpartition(".")[2]]
    return read_text(field, text, errors, most, needed=needed, shape=shape)


def _guardian(new: NewGuardian, at: str, before: tuple[Guardian, ...], errors: list[FieldError]) -> Guardian:
    name = _text(f"{at}name", new.name, errors, needed=True)
    known = next((each.id for each in before if each.name == name), None)
    phone = _text(f"{at}phone", new.phone, errors, PHONE)
    return Guardian(known or new_id(), name, phone, _text(f"{at}email", new.email, errors, EMAIL))


def _personnummer(text: str, today: date, errors: list[FieldError]) -> Personnummer | None:
    if not text.strip():
        return None
    try:
        return read_personnummer(text, today)
    except NotAPersonnummer as wrong:
        errors.append(FieldError("personnummer", wrong.code))
        return None


def _birth_date(given: date | None, number: Personnummer | None, today: date, errors: list[FieldError]) -> date | None:
    """Of its own; taken from the personnummer when left empty. The two may not say different days."""
    if given is None:
        return number.birth_date if number else None
    if given > today or given.year < today.year - OLDEST:
        errors.append(FieldError("birth_date", "unlikely", {"value": given}))
    elif number and number.birth_date != given:
        errors.append(FieldError("birth_date", "differs", {"value": number.birth_date}))
    return given
