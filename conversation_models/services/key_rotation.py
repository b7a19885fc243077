"""Changing the keys: a new root key, everything sealed again under it, the old one gone.

The order is what makes it safe to be stopped at any moment, and to begin again:

1. every sealed value is opened once, so that nothing is begun that could not be finished;
2. the key file gets the new root key beside the old one, and only then is the new one used;
3. the embedded database is copied as a file under the new key, and the copy takes its name;
4. rows are sealed again in batches, each a transaction, together with what they are found by;
5. when nothing is left under the old key, the database forgets it, and then the key file.

While the key file holds two root keys nothing else opens the database (KeysChanging): beginning again is the only way
on. What is only signed with the keys (a student's pass of two hours, a request's badge) ends with the old one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from conversation_models.storage import migrate, sealed, sqlite_copy
from conversation_models.storage.cipher import Cipher, Unreadable
from conversation_models.storage.driver_errors import DRIVER_ERRORS
from conversation_models.storage.engine import (
    DATABASE_FILE,
    InUse,
    alone_on,
    clear_away,
    postgres_engine,
    sqlite_engine,
)
from conversation_models.storage.keys import Keys, key_file_for, read_keys, replace_keys
from conversation_models.storage.store import Unit, check_keys, forget_older_keys, is_in_use

__all__ = ["InUse", "NothingToSeal", "Rotated", "StillOlder", "Stopped", "Unreadable", "rotate_keys"]

Say = Callable[[str, int, int], None]
OPENING, SEALING = "opening", "sealing"


class NothingToSeal(Exception):
    """There is no database here whose keys could be changed."""


class StillOlder(Exception):
    """Rows are left under the old key although all were sealed again: the old key is kept."""


class Stopped(Exception):
    """The database said no: a full disk, a server that went away. What was done is kept."""


@dataclass(frozen=True)
class Rotated:
    """`rows` were sealed again in this run; `went_on`: an earlier run had begun."""

    rows: int
    went_on: bool


def rotate_keys(data: Path, database_url: str | None, say: Say, key_file: Path | None = None) -> Rotated:
    """Whoever calls holds the data folder's lock. `say` is told OPENING or SEALING, rows done, rows in all.

    Raises KeysMissing, BrokenKeys, WrongKey, NothingToSeal, InUse, Stopped, OSError; Unreadable, with the place, when
    a value cannot be opened. Whatever is raised, and when it is killed: calling it again goes on.
    """
    key_path = key_file or key_file_for(data)
    keys = read_keys(key_path)
    if not is_in_use(data, database_url):
        raise NothingToSeal(str(data))
    went_on = keys.is_changing
    rotate = _rotate_postgres if database_url else _rotate_file
    try:
        return Rotated(rotate(database_url or str(data), key_path, keys, say), went_on)
    except DRIVER_ERRORS as error:
        raise Stopped(str(error).partition("\n")[0]) from error


def _rotate_postgres(url: str, key_path: Path, keys: Keys, say: Say) -> int:
    with _opened(postgres_engine(url, alone=True)) as connection:
        if not keys.is_changing:
            keys = _begin(connection, key_path, keys, say)
        return _finish(connection, key_path, keys, say)


def _rotate_file(data: str, key_path: Path, keys: Keys, say: Say) -> int:
    if not keys.is_changing:
        with _opened(sqlite_engine(Path(data), keys)) as connection:
            keys = _begin(connection, key_path, keys, say)
    sqlite_copy.change_key(Path(data) / DATABASE_FILE, keys)
    with _opened(sqlite_engine(Path(data), keys)) as connection:
        return _finish(connection, key_path, keys, say)


@contextmanager
def _opened(engine: Engine) -> Iterator[Connection]:
    try:
        with alone_on(engine) as connection:
            migrate.to_newest(engine)
            yield connection
    finally:
        engine.dispose()


def _begin(connection: Connection, key_path: Path, keys: Keys, say: Say) -> Keys:
    """With the new root key beside the old one, on the disk too."""
    unit = Unit(connection, Cipher(keys))
    with connection.begin():
        check_keys(unit, keys)
    with connection.begin():
        rows, done = sealed.count_rows(connection), 0
        for read in sealed.open_all(unit):
            done += read
            say(OPENING, done, rows)
    changing = keys.with_new_root()
    replace_keys(key_path, changing)
    return changing


def _finish(connection: Connection, key_path: Path, keys: Keys, say: Say) -> int:
    unit = Unit(connection, Cipher(keys))
    with connection.begin():
        check_keys(unit, keys)
    rows = _seal_again(unit, keys, say)
    with connection.begin():
        left = sealed.count_older(connection, keys.current)
        if left:
            raise StillOlder(str(left))
        forget_older_keys(unit, keys)
    clear_away(connection)
    replace_keys(key_path, keys.newest_alone())
    return rows


def _seal_again(unit: Unit, keys: Keys, say: Say) -> int:
    """How many rows it took."""
    with unit.connection.begin():
        rows = sealed.count_rows(unit.connection)
        before = done = rows - sealed.count_older(unit.connection, keys.current)
    for table in sealed.sealed_tables():
        batch, last = 1, None
        while batch:
            with unit.connection.begin():
                batch, last = sealed.seal_again(unit, table, keys.current, last)
            done += batch
            if batch:
                say(SEALING, done, rows)
    return done - before
