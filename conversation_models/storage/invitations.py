"""Invitations, found again by the hash of what the student holds."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, exists, func, insert, select, update

from conversation_models.domain.ids import is_id
from conversation_models.domain.invitation import Invitation
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.storage.cipher import Cipher
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import draft, guardian, invitation, staff, student, talk, talk_instrument
from conversation_models.storage.talks import to_talk

KnownBy = Literal["id", "token_hash"]
START, START_HASH = 3, 16  # how many characters of a code, and of its hash, say how it begins
CODE_LOCK = 0x6A61676D6564  # any number of our own
_ONE = (
    select(invitation, talk.c.student_id)
    .join(talk, talk.c.id == invitation.c.talk_id)
    .order_by(invitation.c.created_at, invitation.c.id)
)
_AT_SEAT = (
    select(
        invitation,
        talk.c.student_id,
        talk.c.status,
        talk.c.unread,
        student.c.archived_on.is_not(None).label("archived"),
        exists().where(draft.c.talk_id == talk.c.id).label("has_drafts"),
        talk_instrument.c.edition,
    )
    .select_from(invitation)
    .join(talk, talk.c.id == invitation.c.talk_id)
    .join(student, student.c.id == talk.c.student_id)
    .outerjoin(
        talk_instrument,
        and_(talk_instrument.c.talk_id == talk.c.id, talk_instrument.c.instrument == bindparam("at_instrument")),
    )
)
_HOLD = select(talk.c.id).join(invitation, invitation.c.talk_id == talk.c.id).with_for_update(of=talk)
_KNOWN_BY: dict[KnownBy, ColumnElement[bool]] = {
    "id": invitation.c.id == bindparam("given"),
    "token_hash": invitation.c.token_hash == bindparam("given"),
}
_SEAT_BY = {known_by: _AT_SEAT.where(condition) for known_by, condition in _KNOWN_BY.items()}
_HOLD_BY = {known_by: _HOLD.where(condition) for known_by, condition in _KNOWN_BY.items()}
_CARD = (
    select(
        talk,
        invitation.c.id.label("invitation_id"),
        invitation.c.talk_id,
        invitation.c.expires_at,
        invitation.c.revoked_at,
        invitation.c.begun_on,
        invitation.c.sent_on,
        invitation.c.asks,
        invitation.c.shows_earlier,
        invitation.c.guardian_id,
        invitation.c.token_hash,
        guardian.c.name.label("guardian_name"),
        student.c.given_name,
        student.c.birth_date,
        student.c.guardians_invited,
        student.c.archived_on,
        staff.c.name.label("led_by_name"),
        talk_instrument.c.instrument,
        talk_instrument.c.edition,
    )
    .select_from(invitation)
    .join(talk, talk.c.id == invitation.c.talk_id)
    .join(student, student.c.id == talk.c.student_id)
    .join(staff, staff.c.id == talk.c.led_by)
    .join(talk_instrument, talk_instrument.c.talk_id == talk.c.id)
    .outerjoin(guardian, and_(guardian.c.id == invitation.c.guardian_id, guardian.c.student_id == student.c.id))
)
_CARD_BY = {known_by: _CARD.where(condition) for known_by, condition in _KNOWN_BY.items()}
_CARD_BY_CODE = _CARD.where(invitation.c.code_hash == bindparam("given"))
_NOTE_DAYS = update(invitation).where(invitation.c.id == bindparam("at_id"))


@dataclass(frozen=True)
class Seat:
    """What decides whether the holder of an invitation may save now. `was_sent`: what is asked here is sent.

    `edition` is that of the instrument asked for, None when the talk does not ask it. `unread` are the levels at
    which something is sent and not read yet. `left_out`: a guardian who takes part no longer.
    """

    invitation: Invitation
    talk_status: TalkStatus
    was_sent: bool
    archived: bool
    edition: int | None = None
    unread: str = ""
    has_drafts: bool = True
    left_out: bool = False


@dataclass(frozen=True)
class Card:
    """An invitation with what the student's page says about it. No family name, no contacts: they stay sealed.

    `guardian_name` is of the guardian who is asked; "" when it is the student, and when they are a guardian no more.
    """

    invitation: Invitation
    talk: Talk
    given_name: str
    birth_date: date | None
    guardians_invited: bool
    archived: bool
    led_by_name: str
    guardian_name: str = ""
    token_hash: str = ""


def token_hash(token: str) -> str:
    """The token is 256 random bits: nobody can try them, so a plain hash hides it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(cipher: Cipher, code: str) -> str:
    """A code is short enough to be tried out against a stolen table, so its hash is keyed, and the code lies sealed
    beside it: the hash is made anew when keys change. First comes what all codes that begin alike have in common, so
    that wrong ones can be counted for each beginning."""
    return _start_hash(cipher, code) + cipher.blind_index(f"invitation-code:{code}")[START_HASH:]


