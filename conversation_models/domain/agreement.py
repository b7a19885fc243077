"""What was agreed, until it is followed up; and what was added to a closed talk."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DecisionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Decision:
    """`area` is a section of `development_agreement` (work, environment, support, wellbeing), or "" for what was taken
    along from elsewhere in the talk. `level` says who may read it.

    `source` is "instrument.item.row" for a row of a table, "" otherwise: the same row in the next talk is the same
    thing.
    """

    id: str
    talk_id: str
    area: str
    words: str
    responsible: str
    follow_up: date | None
    status: DecisionStatus = DecisionStatus.OPEN
    outcome: str = ""
    followed_by: str | None = None
    followed_at: datetime | None = None
    level: str = "m"
    source: str = ""

    @property
    def instrument(self) -> str:
        """Of the row it stands in, "" for what is not a row."""
        return self.source.partition(".")[0]

    def is_overdue(self, today: date) -> bool:
        return self.status is DecisionStatus.OPEN and self.follow_up is not None and self.follow_up < today


@dataclass(frozen=True)
class Amendment:
    """A visible correction of a closed talk. The first words stay; this stands beside them, at their level."""

    id: str
    talk_id: str
    instrument: str
    item: str
    words: str
    author_id: str
    recorded_at: datetime
    author_name: str = ""
    level: str = "m"
