"""The student's own page, and a guardian's: found by link or code, saved at each change, sent once and changed until
the talk begins. Whoever is invited sees and touches the own answers only.

There is no Desk here: who holds the invitation is who answers. After something is sent the bare link shows and
changes nothing more; the short code, or the device that sent, does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from conversation_models.domain.answer import Change, Conflict, Draft, Manner, Place, Saved
from conversation_models.domain.invitation import Invitation
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import asked, posting, saving
from conversation_models.services.entry import (
    Entry,
    Held,
    Throttled,
    find,
    find_by_code,
    find_by_pass,
    find_by_token,
    is_left_out,
    why_closed,
)
from conversation_models.services.passes import Pass, Way, make_pass, read_pass
from conversation_models.services.posting import AnswersRefused, Key
from conversation_models.services.saving import Spot
from conversation_models.storage import answers, invitations, logs, talks
from conversation_models.storage.answers import Stored
from conversation_models.storage.invitations import KnownBy, Seat
from conversation_models.storage.store import Store, Unit

__all__ = [
    "AnswersRefused",
    "Entry",
    "Held",
    "HeldBack",
    "Key",
    "NothingToSend",
    "Opened",
    "Pass",
    "RateClosed",
    "Sent",
    "Throttled",
    "UnknownLink",
    "find",
    "find_by_code",
    "find_by_pass",
    "find_by_token",
    "make_pass",
    "open_entry",
    "read_pass",
    "save",
    "save_all",
    "send",
    "send_all",
]


class RateClosed(Exception):
    """Nothing can be saved here any more. `code`: revoked, closed, begun (the talk), sent (type the code), expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownLink(Exception):
    """No invitation belongs to this link."""

    code = "unknown"


class NothingToSend(Exception):
    """The talk has begun and nothing of the student's own is waiting."""

    code = "nothing_to_send"


@dataclass(frozen=True)
class Opened:
    """What is answered so far, by instrument and item, each with its version. `unsent`: some of it is not sent."""

    values: dict[Key, Draft] = field(default_factory=dict)
    unsent: bool = False


@dataclass(frozen=True)
class Sent:
    on: date


@dataclass(frozen=True)
class HeldBack:
    """Nothing was sent: another device has saved something else in these places since the page was shown."""

    conflicts: dict[Key, Conflict]


def open_entry(store: Store, entry: Entry) -> Opened:
    """Empty when the bare link is opened after sending, and when the invitation no longer opens anything."""
    if entry.closed is not None and not (entry.closed == "begun" and entry.invitation.sent_on is None):
        return Opened()
    with store.reading() as unit:
        drafts, sent = _of_page(entry, answers.drafts_of(unit, entry.talk.id)), _sent(unit, entry)
    newest = {**sent, **drafts}
    values = {(place.instrument, place.item): stored.as_draft(store.cipher) for place, stored in newest.items()}
    return Opened(values, bool(drafts))


def save(store: Store, held: Held, instrument: str, item: str, change: Change, now: datetime) -> Saved | Conflict:
    """Returns after COMMIT: the one thing a class does at once, so it costs three queries and a part of a COMMIT.

    Raises UnknownLink, NotAsked, AnswerError, RateClosed.
    """

    def save_it(unit: Unit) -> Saved | Conflict:
        seat = _lock_seat(unit, *held.known_by, now, instrument)
        if seat is None:
            raise UnknownLink
        invited = instrument in seat.invitation.asks
        spot = _spot(seat.invitation, seat.edition if invited else None, instrument, item)
        checked = saving.check_change(spot.item, change)
        _require_open(seat, held.way_to(seat.invitation.id), now)
        outcome = saving.save_change(unit, spot, checked, now, was_sent=seat.was_sent)
        if isinstance(outcome, Saved):
            _begin(unit, seat, now)
        return outcome

    return store.write_with_others(save_it)


def save_all(
    store: Store, entry: Entry, values: Mapping[Key, Any], client: str, now: datetime, versions: Mapping[Key, int] = {}
) -> dict[Key, Conflict]:
    """A whole form in one transaction; returns what another device had changed, which is left as it was.

    Without a version a value is written over whatever is there. Raises NotAsked, RateClosed and
    AnswersRefused, in which case nothing is written.
    """
    posted = _check_all(entry, values, client, versions)

    def save_them(unit: Unit) -> dict[Key, Conflict]:
        seat = _take_seat(unit, entry, now)
        drafts = _drafts(unit, entry, seat)
        rows, conflicts = posting.settle(unit, posted, {**_sent(unit, entry, seat), **drafts}, now)
        answers.write_drafts(
            unit, [row for row in rows if row.place not in drafts], [row for row in rows if row.place in drafts]
        )
        if rows:
            _begin(unit, seat, now)
        return {_key(place): conflict for place, conflict in conflicts.items()}

    return store.write_with_others(save_them)


def send(store: Store, entry: Entry, may_read_before: bool, now: datetime) -> Sent:
    """Sends what is saved. Raises RateClosed; NothingToSend once the talk has begun.

    The first time every asked item is appended: answered, declined or empty. Afterwards what has changed is.
    """

    def send_them(unit: Unit) -> Sent:
        seat = _take_seat(unit, entry, now, sending=True)
        drafts = _drafts(unit, entry, seat)
        if seat.talk_status is TalkStatus.OPEN and not drafts:
            raise NothingToSend
        _forget_drafts(unit, entry)
        return _send(unit, entry, seat, drafts, may_read_before, now)

    return store.write_with_others(send_them)


