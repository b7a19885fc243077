"""My words: what a student has sent, and what the same student said before where staff share it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_

from conversation_models.domain.answer import Manner, Respondent
from conversation_models.services import asked
from conversation_models.services.entry import Entry
from conversation_models.services.posting import Key
from conversation_models.storage import answers, tables
from conversation_models.storage.answers import Stored
from conversation_models.storage.store import Store, Unit

ENDED = ("revoked", "expired")


@dataclass(frozen=True)
class MyWords:
    """Values by instrument and item; `earlier` each with the day of its talk."""

    sent: Mapping[Key, Any] = field(default_factory=dict)
    earlier: Mapping[Key, tuple[Any, date]] = field(default_factory=dict)


def my_words(store: Store, entry: Entry) -> MyWords:
    """The student's own sent answers to what this invitation asks, and nobody else's; nothing for the bare link.

    Earlier ones only where the invitation shows them, and only of levels that it asks itself: what was said to
    student health is not laid out by a mentor's code.
    """
    if (
        entry.is_guardian
        or entry.way not in ("code", "device")
        or entry.closed in ENDED
        or entry.invitation.sent_on is None
    ):
        return MyWords()
    with store.reading() as unit:
        latest = answers.latest_of(unit, entry.talk.id).values()
        earlier = _earlier(unit, entry) if entry.invitation.shows_earlier else {}
    sent = {(one.place.instrument, one.place.item): one.open(store.cipher) for one in latest if _is_own(entry, one)}
    return MyWords(sent, {key: earlier[key] for key in sent if key in earlier})


def _is_own(entry: Entry, one: Stored) -> bool:
    place = one.place
    is_theirs = place.respondent is Respondent.STUDENT and place.manner is Manner.ALONE
    return is_theirs and place.instrument in entry.editions


def _earlier(unit: Unit, entry: Entry) -> dict[Key, tuple[Any, date]]:
    talk, answer = entry.talk, tables.answer.c
    levels = frozenset[str]().union(*(asked.levels_alone(name, edition) for name, edition in entry.editions.items()))
    own = and_(
        answer.level.in_(levels),
        answer.respondent == Respondent.STUDENT.value,
        answer.manner == Manner.ALONE.value,
    )
    found = answers.earlier_of(unit, answers.earlier_asked(own), talk.student_id, talk.held_on, talk.id)
    return {
        (one.place.instrument, one.place.item): (one.open(unit.cipher), held_on)
        for one, held_on in found
        if one.place.instrument in entry.editions and _is_asked_alike(entry, one)
    }


def _is_asked_alike(entry: Entry, one: Stored) -> bool:
    """An earlier edition may have asked something of another kind under the same name."""
    name, item = one.place.instrument, one.place.item
    kinds = [
        next((each.kind for each in asked.find_instrument(name, edition).items() if each.id == item), None)
        for edition in (entry.editions[name], one.edition)
    ]
    return kinds[0] is not None and kinds[0] == kinds[1]
