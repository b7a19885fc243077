"""Answers: a draft while it may still change, an answer once it is sent or the talk is closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

State = Literal["answered", "declined", "empty"]


class Respondent(StrEnum):
    STUDENT = "student"
    GUARDIAN = "guardian"
    MENTOR = "mentor"
    COUNSELLOR = "counsellor"


class Manner(StrEnum):
    """How an answer was given: alone on the student's page, together in the talk, on paper and typed in, or by phone
    the same day, between two meetings."""

    ALONE = "alone"
    TOGETHER = "together"
    PAPER = "paper"
    PHONE = "phone"


@dataclass(frozen=True)
class Place:
    """Where an answer belongs: one item of one instrument in one talk, from one respondent, given in one manner.

    `guardian_id` says which guardian answered alone, on a page of their own; "" everywhere else.
    """

    talk_id: str
    instrument: str
    item: str
    respondent: Respondent = Respondent.STUDENT
    manner: Manner = Manner.ALONE
    guardian_id: str = ""


@dataclass(frozen=True)
class Change:
    """What a device asks to save.

    `client` names the page that typed it and `sequence` grows with each of its changes: the same pair twice is a
    retry. `version` is the draft's version the page last saw (0: none), so that two devices notice each other.
    """

    value: Any
    client: str
    sequence: int
    version: int = 0


@dataclass(frozen=True)
class Draft:
    place: Place
    value: Any
    version: int
    changed_at: datetime


@dataclass(frozen=True)
class Saved:
    """The change is committed (or was already, when the same change came again)."""

    version: int
    saved_at: datetime


@dataclass(frozen=True)
class Conflict:
    """Another device saved something else since this page last looked: nothing was overwritten."""

    version: int
    value: Any


@dataclass(frozen=True)
class Answer:
    """One appended answer. `value` is None when declined or empty.

    What a student answered alone is `recorded_at` noon of its day: the hour is nobody's business and is not kept.
    """

    talk_id: str
    instrument: str
    edition: int
    item: str
    respondent: Respondent
    manner: Manner
    state: State
    value: Any
    recorded_at: datetime
    author_id: str | None = None
    version: int = 0
    level: str = "m"
    guardian_id: str = ""

    @property
    def place(self) -> Place:
        return Place(self.talk_id, self.instrument, self.item, self.respondent, self.manner, self.guardian_id)
