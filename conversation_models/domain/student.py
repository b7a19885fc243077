"""A student, the guardians, and what changes on the eighteenth birthday."""

from dataclasses import dataclass
from datetime import date

ADULT_AGE = 18


@dataclass(frozen=True)
class Guardian:
    id: str
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Student:
    id: str
    school_id: str
    group_id: str
    given_name: str
    family_name: str
    birth_date: date | None = None
    personnummer: str | None = None
    email: str = ""
    phone: str = ""
    guardians: tuple[Guardian, ...] = ()
    guardians_invited: bool = False
    archived_on: date | None = None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def masked_personnummer(self) -> str:
        """The birth date only: the last four digits are never shown ("20090412-****"), "" when there is none."""
        return f"{self.personnummer[:8]}-****" if self.personnummer else ""

    def is_adult(self, today: date) -> bool:
        """From the eighteenth birthday on. Unknown birth date: not an adult. Born 29 February: from 1 March."""
        if self.birth_date is None:
            return False
        year, month, day = (
            self.birth_date.year + ADULT_AGE,
            self.birth_date.month,
            self.birth_date.day,
        )
        return (today.year, today.month, today.day) >= (year, month, day)

    def guardians_on(self, today: date) -> tuple[Guardian, ...]:
        """The guardians who take part: none from the eighteenth birthday unless the student invites them."""
        return self.guardians if not self.is_adult(today) or self.guardians_invited else ()
