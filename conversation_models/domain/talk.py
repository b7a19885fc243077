"""A talk: prepared, then open, then closed for good."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class TalkStatus(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Talk:
    """`editions` says which edition of each instrument this talk asks, and never changes once the talk is made.

    `may_read_before` is the student's choice when sending: True, the mentor may read before the talk; False, we
    open it together; None, nothing is sent yet. `entered_on`: the day it was typed in, for a talk that was held on
    paper; None for all others.
    """

    id: str
    student_id: str
    model: str
    led_by: str
    held_on: date
    starts: time | None = None
    place: str = ""
    minutes: int = 45
    status: TalkStatus = TalkStatus.PREPARED
    phase: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    may_read_before: bool | None = None
    entered_on: date | None = None
    editions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TalkMove:
    """The trace of a talk that was saved on the wrong student."""

    talk_id: str
    from_student: str
    to_student: str
    reason: str
    moved_by: str
    moved_at: datetime
