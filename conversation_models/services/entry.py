"""Who stands at the student's door: found by link, by short code or by a pass, and what may be done from there."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from conversation_models.domain.invitation import Invitation, InvitationStatus
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services.access import SWEDEN
from conversation_models.services.passes import Pass, Way
from conversation_models.services.saving import day_of
from conversation_models.services.short_code import read_code
from conversation_models.services.throttle import address_key
from conversation_models.storage import failures, invitations, logs, students
from conversation_models.storage.invitations import Card, KnownBy, Seat
from conversation_models.storage.store import Store, Unit

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# A code that begins like none that is open cannot be right: such ones share a budget, and using it up harms nobody.
WRONG_CODES_A_MINUTE_AND_ADDRESS = 60
WRONG_CODES_A_MINUTE = 120
# A code that begins like an open one is compared; each beginning has a budget of its own, whoever else guesses from
# the same address. Of 30^7 ways to end, at most 60 are tried in a day for each open invitation: with 1,000 of them
# attacked day and night by somebody who knows how each begins, one is hit about every 1,000 years.
WRONG_ENDS_A_MINUTE = 5
WRONG_ENDS_A_DAY = 60
WRONG_ENDS_A_MINUTE_IN_ALL = 880
CHECKED_A_MINUTE = WRONG_CODES_A_MINUTE + WRONG_ENDS_A_MINUTE_IN_ALL


@dataclass(frozen=True)
class Budget:
    """At most so many wrong codes within `window`."""

    kind: str
    key: str
    most: int
    window: timedelta


class Throttled(Exception):
    """Too many wrong codes that begin like this one, or like none: this one was not looked at."""

    code = "throttled_code"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Held:
    """What a device holds of an invitation: its link, a pass of the short code's or of sending's, or both."""

    token: str | None
    shown: Pass | None

    @property
    def known_by(self) -> tuple[KnownBy, str]:
        """How the database finds the invitation."""
        if self.token is not None:
            return "token_hash", invitations.token_hash(self.token)
        return "id", self.shown.invitation_id if self.shown else ""

    def way_to(self, invitation_id: str) -> Way:
        """The bare link, unless there is a pass of this very invitation's."""
        return self.shown.way if self.shown and self.shown.invitation_id == invitation_id else "link"


@dataclass(frozen=True)
class Entry:
    """What the holder of an invitation may know before answering.

    `editions` are the instruments to answer, in order. `closed` says why nothing can be saved (see RateClosed), None
    when it can. `guardians` says whether guardians take part in this student's talks. `guardian_name` is the first
    name of the guardian who is asked, "" when it is the student: a whole one would tell the student's family name.
    """

    invitation: Invitation
    status: InvitationStatus
    talk: Talk
    given_name: str
    is_adult: bool
    guardians: bool
    led_by_name: str
    editions: dict[str, int]
    held: Held
    way: Way = "link"
    closed: str | None = None
    language: str = "sv"
    guardian_name: str = ""
    token_hash: str = ""

    @property
    def is_guardian(self) -> bool:
        return bool(self.invitation.guardian_id)


def find_by_token(store: Store, token: str, now: datetime, shown: Pass | None = None) -> Entry | None:
    """None for an unknown token. `shown` is a pass of this invitation's: it opens what the bare link does not."""
    return find(store, Held(token, shown), now)


def find_by_pass(store: Store, shown: Pass, now: datetime) -> Entry | None:
    return find(store, Held(None, shown), now)


def find(store: Store, held: Held, now: datetime) -> Entry | None:
    with store.reading() as unit:
        card = invitations.find_card(unit, *held.known_by)
        left_out = card is not None and is_left_out(unit, card.invitation, now)
    return _enter(card, held, now, left_out=left_out) if card else None


