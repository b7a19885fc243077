"""What has left the house about a group and a term: counted once, and the same ever after."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GroupCount:
    """`counts` is text that `reports.group_kept` writes and reads; nothing small stands in it."""

    group_id: str
    term: str
    counts: str
    counted_by: str
    counted_at: datetime
