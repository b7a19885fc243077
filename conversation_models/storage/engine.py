"""The two engines: SQLite embedded and encrypted as a file (sqlcipher3), or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event, func, select
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from conversation_models.storage.keys import Keys

DATABASE_FILE = "samtal.db"
# Before 3.51.3 two connections that write and checkpoint at once could lose committed rows (the WAL-reset bug).
OLDEST_SQLITE = (3, 51, 3)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
}
BUSY_MILLISECONDS = 5_000
WRITES = "writes"
USED = 0x6A61676D7573  # any number of our own
PATIENCE_SECONDS = 5  # PostgreSQL takes a moment to see that a program was killed
# Pages that are kept opened: one that is read from the file again is deciphered again. Only what was read is held.
CACHE_KILOBYTES = 96 * 1024
SETTINGS = {
    # Compiling a plan takes longer than any of our questions; the planner believes otherwise of a group's term.
    "jit": "off",
    # Times that are read as text are compared as text: one zone, without summer time.
    "TimeZone": "UTC",
}


class WrongKey(Exception):
    """The database file does not open with this key."""


class InUse(Exception):
    """Somebody else has the database open, and it can only be done alone; or somebody does such a thing now."""


class UnsafeEngine(Exception):
    """The SQLite found here could lose committed answers; see OLDEST_SQLITE and PRAGMAS."""


class SealedFile(SQLiteDialect_pysqlite):
    """Begins every transaction: the driver is told not to. A listener of "begin" could do it too, but with one
    SQLAlchemy looks for listeners around each statement, which is a seventh of what it does for a saved form."""

    driver = "sealed"
    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        writes = dbapi_connection.info.pop(WRITES, False)
        dbapi_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


registry.register("sqlite.sealed", __name__, SealedFile.__name__)


def begin_writing(connection: Connection) -> RootTransaction:
    """On SQLite it holds the writer's place from here on, and not only from its first change."""
    connection.info[WRITES] = True
    return connection.begin()


def require_safe_sqlite() -> None:
    """Raises UnsafeEngine when the library is older than the fix that "saved" relies on."""
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise UnsafeEngine(f"SQLite {sqlcipher.sqlite_version} is older than {OLDEST_SQLITE}")


def open_keyed(path: Path, key: bytes) -> Any:
    """One connection that has shown that the key fits. Raises WrongKey."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    # A key that does not fit is said by WrongKey, once: the library would write lines of its own beside our sentence.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise WrongKey(str(path)) from error
    return connection


def connect_sqlite(path: Path, key: bytes) -> Any:
    """One keyed connection with the promised pragmas, each read back. Raises WrongKey, UnsafeEngine."""
    connection = open_keyed(path, key)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    for name, wanted in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        if connection.execute(f"PRAGMA {name}").fetchone()[0] != wanted:
            raise UnsafeEngine(f"PRAGMA {name} is not {wanted}")
    return connection


def sqlite_engine(data: Path, keys: Keys) -> Engine:
    require_safe_sqlite()
    path, key = data / DATABASE_FILE, keys.derive("file")
    return create_engine(
        "sqlite+sealed://",
        creator=lambda: connect_sqlite(path, key),
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=40,
        pool_use_lifo=True,  # the one used last has the pages at hand
    )


def database_path(engine: Engine) -> Path:
    """Where an embedded database lies."""
    with engine.connect() as connection:
        listed = connection.exec_driver_sql("PRAGMA database_list").all()
    return next(Path(path) for _, name, path in listed if name == "main")


def postgres_engine(url: str, *, alone: bool = False) -> Engine:
    """Accepts `postgres://` and `postgresql://` addresses; the driver is psycopg.

    As long as a connection of it is open nobody is `alone_on` the database, and as long as somebody is, connecting
    raises InUse. `alone`: for the one who wants to be.
    """
    scheme, _, rest = url.partition("://")
    if not scheme.startswith("postgres"):
        raise ValueError("DATABASE_URL must begin with postgresql://")
    engine = create_engine(
        f"postgresql+psycopg://{rest}",
        pool_size=10,
        max_overflow=40,
        pool_pre_ping=True,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())},
    )

    def join(connection: Any, _record: object) -> None:
        if not ask_once(connection, f"SELECT pg_try_advisory_lock_shared({USED})"):
            connection.close()
            raise InUse(str(engine.url.database))

    if not alone:
        event.listen(engine, "connect", join)
    return engine


def ask_once(connection: Any, question: str) -> Any:
    """One value from a connection of the driver's, outside any transaction."""
    connection.autocommit = True
    found = connection.execute(question).fetchone()[0]
    connection.autocommit = False
    return found


def clear_away(connection: Connection) -> None:
    """Outside any transaction: earlier versions of changed rows, as far as the database lets go of them."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    driver.autocommit = True
    driver.execute("VACUUM")
    driver.autocommit = False


@contextmanager
def alone_on(engine: Engine) -> Iterator[Connection]:
    """A connection while nobody else has one. Raises InUse. On SQLite the data folder's lock is the caller's matter."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            until = monotonic() + PATIENCE_SECONDS
            while not connection.execute(select(func.pg_try_advisory_lock(USED))).scalar_one():
                connection.rollback()
                if monotonic() > until:
                    raise InUse(str(engine.url.database))
                sleep(0.2)
            connection.exec_driver_sql("SET synchronous_commit TO on")  # what is done is on the disk, whatever is usual
            connection.commit()
        yield connection
