"""A student's wish to talk with somebody: to whom, on which day, and what was answered. Never about what."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class TrustedAdult:
    """Somebody whom students may ask to talk with. `role` in the school's own words, "" for who leads the talk."""

    staff_id: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class Wish:
    """The day and not the hour: when somebody could not sleep is nobody's business."""

    id: str
    student_id: str
    staff_id: str
    made_on: date
    seen_on: date | None = None
    answer: str = ""
