"""What a talk leaves to follow up when it is closed: decisions of the agreement, and rows of tables that have a day.

A row keeps its id from talk to talk, so the next talk says what became of it: its status ends it, another wording or
another day takes its place, and the same row again is the one that is known already, open or followed up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from conversation_models.domain.agreement import Decision, DecisionStatus
from conversation_models.domain.answer import Place
from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import Talk
from conversation_models.services import asked
from conversation_models.services.access import Desk
from conversation_models.services.asked import AGREEMENT
from conversation_models.storage import agreements
from conversation_models.storage.answers import Stored
from conversation_models.storage.store import Unit
from instruments.items import FollowUp, TableItem
from instruments.model import Instrument


@dataclass(frozen=True)
class _Row:
    """A row as it stands when the talk is closed. `ended`: its own status says that nothing is left to follow up."""

    decision: Decision
    ended: DecisionStatus | None


def write_decided(desk: Desk, unit: Unit, talk: Talk, said: Mapping[Place, Stored]) -> None:
    """`said` is the newest answer of each place, in the order in which they came. The caller holds the talk's lock."""
    stands = _standing(said)
    for decision in _agreed(unit, talk, stands):
        agreements.add_decision(unit, decision)
    rows = {row.decision.source: row for row in _rows(desk, unit, talk, stands)}
    earlier = agreements.latest_by_source(unit, talk.student_id, rows) if rows else {}
    for source, row in rows.items():
        _settle(desk, unit, row, earlier.get(source))


def _standing(said: Mapping[Place, Stored]) -> dict[tuple[str, str], Stored]:
    """What was said in the talk stands over what was sent before it, unless it was left empty there."""
    found: dict[tuple[str, str], Stored] = {}
    for place, stored in said.items():
        if stored.state != "empty" or (place.instrument, place.item) not in found:
            found[place.instrument, place.item] = stored
    return found


def _settle(desk: Desk, unit: Unit, row: _Row, earlier: Decision | None) -> None:
    if earlier and not row.ended and _same(earlier, row.decision):
        return
    if earlier and earlier.status is DecisionStatus.OPEN:
        became = row.ended or DecisionStatus.CHANGED
        agreements.follow(
            unit, replace(earlier, status=became, outcome="", followed_by=desk.actor.id, followed_at=desk.now)
        )
    if row.decision.follow_up and not row.ended:
        agreements.add_decision(unit, row.decision)


def _same(one: Decision, other: Decision) -> bool:
    return (one.words, one.responsible, one.follow_up) == (other.words, other.responsible, other.follow_up)


def _agreed(unit: Unit, talk: Talk, stands: Mapping[tuple[str, str], Stored]) -> Iterator[Decision]:
    """One for each area where something was decided, or a day was set."""
    if AGREEMENT not in talk.editions:
        return
    words = {
        item: stored.open(unit.cipher)
        for (name, item), stored in stands.items()
        if name == AGREEMENT and stored.state == "answered"
    }
    instrument = asked.find_instrument(AGREEMENT, talk.editions[AGREEMENT])
    for section in instrument.sections:
        area, level = section.id, section.level or instrument.level
        decided, day = words.get(f"{area}_decision", ""), words.get(f"{area}_follow_up")
        if decided or day:
            told = (area, decided, words.get(f"{area}_responsible", ""), date.fromisoformat(day) if day else None)
            yield Decision(new_id(), talk.id, *told, level=level)


def _rows(desk: Desk, unit: Unit, talk: Talk, stands: Mapping[tuple[str, str], Stored]) -> Iterator[_Row]:
    found = {name: asked.find_instrument(name, edition) for name, edition in talk.editions.items()}
    for (name, item_id), stored in stands.items():
        instrument = found.get(name)
        item = next((each for each in instrument.items() if each.id == item_id), None) if instrument else None
        if instrument and isinstance(item, TableItem) and item.follow_up and stored.state == "answered":
            for row in stored.open(unit.cipher):
                yield _read(desk, talk, instrument, item, item.follow_up, row)


def _read(
    desk: Desk, talk: Talk, instrument: Instrument, item: TableItem, names: FollowUp, row: Mapping[str, Any]
) -> _Row:
    day = next((row[name] for name in names.on if row.get(name)), None)
    words = row.get(names.what) or item.label.say("en" if desk.actor.language == "en" else "sv")
    ended = names.ends.get(row.get(names.status or "", ""))
    decision = Decision(
        new_id(),
        talk.id,
        "",
        words,
        row.get(names.who or "", ""),
        date.fromisoformat(day) if day else None,
        level=instrument.level_of(item.id),
        source=f"{instrument.id}.{item.id}.{row['row']}",
    )
    return _Row(decision, DecisionStatus(ended) if ended else None)
