"""Many papers in one file: ordered, going on, done or stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(seconds=30)


class BatchStatus(StrEnum):
    ORDERED = "ordered"
    GOING = "going"
    DONE = "done"
    CANCELLED = "cancelled"
    BROKEN = "broken"


@dataclass(frozen=True)
class Batch:
    """`left_out` have nothing in the term. `seen_at` moves with every paper."""

    id: str
    staff_id: str
    school_id: str
    group_id: str
    term: str
    parts: tuple[str, ...]
    language: str
    status: BatchStatus
    total: int
    made: int
    left_out: int
    ordered_at: datetime
    seen_at: datetime

    def is_silent(self, now: datetime) -> bool:
        """Going on by its own word, and not heard of: the browser or the server went away."""
        return self.status is BatchStatus.GOING and now - self.seen_at > SILENT_AFTER
