"""A migration changes the schema of a filled database and loses neither a row nor a guard, or changes nothing."""

import shutil
import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import event, func, inspect, select, text

from conversation_models.storage import migrate, tables
from conversation_models.storage.migrate import BrokenReferences, LostGuards, NewerSchema
from conversation_models.storage.store import open_store
from tests.conversation_models.storage.conftest import ANSWER

HEAD = '''"""{about}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
'''
REBUILD_PARENTS = """
    rebuilt = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    for table in ("school", "staff", "student", "talk"):
        with op.batch_alter_table(table, recreate=rebuilt) as batch:
            batch.add_column(sa.Column("added", sa.Integer(), nullable=True))
"""
HALF_A_CHANGE = """
    op.add_column("student", sa.Column("half", sa.Integer(), nullable=True))
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
LEAVE_ORPHANS = """
    op.execute("UPDATE class_group SET school_id = 'nobody'")
"""
REBUILD_ANSWERS = """
    rebuilt = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("answer", recreate=rebuilt) as batch:
        batch.add_column(sa.Column("added", sa.Integer(), nullable=True))
"""


@pytest.fixture
def migration(monkeypatch, tmp_path):
    """`migration(body)` is from then on the newest one."""

    def add(body: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migrate.MIGRATIONS, folder)
        newest = max(path.stem.split("_")[0] for path in (folder / "versions").glob("0*.py"))
        head = HEAD.format(about="One more.", revision="9999", before=newest)
        (folder / "versions" / "9999_one_more.py").write_text(head + body, encoding="utf-8")
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)

    return add


def counted(store):
    with store.reading() as unit:
        return {
            table.name: unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }


def guards(store):
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with store.reading() as unit:
        return sorted(map(tuple, unit.connection.execute(text(asked[store.engine.dialect.name]))))


def columns(store, table):
    return {column["name"] for column in inspect(store.engine).get_columns(table)}


def test_rebuilding_every_parent_of_a_filled_database_keeps_rows_and_guards(store, talk_id, migration):
    before, guarded = counted(store), guards(store)
    assert (before["answer"], before["student"], before["decision"]) == (3, 4, 2)
    assert guarded
    migration(REBUILD_PARENTS)
    migrate.to_newest(store.engine)
    assert "added" in columns(store, "talk") & columns(store, "student")
    assert (counted(store), guards(store)) == (before, guarded)
    with pytest.raises(Exception, match="never changed"), store.writing() as unit:
        unit.connection.execute(text("UPDATE answer SET value = 'x'"))
    with pytest.raises(Exception, match=r"FOREIGN KEY|foreign key"), store.writing() as unit:
        unit.connection.execute(text("DELETE FROM student"))
    with store.writing() as unit:
        unit.connection.execute(text("UPDATE talk SET status = 'closed'"))
    with pytest.raises(Exception, match="closed"), store.writing() as unit:
        unit.connection.execute(tables.answer.insert().values(ANSWER | {"talk_id": talk_id}))


def test_a_migration_that_fails_half_way_changes_nothing(store, talk_id, migration):
    before, guarded = counted(store), guards(store)
    migration(HALF_A_CHANGE)
    with pytest.raises(Exception, match="nowhere"):
        migrate.to_newest(store.engine)
    assert "half" not in columns(store, "student")
    assert (counted(store), guards(store)) == (before, guarded)
    with store.engine.connect() as connection:
        assert migrate.revision_of(connection) == "0001"


def test_a_migration_that_leaves_rows_pointing_nowhere_is_undone(store, migration):
    migration(LEAVE_ORPHANS)
    refused = BrokenReferences if store.engine.dialect.name == "sqlite" else Exception
    with pytest.raises(refused):
        migrate.to_newest(store.engine)
    with store.reading() as unit:
        found = select(func.count()).select_from(tables.class_group).where(tables.class_group.c.school_id == "nobody")
        assert unit.connection.execute(found).scalar_one() == 0


def test_a_migration_that_forgets_to_make_the_guards_again_is_undone(store, talk_id, migration):
    """SQLite drops a table's triggers with the table; PostgreSQL needs no new table to change one."""
    guarded = guards(store)
    migration(REBUILD_ANSWERS)
    if store.engine.dialect.name == "sqlite":
        with pytest.raises(LostGuards):
            migrate.to_newest(store.engine)
        assert "added" not in columns(store, "answer")
    else:
        migrate.to_newest(store.engine)
        assert "added" in columns(store, "answer")
    assert guards(store) == guarded


def test_foreign_keys_are_on_again_whatever_happened(store, migration):
    if store.engine.dialect.name != "sqlite":
        return
    migration(HALF_A_CHANGE)
    with pytest.raises(Exception, match="nowhere"):
        migrate.to_newest(store.engine)
    with store.reading() as unit:
        assert unit.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert unit.connection.exec_driver_sql("PRAGMA legacy_alter_table").scalar() == 0


def test_a_database_from_a_newer_program_is_left_alone(store):
    with store.writing() as unit:
        unit.connection.execute(text("UPDATE alembic_version SET version_num = '7777'"))
    with pytest.raises(NewerSchema):
        migrate.to_newest(store.engine)


def test_an_up_to_date_database_is_only_read(store):
    said = set()
    event.listen(store.engine, "before_cursor_execute", lambda _in, _by, asked, *_: said.add(asked.split()[0]))
    with store.writing():
        migrate.to_newest(store.engine)
    assert said
    assert said <= {"SELECT", "PRAGMA"}


def test_an_empty_database_gets_the_whole_schema(tmp_path, empty_postgres_url):
    for url in (None, empty_postgres_url):
        store = open_store(tmp_path / str(url is None), url)
        assert set(counted(store).values()) == {0, 1}
        assert guards(store)
        store.close()


def test_files_are_called_by_their_revisions(migration):
    """What is read of their names is what Alembic reads within them."""
    migration(HALF_A_CHANGE)
    scripts = ScriptDirectory(str(migrate.MIGRATIONS))
    assert migrate._revisions() == {each.revision for each in scripts.walk_revisions()} == {"0001", "9999"}
    assert scripts.get_current_head() == "9999"


def test_a_start_with_nothing_to_do_reads_no_alembic():
    asked = "import sys, conversation_models.storage.store; print([name for name in sys.modules if name == 'alembic'])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"
