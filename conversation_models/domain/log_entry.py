"""Who did what with which student's record, and when. Never what it said."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LogEntry:
    at: datetime
    actor_kind: str
    actor_id: str
    action: str
    kind: str
    object_id: str
    student_id: str | None = None
    denied: bool = False
