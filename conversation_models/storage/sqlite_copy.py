"""A whole copy of the embedded database while it is in use, and the check that a copy is sound."""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from conversation_models.storage.dump import LEFT_OUT, DamagedBackup, kept_tables
from conversation_models.storage.durable import put_in_place, sync
from conversation_models.storage.engine import InUse, WrongKey, open_keyed
from conversation_models.storage.keys import Keys

FORGOTTEN = sorted(LEFT_OUT - {"key_check"})


def copy_database(source: Path, target: Path, key: bytes) -> None:
    """A consistent moment of `source`, encrypted with the same key; what must not come back to life is left out."""
    reading = open_keyed(source, key)
    writing = open_keyed(target, key)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        writing.execute("PRAGMA secure_delete = 1")
        for table in FORGOTTEN:
            writing.execute(f"DELETE FROM {table}")  # noqa: S608 - names from this module
    finally:
        writing.close()
        reading.close()
    sync(target)


def change_key(path: Path, keys: Keys) -> None:
    """Seals the whole file under the newest root key, unless it is already. Raises WrongKey, InUse, DamagedBackup.

    A copy is made beside it, checked, and takes its name: whatever stops it, one whole file lies there, and it opens
    with one of the keys. `PRAGMA rekey` would write over the only file there is.
    """
    new = keys.derive("file")
    if _opens(path, new):
        return
    older = (keys.derive("file", key_id) for key_id in keys.roots if key_id != keys.current)
    old = next((key for key in older if _opens(path, key)), None)
    if old is None:
        raise WrongKey(str(path))
    part = path.with_name(f".{path.name}.new")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _copy_alone(path, old, part, new)
    check_database(part, new)
    sync(part)
    put_in_place(part, path)


def _copy_alone(path: Path, old: bytes, part: Path, new: bytes) -> None:
    """Leaves nothing beside the file: a write-ahead log of the old one must never lie beside the new one."""
    reading = open_keyed(path, old)
    try:
        try:
            reading.execute("PRAGMA journal_mode = DELETE")
            reading.execute("PRAGMA locking_mode = EXCLUSIVE")  # what is locked stays so until it is closed
            reading.execute("BEGIN EXCLUSIVE")
            reading.execute("COMMIT")  # a copy is not made inside a transaction
        except sqlcipher.OperationalError as error:
            raise InUse(str(path)) from error
        writing = open_keyed(part, new)
        try:
            reading.backup(writing)
        finally:
            writing.close()
    finally:
        reading.close()


def _opens(path: Path, key: bytes) -> bool:
    try:
        open_keyed(path, key).close()
    except WrongKey:
        return False
    return True


def check_database(path: Path, key: bytes) -> dict[str, int]:
    """Rows per table of a copy that nobody has open. Raises WrongKey, DamagedBackup. Leaves the file as it is."""
    connection = open_keyed(path, key)
    try:
        _require_sound(connection)
        present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in present:
            raise DamagedBackup("no schema")
        names = [table.name for table in kept_tables() if table.name in present]
        return {name: _count(connection, name) for name in names}
    except sqlcipher.DatabaseError as error:
        raise DamagedBackup(str(error)) from error
    finally:
        connection.close()


def _require_sound(connection: Any) -> None:
    """The cipher's own check notices a flipped bit, which SQLite alone does not."""
    for pragma, sound in (("cipher_integrity_check", []), ("integrity_check", [("ok",)]), ("foreign_key_check", [])):
        found = connection.execute(f"PRAGMA {pragma}").fetchall()
        if found != sound:
            raise DamagedBackup(f"{pragma}: {found[:3]}")


def _count(connection: Any, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names from tables.py
    return int(found[0])
