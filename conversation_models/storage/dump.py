"""All rows of a school in one sealed file that either database can be filled from.

The file is magic, the key's number, then chunks of rows. Each chunk is compressed, and sealed with its place in the
file: one that is cut off, left out, moved or changed is noticed. The last one says how many rows there were.
"""

import base64
import json
import secrets
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, MetaData, Table, func, insert, select, text, update

from conversation_models.storage import tables
from conversation_models.storage.engine import WrongKey
from conversation_models.storage.keys import Keys

MAGIC = b"JAGMED-SAMTAL-ROWS-1\n"
LENGTH = struct.Struct(">I")
NONCE_BYTES = 12
ROWS_A_CHUNK = 500
# What must not come back to life, or is made anew by whoever opens the database.
LEFT_OUT = frozenset({"staff_session", "setup_token", "failure", "key_check"})

Rows = tuple[str, list[dict[str, Any]]]


class DamagedBackup(Exception):
    """The file is not a whole backup, or was changed after it was made."""


def kept_tables() -> list[Table]:
    """Parents before children."""
    return [table for table in tables.metadata.sorted_tables if table.name not in LEFT_OUT]


def count_rows(connection: Connection) -> dict[str, int]:
    counted = {table.name: select(func.count()).select_from(table) for table in kept_tables()}
    return {name: connection.execute(query).scalar_one() for name, query in counted.items()}


def has_rows(connection: Connection) -> bool:
    """Whether anything could be written over, whatever the revision."""
    here = MetaData()
    here.reflect(connection)
    kept = (table for name, table in here.tables.items() if name not in LEFT_OUT | {"alembic_version"})
    return any(connection.execute(select(table).limit(1)).first() is not None for table in kept)


def write(connection: Connection, keys: Keys, revision: str, file: BinaryIO) -> dict[str, int]:
    """Every kept row that this transaction sees. Returns the rows per table."""
    chunks = _Chunks(keys, keys.current)
    counts = Counter({table.name: 0 for table in kept_tables()})
    file.write(MAGIC + bytes([keys.current]))
    file.write(chunks.sealed({"revision": revision}))
    for name, rows in _stored(connection):
        counts[name] += len(rows)
        file.write(chunks.sealed({"table": name, "rows": [_plain(row) for row in rows]}))
    file.write(chunks.sealed({"end": counts}))
    return dict(counts)


def is_dump(file: BinaryIO) -> bool:
    """Leaves the file at its beginning."""
    beginning = file.read(len(MAGIC))
    file.seek(0)
    return beginning == MAGIC


def read_revision(keys: Keys, file: BinaryIO) -> str:
    return str(next(_opened(keys, file)).get("revision"))


def read(keys: Keys, file: BinaryIO) -> Iterator[Rows]:
    """Raises WrongKey; DamagedBackup, at the latest after the last row."""
    counts: Counter[str] = Counter()
    for chunk in _opened(keys, file):
        if "table" in chunk:
            rows = [_native(row) for row in chunk["rows"]]
            counts[chunk["table"]] += len(rows)
            yield chunk["table"], rows
        elif "end" in chunk:
            if {name: count for name, count in chunk["end"].items() if count} != dict(counts):
                raise DamagedBackup("the number of rows")
            return
    raise DamagedBackup("the end is missing")


def fill(connection: Connection, found: Iterable[Rows]) -> None:
    """Writes rows into an empty database of the revision they were written with.

    A closed talk takes no answers (a trigger says so), hence each talk is closed after its answers are there.
    """
    here = MetaData()
    here.reflect(connection)
    closed: list[str] = []
    for name, rows in found:
        if name == "talk":
            for row in rows:
                if row["status"] == "closed":
                    closed.append(row["id"])
                    row["status"] = "open"
        connection.execute(insert(here.tables[name]), _fitting(rows, connection.dialect.name))
    talk = here.tables["talk"]
    for talk_id in closed:
        connection.execute(update(talk).where(talk.c.id == talk_id).values(status="closed"))
    if connection.dialect.name == "postgresql":
        _continue_counting(connection, here)


def _continue_counting(connection: Connection, here: MetaData) -> None:
    """PostgreSQL's counters know nothing of rows that brought their number along."""
    for table in tables.metadata.sorted_tables:
        if table.name in here.tables and "id" in table.c and table.c.id.type is tables.Counted:
            serial = text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"  # noqa: S608 - a name from tables.py
                f" (SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
            )
            connection.execute(serial)


def _stored(connection: Connection) -> Iterator[Rows]:
    for table in kept_tables():
        found = connection.execution_options(yield_per=ROWS_A_CHUNK).execute(select(table)).mappings()
        for rows in found.partitions():
            yield table.name, [dict(row) for row in rows]


def _opened(keys: Keys, file: BinaryIO) -> Iterator[dict[str, Any]]:
    if file.read(len(MAGIC)) != MAGIC:
        raise DamagedBackup("not a backup")
    key_id = int.from_bytes(file.read(1))
    if key_id not in keys.roots:
        raise WrongKey(f"key {key_id}") if key_id else DamagedBackup("no key's number")
    chunks = _Chunks(keys, key_id)
    while chunk := chunks.next_of(file):
        yield chunk


class _Chunks:
    """Seals and opens a file's chunks, counting them."""

    def __init__(self, keys: Keys, key_id: int) -> None:
        self._cipher = AESGCM(keys.derive("backup", key_id))
        self._place = 0

    def sealed(self, content: dict[str, Any]) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        packed = zlib.compress(json.dumps(content, separators=(",", ":")).encode())
        body = nonce + self._cipher.encrypt(nonce, packed, self._next_place())
        return LENGTH.pack(len(body)) + body

    def next_of(self, file: BinaryIO) -> dict[str, Any]:
        """{} at the end of the file. Raises DamagedBackup."""
        length = file.read(LENGTH.size)
        if not length:
            return {}
        try:
            body = file.read(LENGTH.unpack(length)[0])
            packed = self._cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], self._next_place())
        except (InvalidTag, ValueError, struct.error) as error:
            raise DamagedBackup("a part does not open") from error
        content: dict[str, Any] = json.loads(zlib.decompress(packed))
        return content

    def _next_place(self) -> bytes:
        self._place += 1
        return MAGIC + str(self._place).encode()


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {column: _tagged(value) for column, value in row.items()}


def _tagged(value: Any) -> Any:
    match value:
        case bytes() | memoryview():
            return {"bytes": base64.b64encode(value).decode()}
        case datetime():
            return {"moment": value.astimezone(UTC).isoformat()}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"hour": value.isoformat()}
    return value


READERS: dict[str, Callable[[str], Any]] = {
    "bytes": base64.b64decode,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "hour": time.fromisoformat,
}


def _native(row: dict[str, Any]) -> dict[str, Any]:
    return {column: _untagged(value) for column, value in row.items()}


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        ((tag, content),) = value.items()
        return READERS[tag](content)
    return value


def _fitting(rows: list[dict[str, Any]], dialect: str) -> list[dict[str, Any]]:
    """SQLite keeps no zone: moments are UTC there (tables.UtcDateTime)."""
    if dialect != "sqlite":
        return rows
    return [{column: _without_zone(value) for column, value in row.items()} for row in rows]


def _without_zone(value: Any) -> Any:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
