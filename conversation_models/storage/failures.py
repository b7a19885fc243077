"""Failed attempts, by what they were aimed at and where they came from: only keyed fingerprints of both."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from conversation_models.storage.store import Unit
from conversation_models.storage.tables import failure


@dataclass(frozen=True)
class Failures:
    """`last` is None when there are none."""

    count: int
    last: datetime | None


def add(unit: Unit, kind: str, key: str, at: datetime) -> None:
    unit.connection.execute(insert(failure).values(kind=kind, key_hash=_hash(unit, kind, key), at=at))


def since(unit: Unit, kind: str, key: str, when: datetime) -> Failures:
    found = select(func.count(), func.max(failure.c.at)).where(
        failure.c.kind == kind, failure.c.key_hash == _hash(unit, kind, key), failure.c.at > when
    )
    count, last = unit.connection.execute(found).one()
    return Failures(count, last)


def forget(unit: Unit, kind: str, key: str) -> None:
    unit.connection.execute(delete(failure).where(failure.c.kind == kind, failure.c.key_hash == _hash(unit, kind, key)))


def forget_before(unit: Unit, kind: str, when: datetime) -> None:
    unit.connection.execute(delete(failure).where(failure.c.kind == kind, failure.c.at < when))


def _hash(unit: Unit, kind: str, key: str) -> str:
    return unit.cipher.blind_index(f"failure:{kind}:{key}")
