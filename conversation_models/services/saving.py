"""The one way an answer is saved, from the student's page and from the talk alike."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from conversation_models.domain.answer import Change, Conflict, Place, Saved
from conversation_models.domain.saving import Verdict, judge, next_version
from conversation_models.services.access import SWEDEN
from conversation_models.storage import answers
from conversation_models.storage.answers import Stored, Written
from conversation_models.storage.store import Unit
from instruments.answers import check, state_of
from instruments.errors import AnswerError
from instruments.items import Item

CLIENT = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
LARGEST = 2**30  # the database counts to 2**31 - 1, and a version grows beyond what a page names


@dataclass(frozen=True)
class Spot:
    """A place with the item asked there, the level of its instrument, and the staff member who writes, if any."""

    place: Place
    item: Item
    level: str
    author_id: str | None = None


def check_change(item: Item, change: Change) -> Change:
    """The change with its value as it is kept. Raises AnswerError, "not_a_change" for a broken client or number."""
    client: Any = change.client
    numbers = (change.sequence, change.version)
    sound = isinstance(client, str) and CLIENT.fullmatch(client)
    if not sound or any(type(number) is not int or not 0 <= number <= LARGEST for number in numbers):
        raise AnswerError("not_a_change")
    return Change(check(item, change.value), change.client, change.sequence, change.version)


def save_change(unit: Unit, spot: Spot, change: Change, now: datetime, *, was_sent: bool = False) -> Saved | Conflict:
    """Saves a checked change as a draft. The caller holds the talk's lock.

    `was_sent`: answers of this place may be appended already; then the newest of them is what a change must know.
    """
    draft = answers.find_draft(unit, spot.place)
    latest = answers.find_latest(unit, spot.place) if was_sent and draft is None else None
    newest = draft or latest
    if newest is not None and (verdict := judge(newest.known, change)) is not Verdict.WRITE:
        return _unwritten(unit, newest, change, verdict)
    stored = write(unit, spot, change, newest, now)
    answers.write_drafts(unit, [] if draft else [stored], [stored] if draft else [])
    return Saved(stored.version, now)


def write(unit: Unit, spot: Spot, change: Change, newest: Stored | None, at: datetime) -> Stored:
    """The row that takes the place of the newest one."""
    state = state_of(change.value)
    version = next_version(newest.known if newest else None, change)
    told = (state, change.value, version, change.client, change.sequence, at, spot.author_id)
    return Written(spot.place, spot.level, spot.item.secret, *told).stored(unit.cipher)


def same_value(kept: Any, value: Any) -> bool:
    """True is not 1 here."""
    return type(kept) is type(value) and bool(kept == value)


def day_of(moment: datetime) -> datetime:
    """Noon of its day at the school: what is kept of when a student answered alone, and of when it was sent.

    Noon in Greenwich is the same day in Sweden, so nobody reads the wrong date out of it.
    """
    return datetime.combine(moment.astimezone(SWEDEN).date(), time(12), UTC)


def _unwritten(unit: Unit, newest: Stored, change: Change, verdict: Verdict) -> Saved | Conflict:
    """Two devices that say the same have nothing to settle."""
    kept = newest.open(unit.cipher) if verdict is Verdict.CONFLICT else None
    if verdict is Verdict.ALREADY or same_value(kept, change.value):
        return Saved(newest.version, newest.at)
    return Conflict(newest.version, kept)
