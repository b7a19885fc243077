"""Brings a database to the newest schema, in one transaction, without losing a row on the way.

Alembic is read only when there is something to bring: that takes a tenth of a start, and nearly no start needs it.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from conversation_models.storage.engine import begin_writing

MIGRATIONS = Path(__file__).with_name("migrations")
TURN = 0x4A41474D4544  # any number, the same for all


class NewerSchema(Exception):
    """The database was made by a newer version of the program."""


class BrokenReferences(Exception):
    """A migration would have left rows that point to nothing. Nothing was changed."""


class LostGuards(Exception):
    """A migration rebuilt a table without making its triggers again. Nothing was changed."""


def to_newest(engine: Engine, revision: str = "head") -> None:
    """Raises NewerSchema, BrokenReferences, LostGuards. A database that is up to date is only read.

    `revision`: stop at an older one, which a restore from an older backup needs.
    """
    known = _revisions()
    wanted = max(known) if revision == "head" else revision
    with engine.connect() as connection:
        here = revision_of(connection) or None
        connection.rollback()
    if here == wanted:
        return
    for each in (here, wanted):
        if each is not None and each not in known:
            raise NewerSchema(each)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _upgrade_sqlite(connection, revision)
        else:
            _upgrade(connection, revision)


def revision_of(connection: Connection) -> str:
    """Empty where nothing was ever made."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _revisions() -> set[str]:
    """A migration's file begins with its revision: 0001_first_schema.py."""
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def wait_for_turn(connection: Connection) -> None:
    """Several processes may start on one PostgreSQL: until this transaction ends the others wait. SQLite has a lock."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


def _upgrade(connection: Connection, revision: str) -> None:
    with connection.begin():
        wait_for_turn(connection)
        _run_alembic(connection, revision)


def _run_alembic(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _upgrade_sqlite(connection: Connection, revision: str) -> None:
    """Foreign keys off for the while: rebuilding a parent table would else delete its children (recipes.md, 1).

    And renaming as it once was: a trigger that names the table being rebuilt would else stop the renaming.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = 0")
    raw.execute("PRAGMA legacy_alter_table = 1")
    try:
        with begin_writing(connection):
            guards = _triggers(connection)
            _run_alembic(connection, revision)
            lost = guards - _triggers(connection)
            if lost:
                raise LostGuards(", ".join(sorted(lost)))
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise BrokenReferences(str(broken[:5]))
    finally:
        raw.execute("PRAGMA legacy_alter_table = 0")
        raw.execute("PRAGMA foreign_keys = 1")


def _triggers(connection: Connection) -> set[str]:
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return set(found.scalars())
