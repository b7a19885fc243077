"""Signed-in devices. The database keeps the hash of a token, never the token."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from conversation_models.domain.staff import Staff
from conversation_models.domain.talk import TalkStatus
from conversation_models.storage.staff import to_staff
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import staff, staff_session, talk


@dataclass(frozen=True)
class SessionRow:
    id: str
    staff: Staff
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    talk_id: str | None
    holds_open_talk: bool


def add(unit: Unit, session_id: str, staff_id: str, began_at: datetime, ends_at: datetime) -> None:
    unit.connection.execute(
        insert(staff_session).values(
            id=session_id, staff_id=staff_id, began_at=began_at, seen_at=began_at, ends_at=ends_at
        )
    )


def find(unit: Unit, session_id: str) -> SessionRow | None:
    joined = staff_session.join(staff).outerjoin(talk, talk.c.id == staff_session.c.talk_id)
    columns = (
        staff_session.c.began_at,
        staff_session.c.seen_at,
        staff_session.c.ends_at,
        staff_session.c.revoked_at,
        staff_session.c.talk_id,
        talk.c.status.label("talk_status"),
    )
    found = select(staff, *columns).select_from(joined).where(staff_session.c.id == session_id)
    row = unit.connection.execute(found).first()
    if row is None:
        return None
    return SessionRow(
        session_id,
        to_staff(unit, row),
        row.began_at,
        row.seen_at,
        row.ends_at,
        row.revoked_at,
        row.talk_id,
        row.talk_status == TalkStatus.OPEN,
    )


def set_seen(unit: Unit, session_id: str, at: datetime) -> None:
    unit.connection.execute(update(staff_session).where(staff_session.c.id == session_id).values(seen_at=at))


def set_talk(unit: Unit, session_id: str, talk_id: str | None) -> None:
    unit.connection.execute(update(staff_session).where(staff_session.c.id == session_id).values(talk_id=talk_id))


def revoke(unit: Unit, session_id: str, at: datetime) -> None:
    unit.connection.execute(
        update(staff_session)
        .where(staff_session.c.id == session_id, staff_session.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def revoke_all(unit: Unit, staff_id: str, at: datetime, but: str = "") -> None:
    """`but` names a session that goes on."""
    unit.connection.execute(
        update(staff_session)
        .where(staff_session.c.staff_id == staff_id, staff_session.c.revoked_at.is_(None), staff_session.c.id != but)
        .values(revoked_at=at)
    )


def forget_ended(unit: Unit, before: datetime) -> None:
    unit.connection.execute(delete(staff_session).where(staff_session.c.ends_at < before))
