"""Staff, their passwords' hashes, and the one token that lets the first administrator in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select, update

from conversation_models.domain.staff import Role, Staff
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import setup_token, staff


@dataclass(frozen=True)
class Account:
    """A staff member with what a sign-in is checked against. `password_until` is set on a one-time password."""

    staff: Staff
    password_hash: str
    password_until: datetime | None


def add(
    unit: Unit, new: Staff, password_hash: str, created_at: datetime, password_until: datetime | None = None
) -> None:
    values = _values(unit, new) | {
        "id": new.id,
        "school_id": new.school_id,
        "password_hash": password_hash,
        "password_until": password_until,
        "created_at": created_at,
    }
    unit.connection.execute(insert(staff).values(values))


def change(unit: Unit, changed: Staff) -> None:
    """Everything but the password and the school."""
    unit.connection.execute(update(staff).where(staff.c.id == changed.id).values(_values(unit, changed)))


def set_password(unit: Unit, staff_id: str, password_hash: str, *, until: datetime | None) -> None:
    """With `until` it is a one-time password: it must be changed, and works until then."""
    values = {"password_hash": password_hash, "password_until": until, "must_change_password": until is not None}
    unit.connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def find(unit: Unit, staff_id: str) -> Staff | None:
    row = unit.connection.execute(select(staff).where(staff.c.id == staff_id)).first()
    return to_staff(unit, row) if row else None


def account(unit: Unit, username: str) -> Account | None:
    row = unit.connection.execute(select(staff).where(staff.c.username == username)).first()
    return Account(to_staff(unit, row), row.password_hash, row.password_until) if row else None


def of_school(unit: Unit, school_id: str) -> list[Staff]:
    rows = unit.connection.execute(select(staff).where(staff.c.school_id == school_id).order_by(staff.c.id))
    return [to_staff(unit, row) for row in rows]


def count(unit: Unit) -> int:
    return unit.connection.execute(select(func.count()).select_from(staff)).scalar_one()


def keep_setup_token(unit: Unit, token_hash: str, created_at: datetime) -> None:
    """The newest one only."""
    drop_setup_tokens(unit)
    unit.connection.execute(insert(setup_token).values(token_hash=token_hash, created_at=created_at))


def has_setup_token(unit: Unit, token_hash: str) -> bool:
    found = select(setup_token.c.token_hash).where(setup_token.c.token_hash == token_hash)
    return unit.connection.execute(found).first() is not None


def drop_setup_tokens(unit: Unit) -> None:
    unit.connection.execute(delete(setup_token))


def to_staff(unit: Unit, row: Row[tuple[object, ...]]) -> Staff:
    return Staff(
        id=row.id,
        school_id=row.school_id,
        username=row.username,
        name=unit.cipher.open(row.name, "staff", "name", row.id),
        role=Role(row.role),
        language=row.language,
        active=row.active,
        must_change_password=row.must_change_password,
    )


def _values(unit: Unit, member: Staff) -> dict[str, object]:
    return {
        "username": member.username,
        "name": unit.cipher.seal(member.name, "staff", "name", member.id),
        "role": member.role.value,
        "language": member.language,
        "active": member.active,
        "must_change_password": member.must_change_password,
    }