def find_by_code(store: Store, code: str, address: str, now: datetime) -> Entry | None:
    """None for a wrong code. Raises Throttled. Capitals, spaces and dashes do not matter."""
    read = read_code(code)
    with store.reading() as unit:  # a flood of guesses takes no turn from those who save
        _require_patience(unit, _budgets(unit, read, address, now), now)
    with store.writing() as unit:
        invitations.try_codes_alone(unit)
        budgets = _budgets(unit, read, address, now)
        _require_patience(unit, budgets, now)
        card = invitations.card_by_code(unit, read) if read else None
        if card is None:
            _note_wrong(unit, budgets, now)
            return None
        noon = day_of(now)
        actor = (card.invitation.respondent.value, card.invitation.id)
        logs.add(unit, LogEntry(noon, *actor, "type_code", "talk", card.talk.id, card.talk.student_id))
        left_out = is_left_out(unit, card.invitation, now)
    return _enter(card, Held(None, Pass(card.invitation.id, "code", now)), now, left_out=left_out)


def is_left_out(unit: Unit, invitation: Invitation, now: datetime) -> bool:
    """A guardian's invitation ends when they are the student's guardian no more, and on the eighteenth birthday unless
    the student lets guardians take part."""
    if not invitation.guardian_id:
        return False
    student = students.find(unit, invitation.student_id)
    taking_part = student.guardians_on(now.astimezone(SWEDEN).date()) if student else ()
    return invitation.guardian_id not in {each.id for each in taking_part}


def _budgets(unit: Unit, code: str | None, address: str, now: datetime) -> tuple[Budget, ...]:
    if code is not None and invitations.begins_like_open(unit, code, now):
        start = code[: invitations.START]
        return (
            Budget("code_end", start, WRONG_ENDS_A_MINUTE, MINUTE),
            Budget("code_end_day", start, WRONG_ENDS_A_DAY, DAY),
            Budget("code_ends", "", WRONG_ENDS_A_MINUTE_IN_ALL, MINUTE),
        )
    return (
        Budget("code", "", WRONG_CODES_A_MINUTE, MINUTE),
        Budget("code_address", address_key(address), WRONG_CODES_A_MINUTE_AND_ADDRESS, MINUTE),
    )


def _require_patience(unit: Unit, budgets: tuple[Budget, ...], now: datetime) -> None:
    for budget in budgets:
        found = failures.since(unit, budget.kind, budget.key, now - budget.window)
        if found.count >= budget.most and found.last is not None:
            raise Throttled(max(1, math.ceil((found.last + MINUTE - now).total_seconds())))


def _note_wrong(unit: Unit, budgets: tuple[Budget, ...], now: datetime) -> None:
    for budget in budgets:
        failures.forget_before(unit, budget.kind, now - budget.window)
        failures.add(unit, budget.kind, budget.key, now)


def _enter(card: Card, held: Held, now: datetime, *, left_out: bool) -> Entry:
    way = held.way_to(card.invitation.id)
    today = now.astimezone(SWEDEN).date()
    student = Student("", "", "", card.given_name, "", card.birth_date, guardians_invited=card.guardians_invited)
    was_sent = card.invitation.sent_on is not None
    seat = Seat(card.invitation, card.talk.status, was_sent, card.archived, left_out=left_out)
    return Entry(
        invitation=card.invitation,
        status=card.invitation.status(now),
        talk=card.talk,
        given_name=card.given_name,
        is_adult=student.is_adult(today),
        guardians=not student.is_adult(today) or student.guardians_invited,
        led_by_name=card.led_by_name,
        editions={name: card.talk.editions[name] for name in card.invitation.asks if name in card.talk.editions},
        held=held,
        way=way,
        closed=why_closed(seat, way, now),
        guardian_name=next(iter(card.guardian_name.split()), ""),
        token_hash=card.token_hash,
    )


def why_closed(seat: Seat, way: Way, now: datetime) -> str | None:
    """None while answers can be saved; else a code of `rate.RateClosed`."""
    if seat.archived or seat.left_out or seat.invitation.revoked_at is not None:
        return "revoked"
    if seat.talk_status is TalkStatus.CLOSED:
        return "closed"
    if now >= seat.invitation.expires_at:
        return "expired"
    if seat.talk_status is TalkStatus.OPEN:
        return "begun"
    return "sent" if seat.was_sent and way in ("link", "lent") else None
