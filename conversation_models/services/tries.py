"""Tries by phone: between two meetings of a process the student tells how a step went, the same day it was tried.

An invitation that asks one table of the ladder and nothing else. Each try is a row of its own, appended at once and
never shown again on the phone; it can be read by student health from that moment. See docs/adr/0012.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.domain.invitation import TRIES, Invitation, NewInvitation
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import asked, desk_talks, invite, saving
from conversation_models.services.access import SWEDEN, Desk, Right
from conversation_models.services.asked import NotAsked
from conversation_models.services.entry import Entry, why_closed
from conversation_models.services.rate import RateClosed
from conversation_models.storage import answers, invitations, logs, tables, talks
from conversation_models.storage.invitations import Seat
from conversation_models.storage.store import Store, Unit
from instruments.answers import check
from instruments.items import TableItem

LADDER, TABLE = TRIES.split(".")
STEPS, STEP, DAY = "steps", "step", "on"


@dataclass(frozen=True)
class Try:
    """`number` is drawn with the page, so that the same try sent twice is one. `cells` by column, without the day."""

    number: int
    on: date
    cells: Mapping[str, Any]


class NothingTried(Exception):
    """A try without any word or number says nothing."""

    code = "nothing_tried"


class NotThatDay(Exception):
    """A try is told the same day, or the day after."""

    code = "not_that_day"


def fits(narrowed: Talk) -> bool:
    """Whether tries can be told by phone before this talk, as far as they are for this person's eyes."""
    return asked.find_model(narrowed.model).process and LADDER in narrowed.editions


def turn_on(desk: Desk, talk_id: str, days: int) -> NewInvitation:
    """Until then, or until the talk begins. Link and code are known now and never again; earlier ones stop working.

    `days` is brought within 1-60. Raises NotAsked for a talk without a ladder, TalkRefused once it has begun.
    """
    with desk.writing() as unit:
        talk = _take(desk, unit, talk_id)
        invitations.revoke_asking(unit, talk_id, TRIES, desk.now)
        ends = desk.now + timedelta(days=min(max(days, 1), invite.LONGEST_DAYS))
        made = invite.add(desk, unit, invite.new(talk, ends, (TRIES,)))
        desk_talks.note(desk, unit, "tries_on", talk)
    return made


def turn_off(desk: Desk, talk_id: str) -> None:
    """Link and code stop working at once; what is told stays. Twice is once."""
    with desk.writing() as unit:
        talk = _take(desk, unit, talk_id)
        invitations.revoke_asking(unit, talk_id, TRIES, desk.now)
        desk_talks.note(desk, unit, "tries_off", talk)


def period_of(desk: Desk, talk_id: str) -> Invitation | None:
    """The latest; None when it was never turned on here. Raises NotAsked as `turn_on` does."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        desk_talks.require_holding(desk, talk)
        if not fits(talk):
            raise NotAsked(LADDER)
        found = [each for each in invitations.of_talk(unit, talk_id) if each.is_for_tries]
    return found[-1] if found else None


def days_to_tell(now: datetime) -> tuple[date, date]:
    """Today at the school, and yesterday."""
    today = now.astimezone(SWEDEN).date()
    return today, today - timedelta(days=1)


def known_steps(store: Store, entry: Entry) -> tuple[str, ...]:
    """The steps agreed last, in their words. Nothing for the bare link: whoever holds it may be somebody else."""
    if entry.way not in ("code", "device") or entry.closed is not None:
        return ()
    talk, answer = entry.talk, tables.answer.c
    ladder = (answer.instrument == LADDER) & (answer.item == STEPS)
    with store.reading() as unit:
        found = answers.earlier_of(unit, answers.earlier_asked(ladder), talk.student_id, talk.held_on, talk.id)
        rows = found[0][0].open(unit.cipher) if found else None
    steps = [row[STEP] for row in rows if row.get(STEP)] if isinstance(rows, list) else []
    return tuple(dict.fromkeys(steps))


def table_of(edition: int | None) -> TableItem:
    """What is asked about a try. Raises NotAsked."""
    found = asked.find_item(asked.find_instrument(LADDER, edition), TABLE)
    if not isinstance(found, TableItem):
        raise NotAsked(TABLE)
    return found


def tell_try(store: Store, entry: Entry, told: Try, now: datetime) -> None:
    """Appended at once. Raises RateClosed, NothingTried, NotThatDay, AnswerError; the same number again changes
    nothing."""
    if told.on not in days_to_tell(now):
        raise NotThatDay
    with store.writing() as unit:
        seat = invitations.lock_seat(unit, "id", entry.invitation.id, LADDER)
        _require_open(seat, entry, now)
        if seat is None or seat.edition is None or not seat.invitation.is_for_tries:
            raise NotAsked(LADDER)
        item, level = table_of(seat.edition), asked.find_instrument(LADDER, seat.edition).level_of(TABLE)
        place = Place(entry.talk.id, LADDER, TABLE, Respondent.STUDENT, Manner.PHONE)
        newest = answers.find_latest(unit, place)
        before = newest.open(unit.cipher) if newest else None
        rows: list[dict[str, Any]] = before if isinstance(before, list) else []
        row = {"row": f"own.{told.number}", DAY: told.on.isoformat(), **told.cells}
        if any(each["row"] == row["row"] for each in rows):
            return
        if not any(value not in (None, "", False) for value in told.cells.values()):
            raise NothingTried
        change = Change(check(item, [*rows, row]), f"try-{told.number}", 1, newest.version if newest else 0)
        spot = saving.Spot(place, item, level)
        answers.append(unit, [(saving.write(unit, spot, change, newest, now), seat.edition)], saving.day_of(now))
        _note(unit, seat, level, now)


def _require_open(seat: Seat | None, entry: Entry, now: datetime) -> None:
    why = why_closed(seat, entry.way, now) if seat else "revoked"
    if why is not None:
        raise RateClosed(why)


def _note(unit: Unit, seat: Seat, level: str, now: datetime) -> None:
    """The day only: staff read this log."""
    invitation, at = seat.invitation, saving.day_of(now)
    if invitation.begun_on is None:
        invitations.note_days(unit, invitation.id, at.date(), None)
    talks.change(unit, invitation.talk_id, unread="".join(sorted({*seat.unread, level})))
    logs.add(unit, LogEntry(at, "student", invitation.id, "try", "talk", invitation.talk_id, invitation.student_id))


def _take(desk: Desk, unit: Unit, talk_id: str) -> Talk:
    talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
    desk_talks.require_holding(desk, talk, Right.HOLD_TALKS)
    if not fits(desk_talks.narrowed(desk.actor, talk)):
        raise NotAsked(LADDER)
    return talk