def _start_hash(cipher: Cipher, code: str) -> str:
    return cipher.blind_index(f"invitation-start:{code[:START]}")[:START_HASH]


def add(unit: Unit, new: Invitation, secrets: tuple[str, str], created: tuple[str, datetime]) -> None:
    """`secrets` are token and code; `created` by whom and when."""
    token, code = secrets
    values = {
        "id": new.id,
        "talk_id": new.talk_id,
        "token_hash": token_hash(token),
        "code_hash": code_hash(unit.cipher, code),
        "code": unit.cipher.seal(code, "invitation", "code", new.id),
        "created_by": created[0],
        "created_at": created[1],
        "expires_at": new.expires_at,
        "begun_on": new.begun_on,
        "sent_on": new.sent_on,
        "asks": " ".join(new.asks),
        "shows_earlier": new.shows_earlier,
        "guardian_id": new.guardian_id,
    }
    unit.connection.execute(insert(invitation).values(values))


def find(unit: Unit, invitation_id: str) -> Invitation | None:
    if not is_id(invitation_id):
        return None
    row = unit.connection.execute(_ONE.where(invitation.c.id == invitation_id)).mappings().first()
    return _invitation(row) if row else None


def of_talk(unit: Unit, talk_id: str, guardian_id: str = "") -> list[Invitation]:
    """The student's, or this guardian's, oldest first."""
    return _invitations(unit, invitation.c.talk_id == talk_id, invitation.c.guardian_id == guardian_id)


def of_talks(unit: Unit, talk_ids: list[str]) -> list[Invitation]:
    """The students' of all these, oldest first."""
    return _invitations(unit, invitation.c.talk_id.in_(talk_ids), invitation.c.guardian_id == "")


def of_guardians(unit: Unit, talk_id: str) -> list[Invitation]:
    """Oldest first."""
    return _invitations(unit, invitation.c.talk_id == talk_id, invitation.c.guardian_id != "")


def _invitations(unit: Unit, *conditions: ColumnElement[bool]) -> list[Invitation]:
    return [_invitation(row) for row in unit.connection.execute(_ONE.where(*conditions)).mappings()]


def revoke_all(unit: Unit, talk_id: str, at: datetime, guardian_id: str | None = None, but: str = "") -> None:
    """The student's ("") or a guardian's; None: everybody's. Except those that ask just `but`."""
    alive = [invitation.c.talk_id == talk_id, invitation.c.revoked_at.is_(None), invitation.c.asks != but]
    if guardian_id is not None:
        alive.append(invitation.c.guardian_id == guardian_id)
    unit.connection.execute(update(invitation).where(*alive).values(revoked_at=at))


def revoke_asking(unit: Unit, talk_id: str, asks: str, at: datetime) -> None:
    """Those that ask just that."""
    alive = (invitation.c.talk_id == talk_id, invitation.c.revoked_at.is_(None), invitation.c.asks == asks)
    unit.connection.execute(update(invitation).where(*alive).values(revoked_at=at))


