"""What a change does to what is already there: the one rule behind every saved answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from conversation_models.domain.answer import Change


class Verdict(Enum):
    WRITE = "write"
    ALREADY = "already"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Known:
    """The newest value of a place: which page saved it, and as which of that page's changes."""

    version: int
    client: str
    sequence: int
    saved_at: datetime


def judge(known: Known | None, change: Change) -> Verdict:
    """A page follows its own changes by their sequence; over another page's value it must have seen that value.

    So the same change twice writes once, an overtaken change is passed over, and nothing that another device saved
    is overwritten unseen. Versions only grow, which is why a change that was overtaken by another device can never
    come back later.
    """
    if known is None or known.version == 0:
        return Verdict.WRITE
    if known.client == change.client:
        return Verdict.WRITE if change.sequence > known.sequence else Verdict.ALREADY
    return Verdict.WRITE if change.version == known.version else Verdict.CONFLICT


def next_version(known: Known | None, change: Change) -> int:
    """Greater than what was there and than what the page says it has seen.

    The latter matters when a database is older than a page, after a restored backup: else the same change could be
    taken once more when the versions have grown to the one it names.
    """
    return max(known.version if known else 0, change.version) + 1
