"""A whole copy of the embedded database while it is in use, and the check that a copy is sound."""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from conversation_models.storage.dump import LEFT_OUT, DamagedBackup, kept_tables
from conversation_models.storage.engine import open_keyed

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


def sync(path: Path) -> None:
    """What is written is on the disk, not only on its way."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
