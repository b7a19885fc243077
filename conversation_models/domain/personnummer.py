"""The Swedish personal identity number and the coordination number: read, checked, twelve digits."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.se import personnummer as swedish

SHAPE = re.compile(r"(\d{2})?(\d{6})([-+]?)(\d{4})")
TEMPORARY = re.compile(r"(\d{2})?\d{6}-?[A-Za-zÅÄÖåäö]{1,2}\d{2,3}")
COORDINATION_DAYS = 60


class NotAPersonnummer(Exception):
    """`code`: shape, date, check_digit, future, or temporary (a school's own number, which is not one)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Personnummer:
    digits: str
    birth_date: date


def read_personnummer(text: str, today: date) -> Personnummer:
    """Accepts ten or twelve digits with or without a hyphen; ten digits mean the latest year not in the future."""
    plain = re.sub(r"[\s\u00a0]", "", text).replace("\u2013", "-").replace("\u2212", "-")
    found = SHAPE.fullmatch(plain)
    if not found or not plain.isascii():
        raise NotAPersonnummer("temporary" if TEMPORARY.fullmatch(plain) else "shape")
    century, birth, sign, last = found.groups()
    digits = f"{century or _century(birth, sign, today)}{birth}{last}"
    birth_date = _birth_date(digits)
    if birth_date > today:
        raise NotAPersonnummer("future")
    try:
        luhn.validate(digits[2:])
    except ValidationError as error:
        raise NotAPersonnummer("check_digit") from error
    return Personnummer(digits, birth_date)


def _century(birth: str, sign: str, today: date) -> str:
    this = today.year // 100
    later = this - 1 if int(birth[:2]) > today.year % 100 else this
    return str(later - 1 if sign == "+" else later)


def _birth_date(digits: str) -> date:
    day = int(digits[6:8])
    plain_day = day - COORDINATION_DAYS if day > COORDINATION_DAYS else day
    try:
        return swedish.get_birth_date(f"{digits[:6]}{plain_day:02}-{digits[8:]}")
    except (ValidationError, ValueError) as error:
        raise NotAPersonnummer("date") from error
