"""Backups: made while the school works, looked through, restored, and the whole way tried out.

The embedded database is copied as an encrypted file. PostgreSQL's rows are written in one sealed file, from one
moment; such a file can also be restored into the embedded database. Neither holds a key.
"""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from conversation_models.services.recovery_sheet import RecoverySheet, recovery_sheet, restore_keys
from conversation_models.storage import dump, durable, migrate, sqlite_copy, students
from conversation_models.storage.dump import DamagedBackup
from conversation_models.storage.engine import (
    DATABASE_FILE,
    begin_writing,
    database_path,
    postgres_engine,
    sqlite_engine,
)
from conversation_models.storage.keys import Keys
from conversation_models.storage.store import Store

__all__ = ["DamagedBackup", "RecoverySheet", "recovery_sheet", "restore_keys"]


class NotOverExisting(Exception):
    """There is something where the backup or the database would be written: nothing was touched."""


class WrongTarget(Exception):
    """A copy of the embedded database goes into a data folder, not into PostgreSQL."""


@dataclass(frozen=True)
class Backup:
    path: Path
    rows: dict[str, int]


@dataclass(frozen=True)
class Drill:
    """A backup that was made, restored elsewhere and read. `matches`: as many rows, and every student's card opens."""

    backup_seconds: float
    restore_seconds: float
    rows_before: dict[str, int]
    rows_after: dict[str, int]
    students_read: int

    @property
    def matches(self) -> bool:
        return self.rows_before == self.rows_after and self.students_read == self.rows_after["student"]


def back_up(store: Store, target: Path) -> Backup:
    """Counted after it was made. Raises NotOverExisting, DamagedBackup. No half backup ever has the target's name."""
    with _written(target) as part:
        if store.engine.dialect.name == "sqlite":
            sqlite_copy.copy_database(database_path(store.engine), part, store.keys.derive("file"))
        else:
            _dump(store, part)
        rows = verify(part, store.keys)
    return Backup(target, rows)


def verify(backup: Path, keys: Keys) -> dict[str, int]:
    """Reads all of it; returns the rows per table. Raises DamagedBackup, WrongKey."""
    with backup.open("rb") as file:
        if not dump.is_dump(file):
            return sqlite_copy.check_database(backup, keys.derive("file"))
        counts = Counter({table.name: 0 for table in dump.kept_tables()})
        for name, rows in dump.read(keys, file):
            counts[name] += len(rows)
        return dict(counts)


def restore(backup: Path, keys: Keys, *, data: Path | None = None, url: str | None = None) -> dict[str, int]:
    """Into an empty data folder or an empty PostgreSQL database; returns the rows per table.

    Raises NotOverExisting, WrongTarget, DamagedBackup, WrongKey. The key file is put in its place by whoever asks.
    """
    verify(backup, keys)
    with backup.open("rb") as file:
        is_dump = dump.is_dump(file)
    if data is not None:
        return _restore_file(backup, keys, data, is_dump)
    if url is None or not is_dump:
        raise WrongTarget(str(backup))
    return _restore_into(postgres_engine(url), backup, keys)


def drill(store: Store) -> Drill:
    """Backs up, restores into a folder that is thrown away, and compares."""
    with TemporaryDirectory(prefix="jagmed-drill-") as folder:
        began = time.perf_counter()
        made = back_up(store, Path(folder) / "backup")
        backed_up = time.perf_counter()
        rows_after = restore(made.path, store.keys, data=Path(folder) / "data")
        copy = Store(sqlite_engine(Path(folder) / "data", store.keys), store.keys)
        try:
            with copy.reading() as unit:
                read = len(students.where(unit))
        finally:
            copy.close()
        restored = time.perf_counter()
    return Drill(backed_up - began, restored - backed_up, made.rows, rows_after, read)


def _dump(store: Store, part: Path) -> None:
    """One moment of PostgreSQL: everything is read in the same transaction."""
    with store.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        revision = migrate.revision_of(connection)
        with part.open("r+b") as file:
            dump.write(connection, store.keys, revision, file)
    durable.sync(part)


def _restore_file(backup: Path, keys: Keys, data: Path, is_dump: bool) -> dict[str, int]:
    target = data / DATABASE_FILE
    if target.exists():
        raise NotOverExisting(str(target))
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_dump:
        with _written(target) as part:
            shutil.copyfile(backup, part)
            durable.sync(part)
        engine = sqlite_engine(data, keys)
        try:
            migrate.to_newest(engine)
            with engine.connect() as connection:
                return dump.count_rows(connection)
        finally:
            engine.dispose()
    with TemporaryDirectory(prefix=".restoring-", dir=data) as folder:
        rows = _restore_into(sqlite_engine(Path(folder), keys), backup, keys)
        with _written(target) as part:
            sqlite_copy.copy_database(Path(folder) / DATABASE_FILE, part, keys.derive("file"))
    return rows


def _restore_into(engine: Engine, backup: Path, keys: Keys) -> dict[str, int]:
    """In one transaction; a database that holds any row is left as it is."""
    try:
        with backup.open("rb") as file:
            revision = dump.read_revision(keys, file)
            migrate.to_newest(engine, revision)
            file.seek(0)
            with engine.connect() as connection, begin_writing(connection):
                if dump.has_rows(connection):
                    raise NotOverExisting(engine.url.database or "")
                dump.fill(connection, dump.read(keys, file))
        migrate.to_newest(engine)
        with engine.connect() as connection:
            return dump.count_rows(connection)
    finally:
        engine.dispose()


@contextmanager
def _written(target: Path) -> Iterator[Path]:
    """A file beside the target, readable by the owner only, that gets the target's name when all went well."""
    if target.exists():
        raise NotOverExisting(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