def send_all(
    store: Store,
    entry: Entry,
    values: Mapping[Key, Any],
    client: str,
    may_read_before: bool,
    now: datetime,
    versions: Mapping[Key, int] = {},
) -> Sent | HeldBack:
    """A whole form saved and sent in one transaction: the page without JavaScript. Raises as save_all does."""
    posted = _check_all(entry, values, client, versions)

    def save_and_send(unit: Unit) -> Sent | HeldBack:
        seat = _take_seat(unit, entry, now)
        drafts = _drafts(unit, entry, seat)
        rows, conflicts = posting.settle(unit, posted, {**_sent(unit, entry, seat), **drafts}, now)
        if conflicts:
            return HeldBack({_key(place): conflict for place, conflict in conflicts.items()})
        newest = {**drafts, **{row.place: row for row in rows}}
        if drafts:
            _forget_drafts(unit, entry)
        return _send(unit, entry, seat, newest, may_read_before, now)

    return store.write_with_others(save_and_send)


def _send(
    unit: Unit, entry: Entry, seat: Seat, newest: Mapping[Place, Stored], may_read_before: bool, now: datetime
) -> Sent:
    rows = _rows_to_send(entry, seat, newest, now)
    answers.append(unit, rows, sent_at := saving.day_of(now))
    today = sent_at.date()
    invitations.note_days(unit, entry.invitation.id, seat.invitation.begun_on or today, today)
    levels = {stored.level for stored, _ in rows} | set(seat.unread)
    if entry.is_guardian:
        talks.note_unread(unit, entry.talk.id, "".join(sorted(levels)))
    else:
        talks.note_sent(unit, entry.talk.id, may_read_before, "".join(sorted(levels)))
    logs.add(unit, _log(entry.invitation, "send", now))
    return Sent(today)


def _rows_to_send(entry: Entry, seat: Seat, newest: Mapping[Place, Stored], now: datetime) -> list[tuple[Stored, int]]:
    rows = []
    for instrument, edition in entry.editions.items():
        places = asked.places_alone(instrument, edition, entry.invitation.respondent.value)
        for item, (_, level) in places.items():
            place = _place(entry.invitation, instrument, item)
            stored = newest.get(place)
            if stored is None and not seat.was_sent:
                stored = posting.empty(place, level, now)
            if stored is not None:
                rows.append((stored, edition))
    return rows


def _take_seat(unit: Unit, entry: Entry, now: datetime, *, sending: bool = False) -> Seat:
    """Asked again under the talk's lock."""
    seat = _lock_seat(unit, "id", entry.invitation.id, now)
    if seat is None:
        raise RateClosed("revoked")
    _require_open(seat, entry.way, now, sending=sending)
    return seat


def _lock_seat(unit: Unit, known_by: KnownBy, given: str, now: datetime, instrument: str = "") -> Seat | None:
    seat = invitations.lock_seat(unit, known_by, given, instrument)
    return replace(seat, left_out=True) if seat and is_left_out(unit, seat.invitation, now) else seat


def _require_open(seat: Seat, way: Way, now: datetime, *, sending: bool = False) -> None:
    """What was begun before the talk opened may still be sent, not changed."""
    why = why_closed(seat, way, now)
    if why is not None and not (why == "begun" and sending and not seat.was_sent):
        raise RateClosed(why)


def _begin(unit: Unit, seat: Seat, now: datetime) -> None:
    if seat.invitation.begun_on is None:
        invitations.note_days(unit, seat.invitation.id, saving.day_of(now).date(), seat.invitation.sent_on)
        logs.add(unit, _log(seat.invitation, "begin", now))


def _check_all(entry: Entry, values: Mapping[Key, Any], client: str, versions: Mapping[Key, int]) -> posting.Posted:
    spots = {key: _spot(entry.invitation, entry.editions.get(key[0]), *key) for key in values}
    return posting.check_all(spots, values, client, versions)


def _spot(invitation: Invitation, edition: int | None, instrument: str, item: str) -> Spot:
    """`edition` is None where this instrument is not asked here. Raises NotAsked."""
    who = invitation.respondent.value
    known = asked.places_alone(instrument, edition, who).get(item) if edition is not None else None
    if known is None:
        raise asked.NotAsked(instrument, item)
    return Spot(_place(invitation, instrument, item), *known)


def _place(invitation: Invitation, instrument: str, item: str) -> Place:
    whose = (invitation.respondent, Manner.ALONE, invitation.guardian_id)
    return Place(invitation.talk_id, instrument, item, *whose)


def _forget_drafts(unit: Unit, entry: Entry) -> None:
    answers.delete_drafts_alone(unit, entry.talk.id, entry.editions, entry.invitation.guardian_id)


def _drafts(unit: Unit, entry: Entry, seat: Seat) -> dict[Place, Stored]:
    """Whoever sends a whole form at once has none, and is spared the question."""
    return _of_page(entry, answers.drafts_of(unit, entry.talk.id)) if seat.has_drafts else {}


def _sent(unit: Unit, entry: Entry, seat: Seat | None = None) -> dict[Place, Stored]:
    was_sent = seat.was_sent if seat else entry.invitation.sent_on is not None
    return _of_page(entry, answers.latest_of(unit, entry.talk.id)) if was_sent else {}


def _of_page(entry: Entry, stored: Mapping[Place, Stored]) -> dict[Place, Stored]:
    """Only what whoever is invited here answers alone: never the mentor's drafts in the same talk, nor another's."""
    return {
        place: one
        for place, one in stored.items()
        if place.instrument in entry.editions and place == _place(entry.invitation, place.instrument, place.item)
    }


def _key(place: Place) -> Key:
    return place.instrument, place.item


def _log(invitation: Invitation, action: str, now: datetime) -> LogEntry:
    """The day only: staff read this log."""
    at = saving.day_of(now)
    who = (invitation.respondent.value, invitation.id)
    return LogEntry(at, *who, action, "talk", invitation.talk_id, invitation.student_id)
