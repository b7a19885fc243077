"""Brings a database to the newest schema, in one transaction, without losing a row on the way."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

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
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        here = revision_of(connection) or None
        connection.rollback()
    known = {script.revision for script in scripts.walk_revisions()}
    wanted = scripts.get_current_head() if revision == "head" else revision
    if here == wanted:
        return
    for each in (here, wanted):
        if each is not None and each not in known:
            raise NewerSchema(each)
    with engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        if connection.dialect.name == "sqlite":
            _upgrade_sqlite(connection, config, revision)
        else:
            _upgrade(connection, config, revision)


def revision_of(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def wait_for_turn(connection: Connection) -> None:
    """Several processes may start on one PostgreSQL: until this transaction ends the others wait. SQLite has a lock."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


def _upgrade(connection: Connection, config: Config, revision: str) -> None:
    with connection.begin():
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _upgrade_sqlite(connection: Connection, config: Config, revision: str) -> None:
    """Foreign keys off for the while: rebuilding a parent table would else delete its children (recipes.md, 1).

    And renaming as it once was: a trigger that names the table being rebuilt would else stop the renaming.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = 0")
    raw.execute("PRAGMA legacy_alter_table = 1")
    try:
        with connection.begin():
            guards = _triggers(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
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
