"""A whole form at once: what of it is new, and what another device has changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversation_models.domain.answer import Change, Conflict, Place
from conversation_models.domain.saving import Verdict, judge
from conversation_models.services import saving
from conversation_models.services.saving import Spot
from conversation_models.storage.answers import Stored
from conversation_models.storage.store import Unit
from instruments.errors import AnswerError

Key = tuple[str, str]


class AnswersRefused(Exception):
    """Some values do not fit their items; nothing was written. `errors` by instrument and item."""

    code = "answers_refused"

    def __init__(self, errors: Mapping[Key, AnswerError]) -> None:
        super().__init__(sorted(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Posted:
    """Checked changes, each with its spot. `unseen`: the page told no version, so it cannot have seen any."""

    changes: tuple[tuple[Spot, Change, bool], ...]


def check_all(spots: Mapping[Key, Spot], values: Mapping[Key, Any], client: str, versions: Mapping[Key, int]) -> Posted:
    """Raises AnswersRefused."""
    changes, errors = [], {}
    for key, value in values.items():
        change = Change(value, client, 1, versions.get(key, 0))
        try:
            changes.append((spots[key], saving.check_change(spots[key].item, change), key not in versions))
        except AnswerError as error:
            errors[key] = error
    if errors:
        raise AnswersRefused(errors)
    return Posted(tuple(changes))


def settle(
    unit: Unit, posted: Posted, newest: Mapping[Place, Stored], now: datetime
) -> tuple[list[Stored], dict[Place, Conflict]]:
    """The rows to write, and the conflicts. A value that already stands there is neither."""
    rows: list[Stored] = []
    conflicts: dict[Place, Conflict] = {}
    for spot, asked, unseen in posted.changes:
        known = newest.get(spot.place)
        kept = known.open(unit.cipher) if known else None
        if saving.same_value(kept, asked.value):
            continue
        change = _follow(asked, known, unseen)
        if known is not None and judge(known.known, change) is not Verdict.WRITE:
            conflicts[spot.place] = Conflict(known.version, kept)
        else:
            rows.append(saving.write(unit, spot, change, known, now))
    return rows, conflicts


def empty(place: Place, level: str, at: datetime) -> Stored:
    """Asked, and left without an answer."""
    return Stored(place, level, "empty", None, None, 0, "", 0, None, at)


def _follow(change: Change, known: Stored | None, unseen: bool) -> Change:
    """A posted form carries no numbers of its own: it follows what the same page saved last."""
    if known is None:
        return change
    sequence = known.sequence + 1 if known.client == change.client else 1
    return Change(change.value, change.client, sequence, known.version if unseen else change.version)
