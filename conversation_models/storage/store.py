"""The store: opens the database, and gives one transaction at a time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, event, insert, select

from conversation_models.storage import migrate, tables
from conversation_models.storage.cipher import Cipher, Unreadable
from conversation_models.storage.engine import (
    DATABASE_FILE,
    WrongKey,
    ask_once,
    begin_writing,
    postgres_engine,
    sqlite_engine,
)
from conversation_models.storage.keys import (
    Keys,
    KeysMissing,
    create_keys,
    key_file_for,
    read_keys,
)
from conversation_models.storage.shared_commit import SharedCommit

Result = TypeVar("Result")


class KeysChanging(Exception):
    """A change of keys was begun and not finished: it is finished before anything else is done."""


CHECK_WORDS = "these keys belong to this database"


@dataclass(frozen=True)
class Unit:
    """One transaction: committed when a `writing` block ends well, rolled back when it raises."""

    connection: Connection
    cipher: Cipher


class Store:
    def __init__(self, engine: Engine, keys: Keys) -> None:
        self.engine = engine
        self.keys = keys
        self.cipher = Cipher(keys)
        # SQLite has one writer: waiting here is fair and short, waiting inside SQLite is neither (recipes.md, 2).
        self._one_writer = Lock() if engine.dialect.name == "sqlite" else None
        self._shared_commit = SharedCommit(self.writing)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self.engine.connect() as connection, connection.begin():
            yield Unit(connection, self.cipher)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """Returns from the block only after COMMIT."""
        if self._one_writer is None:
            with self.engine.connect() as connection, connection.begin():
                yield Unit(connection, self.cipher)
        else:
            with self._one_writer, self.engine.connect() as connection, begin_writing(connection):
                yield Unit(connection, self.cipher)

    def write_with_others(self, work: Callable[[Unit], Result]) -> Result:
        """As `writing`, for what a class does at once: on SQLite those who wait for the writer share a COMMIT.

        The work may be called twice (see SharedCommit). PostgreSQL does the same by itself, for every transaction.
        """
        if self._one_writer is not None:
            return self._shared_commit.do(work)
        with self.writing() as unit:
            return work(unit)

    def close(self) -> None:
        self._shared_commit.close()
        self.engine.dispose()


def open_store(data: Path, database_url: str | None = None, key_file: Path | None = None) -> Store:
    """Opens the database of this school, making and migrating it where needed.

    Raises KeysMissing when there is a database but no key file, WrongKey when they do not belong together: an
    empty database is never made beside an old one. Raises KeysChanging, InUse while the keys are changed.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_path = key_file or key_file_for(data)
    keys = _keys_for(data, key_path, database_url)
    if keys.is_changing:
        raise KeysChanging(str(key_path))
    engine = postgres_engine(database_url) if database_url else sqlite_engine(data, keys)
    with ExitStack() as otherwise:
        otherwise.callback(engine.dispose)
        migrate.to_newest(engine)
        store = Store(engine, keys)
        with store.writing() as unit:
            check_keys(unit, keys)
        if database_url:
            _keep_current(engine, keys)
        otherwise.pop_all()
    return store


def is_in_use(data: Path, database_url: str | None) -> bool:
    """There is a database, and some key has been used on it; tables alone hold nothing that could be lost."""
    return _is_in_use(database_url) if database_url else (data / DATABASE_FILE).exists()


def _keys_for(data: Path, key_path: Path, database_url: str | None) -> Keys:
    if key_path.exists():
        return read_keys(key_path)
    if (data / DATABASE_FILE).exists() or is_in_use(data, database_url):
        raise KeysMissing(str(key_path))
    return create_keys(key_path)


def _is_in_use(database_url: str) -> bool:
    engine = postgres_engine(database_url)
    try:
        with engine.connect() as connection:
            has_table = engine.dialect.has_table(connection, "key_check")
            return has_table and connection.execute(select(tables.key_check.c.key_id)).first() is not None
    finally:
        engine.dispose()


def check_keys(unit: Unit, keys: Keys) -> None:
    """Every key that is in use here must be among ours and be the same; a new one is noted. Raises WrongKey."""
    check = tables.key_check
    migrate.wait_for_turn(unit.connection)
    used = {row.key_id: row.sealed for row in unit.connection.execute(select(check))}
    for key_id, sealed in used.items():
        try:
            unit.cipher.open(sealed, "key_check", "sealed", str(key_id))
        except Unreadable as error:
            raise WrongKey("key_check") from error
    if keys.current not in used:
        sealed = unit.cipher.seal(CHECK_WORDS, "key_check", "sealed", str(keys.current))
        unit.connection.execute(insert(check).values(key_id=keys.current, sealed=sealed))


def forget_older_keys(unit: Unit, keys: Keys) -> None:
    """Only the newest is in use from now on. What was counted under a blind index of the old one is gone with it."""
    unit.connection.execute(delete(tables.key_check).where(tables.key_check.c.key_id != keys.current))
    unit.connection.execute(delete(tables.failure))


def _keep_current(engine: Engine, keys: Keys) -> None:
    """A process that lost its connections while the keys were changed must not write with the old one. On SQLite
    the file itself would not open."""

    @event.listens_for(engine, "connect")
    def require_current(connection: Any, _record: object) -> None:
        if ask_once(connection, "SELECT max(key_id) FROM key_check") != keys.current:
            connection.close()
            raise WrongKey("key_check")
