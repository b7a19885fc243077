"""The people who work at the school, and the session in which one of them is signed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    MENTOR = "mentor"
    COUNSELLOR = "counsellor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Staff:
    id: str
    school_id: str
    username: str
    name: str
    role: Role
    language: str = "sv"
    active: bool = True
    must_change_password: bool = False


@dataclass(frozen=True)
class StaffSession:
    """One signed-in device. `ends_at` is absolute; `idle_at` moves with each click."""

    id: str
    staff: Staff
    began_at: datetime
    idle_at: datetime
    ends_at: datetime