def note_days(unit: Unit, invitation_id: str, begun_on: date, sent_on: date | None) -> None:
    unit.connection.execute(_NOTE_DAYS, {"at_id": invitation_id, "begun_on": begun_on, "sent_on": sent_on})


def change(unit: Unit, invitation_id: str, **values: Any) -> None:
    unit.connection.execute(update(invitation).where(invitation.c.id == invitation_id).values(values))


def lock_seat(unit: Unit, known_by: KnownBy, given: str, instrument: str = "") -> Seat | None:
    """Read with the talk held: nobody opens, closes or sends meanwhile. One query, two on PostgreSQL.

    PostgreSQL shows a locked row anew, but not the rows joined to it: so it locks first and reads then.
    """
    if unit.connection.dialect.name == "postgresql":
        unit.connection.execute(_HOLD_BY[known_by], {"given": given})
    asked_for = {"given": given, "at_instrument": instrument}
    row = unit.connection.execute(_SEAT_BY[known_by], asked_for).mappings().first()
    if row is None:
        return None
    status, was_sent = TalkStatus(row["status"]), row["sent_on"] is not None
    told = (bool(row["archived"]), row["edition"], row["unread"] or "", row["has_drafts"])
    return Seat(_invitation(row), status, was_sent, *told)


def try_codes_alone(unit: Unit) -> None:
    """Until this unit ends nobody else tries a code, so that a limit on wrong ones is exact. SQLite: always so."""
    if unit.connection.dialect.name == "postgresql":
        unit.connection.execute(select(func.pg_advisory_xact_lock(CODE_LOCK)))


def begins_like_open(unit: Unit, code: str, now: datetime) -> bool:
    """Whether some invitation that can be used now has a code with this beginning."""
    start = _start_hash(unit.cipher, code)
    alike = (invitation.c.code_hash >= start, invitation.c.code_hash < f"{start}g")  # hexadecimal: a range of the index
    opened = select(invitation.c.id).where(*alike, invitation.c.revoked_at.is_(None), invitation.c.expires_at > now)
    return unit.connection.execute(opened.limit(1)).first() is not None


def find_card(unit: Unit, known_by: KnownBy, given: str) -> Card | None:
    return _card(unit, _CARD_BY[known_by], given)


def card_by_code(unit: Unit, code: str) -> Card | None:
    return _card(unit, _CARD_BY_CODE, code_hash(unit.cipher, code))


def _card(unit: Unit, asked: Select[Any], given: str) -> Card | None:
    rows = unit.connection.execute(asked, {"given": given}).mappings().all()
    if not rows:
        return None
    row, cipher = rows[0], unit.cipher
    found = to_talk(unit, row, {each["instrument"]: each["edition"] for each in rows})
    born = cipher.open_or_empty(row["birth_date"], "student", "birth_date", found.student_id)
    return Card(
        invitation=_invitation(row, row["invitation_id"]),
        talk=found,
        given_name=cipher.open(row["given_name"], "student", "given_name", found.student_id),
        birth_date=date.fromisoformat(born) if born else None,
        guardians_invited=row["guardians_invited"],
        archived=row["archived_on"] is not None,
        led_by_name=cipher.open(row["led_by_name"], "staff", "name", found.led_by),
        guardian_name=cipher.open_or_empty(row["guardian_name"], "guardian", "name", row["guardian_id"]),
        token_hash=row["token_hash"],
    )


def _invitation(row: RowMapping, invitation_id: str | None = None) -> Invitation:
    days = (row["begun_on"], row["sent_on"], row["revoked_at"])
    asks = tuple(row["asks"].split())
    return Invitation(
        invitation_id or row["id"],
        row["talk_id"],
        row["student_id"],
        row["expires_at"],
        *days,
        asks,
        row["shows_earlier"],
        row["guardian_id"],
    )
