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
from conversation_models.storage import failures, invitations, logs
from conversation_models.storage.invitations import Card, KnownBy, Seat
from conversation_models.storage.store import Store, Unit

WINDOW = timedelta(minutes=1)
# A class of thirty behind one address may each mistype twice in the same minute. With 30^10 codes, a school with 1,000
# open invitations and the limit below reached day and night, one is hit about every 9,000 years.
WRONG_CODES_A_MINUTE_AND_ADDRESS = 60
WRONG_CODES_A_MINUTE = 120
KIND, KIND_ADDRESS = "code", "code_address"


class Throttled(Exception):
    """Too many wrong codes in the last minute: this one was not looked at."""

    code = "throttled"

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
    when it can. `guardians` says whether guardians take part in this student's talks.
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


def find_by_token(store: Store, token: str, now: datetime, shown: Pass | None = None) -> Entry | None:
    """None for an unknown token. `shown` is a pass of this invitation's: it opens what the bare link does not."""
    return find(store, Held(token, shown), now)


def find_by_pass(store: Store, shown: Pass, now: datetime) -> Entry | None:
    return find(store, Held(None, shown), now)


def find(store: Store, held: Held, now: datetime) -> Entry | None:
    with store.reading() as unit:
        card = invitations.find_card(unit, *held.known_by)
    return _enter(card, held, now) if card else None


def find_by_code(store: Store, code: str, address: str, now: datetime) -> Entry | None:
    """None for a wrong code. Raises Throttled. Capitals, spaces and dashes do not matter."""
    with store.writing() as unit:
        _require_patience(unit, address, now)
        read = read_code(code)
        card = invitations.card_by_code(unit, read) if read else None
        if card is None:
            failures.add(unit, KIND, "", now)
            failures.add(unit, KIND_ADDRESS, address_key(address), now)
            return None
        noon = day_of(now)
        actor = ("student", card.invitation.id)
        logs.add(unit, LogEntry(noon, *actor, "type_code", "talk", card.talk.id, card.talk.student_id))
    return _enter(card, Held(None, Pass(card.invitation.id, "code", now)), now)


def _require_patience(unit: Unit, address: str, now: datetime) -> None:
    invitations.try_codes_alone(unit)
    limits = ((KIND, "", WRONG_CODES_A_MINUTE), (KIND_ADDRESS, address_key(address), WRONG_CODES_A_MINUTE_AND_ADDRESS))
    for kind, key, most in limits:
        failures.forget_before(unit, kind, now - WINDOW)
        found = failures.since(unit, kind, key, now - WINDOW)
        if found.count >= most and found.last is not None:
            raise Throttled(max(1, math.ceil((found.last + WINDOW - now).total_seconds())))


def _enter(card: Card, held: Held, now: datetime) -> Entry:
    way = held.way_to(card.invitation.id)
    today = now.astimezone(SWEDEN).date()
    student = Student("", "", "", card.given_name, "", card.birth_date, guardians_invited=card.guardians_invited)
    seat = Seat(card.invitation, card.talk.status, card.invitation.sent_on is not None, card.archived)
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
    )


def why_closed(seat: Seat, way: Way, now: datetime) -> str | None:
    """None while answers can be saved; else a code of `rate.RateClosed`."""
    if seat.archived or seat.invitation.revoked_at is not None:
        return "revoked"
    if seat.talk_status is TalkStatus.CLOSED:
        return "closed"
    if now >= seat.invitation.expires_at:
        return "expired"
    if seat.talk_status is TalkStatus.OPEN:
        return "begun"
    return "sent" if seat.was_sent and way == "link" else None
