"""The embedded engine keeps its promises on each connection; the other one is PostgreSQL and nothing else."""

import secrets
import threading

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from conversation_models.storage import engine as engines
from conversation_models.storage.engine import DATABASE_FILE, PRAGMAS, UnsafeEngine, WrongKey, connect_sqlite
from conversation_models.storage.keys import Keys


@pytest.fixture
def keys():
    return Keys({1: secrets.token_bytes(32)})


@pytest.fixture
def engine(tmp_path, keys):
    made = engines.sqlite_engine(tmp_path, keys)
    yield made
    made.dispose()


def test_every_pooled_connection_has_the_pragmas(engine):
    together = threading.Barrier(6)
    found = []

    def ask():
        with engine.connect() as connection:
            together.wait()
            found.append({name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS})

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (
        found
        == [{"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1}]
        * 6
    )


def test_an_engine_that_does_not_keep_a_pragma_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(PRAGMAS, "journal_mode", "nonsense")
    with pytest.raises(UnsafeEngine, match="journal_mode"):
        connect_sqlite(tmp_path / "a.db", b"k" * 32)


def test_a_sqlite_with_the_lost_commit_bug_is_refused(tmp_path, keys, monkeypatch):
    assert sqlcipher.sqlite_version_info >= (3, 51, 3)
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(UnsafeEngine):
        engines.sqlite_engine(tmp_path, keys)


def test_the_file_says_nothing_and_opens_with_no_other_key(tmp_path, engine, keys, capfd):
    with engine.connect() as connection, engines.begin_writing(connection):
        connection.execute(text("CREATE TABLE diary (words TEXT)"))
        connection.execute(text("INSERT INTO diary VALUES ('hemlighet')"))
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"hemlighet" not in content, path
        assert b"SQLite format 3" not in content, path
        assert b"diary" not in content, path
    with pytest.raises(WrongKey):
        connect_sqlite(tmp_path / DATABASE_FILE, secrets.token_bytes(32))
    assert capfd.readouterr() == ("", "")  # it is said by who asked, in words


def test_a_writing_transaction_takes_the_lock_at_its_beginning(engine):
    """A deferred one would fail half-way, when another has written meanwhile."""
    with engine.connect() as first, engines.begin_writing(first), engine.connect() as second, second.begin():
        raw = second.connection.driver_connection
        raw.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(sqlcipher.OperationalError, match="locked"):
            connect_and_lock(engine)


def test_a_reading_transaction_takes_no_lock_also_on_a_connection_that_has_written(engine):
    with engine.connect() as connection:
        with engines.begin_writing(connection):
            connection.execute(text("CREATE TABLE diary (words TEXT)"))
        with connection.begin():
            assert connection.execute(text("SELECT count(*) FROM diary")).scalar() == 0
            assert connection.connection.driver_connection.in_transaction
            connect_and_lock(engine)


def connect_and_lock(engine):
    raw = engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA busy_timeout = 0")
        raw.driver_connection.execute("BEGIN IMMEDIATE")
        raw.driver_connection.execute("ROLLBACK")
    finally:
        raw.driver_connection.execute("PRAGMA busy_timeout = 5000")
        raw.close()


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_both_ways_to_write_a_postgres_address(url):
    assert engines.postgres_engine(url).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://h/d", "", "h/d"])
def test_another_databases_address_is_refused(url):
    with pytest.raises(ValueError, match="postgresql"):
        engines.postgres_engine(url)


def test_where_the_database_lies_is_found_also_after_a_large_sort(tmp_path, engine):
    """SQLite then lists a second, temporary database."""
    with engine.connect() as connection:
        connection.execute(text("CREATE TEMP TABLE sorted AS SELECT 1"))
        assert len(connection.exec_driver_sql("PRAGMA database_list").all()) == 2
    assert engines.database_path(engine) == tmp_path / DATABASE_FILE


@pytest.mark.postgres
def test_times_are_told_in_one_zone_whatever_the_database_is_set_to(postgres_url):
    """A group's term compares them as text, and an autumn night has the same hour twice."""
    engine = engines.postgres_engine(postgres_url)
    name = engine.url.database
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET timezone = 'Europe/Stockholm'")
        engine.dispose()
        with engine.connect() as connection:
            asked = "SELECT CAST(CAST('2025-10-26 02:30+02' AS timestamptz) AS text)"
            assert connection.exec_driver_sql(asked).scalar() == "2025-10-26 00:30:00+00"
    finally:
        engine.dispose()
