"""Who is whose mentor, from which day to which day."""

from dataclasses import dataclass
from datetime import date

from conversation_models.domain.staff import Staff


@dataclass(frozen=True)
class Mentorship:
    """`until_on` is the last day; None while it goes on."""

    id: str
    student_id: str
    mentor: Staff
    from_on: date
    until_on: date | None = None

    def is_current(self, today: date) -> bool:
        return self.from_on <= today and (self.until_on is None or today <= self.until_on)


@dataclass(frozen=True)
class Reach:
    """A school or a group given to a counsellor."""

    id: str
    staff_id: str
    school_id: str | None = None
    group_id: str | None = None
