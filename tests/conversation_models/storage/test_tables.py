"""tables.py says what the migrations made; answers and the log are only added to."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from conversation_models.storage import tables
from tests.conversation_models.cast import NOW
from tests.conversation_models.storage.conftest import ANSWER, add_talk

CHANGED = {
    "id": 999_999,
    "talk_id": "0" * 32,
    "instrument": "x",
    "edition": 2,
    "item": "x",
    "respondent": "guardian",
    "manner": "paper",
    "guardian_id": "0" * 32,
    "state": "declined",
    "value": '"red"',
    "level": "h",
    "author_id": "0" * 32,
    "version": 99,
    "client": "x",
    "sequence": 99,
    "recorded_at": NOW.replace(year=2020),
}


def count(store, table):
    with store.reading() as unit:
        return unit.connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_tables_are_those_that_the_migrations_make(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, tables.metadata)
    assert found == []


def test_only_the_words_of_an_answer_may_be_sealed_again(store, talk_id):
    with store.writing() as unit:
        unit.connection.execute(update(tables.answer).values(words=b"sealed again"))
    assert set(CHANGED) == {column.name for column in tables.answer.c} - {"words"}


@pytest.mark.parametrize("column", CHANGED)
def test_nothing_else_of_an_answer_is_ever_changed(store, talk_id, column):
    one = select(func.min(tables.answer.c.id)).scalar_subquery()
    changed = update(tables.answer).where(tables.answer.c.id == one).values({column: CHANGED[column]})
    with pytest.raises(DBAPIError, match="an answer is never changed"), store.writing() as unit:
        unit.connection.execute(changed)


def test_an_answer_goes_away_only_with_a_purge_decision_about_its_talk(store, cast, talk_id):
    other = add_talk(store, cast)
    gone = delete(tables.answer).where(tables.answer.c.talk_id == bindparam("talk"))
    decide(store, cast, other)
    with pytest.raises(DBAPIError, match="purge decision"), store.writing() as unit:
        unit.connection.execute(gone, {"talk": talk_id})
    assert count(store, tables.answer) == 3
    decide(store, cast, talk_id)
    with store.writing() as unit:
        unit.connection.execute(gone, {"talk": talk_id})
    assert count(store, tables.answer) == 0


def decide(store, cast, talk_id):
    values = {"id": talk_id, "talk_id": talk_id, "decided_by": cast.administrator.id, "decided_at": NOW}
    with store.writing() as unit:
        unit.connection.execute(insert(tables.purge_decision).values(values))


def test_an_answer_is_not_written_over_by_one_with_its_number(store, talk_id):
    """`INSERT OR REPLACE` deletes without asking a trigger, unless recursive_triggers is on."""
    if store.engine.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert

        replaced = upsert(tables.answer)
        columns = [tables.answer.c.id]
        replaced = replaced.on_conflict_do_update(index_elements=columns, set_={"value": "x"})
    else:
        replaced = insert(tables.answer).prefix_with("OR REPLACE")
    with store.reading() as unit:
        taken = unit.connection.execute(select(func.min(tables.answer.c.id))).scalar_one()
    with pytest.raises(DBAPIError, match=r"never changed|purge decision"), store.writing() as unit:
        unit.connection.execute(replaced, ANSWER | {"id": taken, "talk_id": talk_id, "value": '"red"'})
    assert count(store, tables.answer) == 3


def test_a_closed_talk_takes_no_answers(store, talk_id):
    with store.writing() as unit:
        unit.connection.execute(update(tables.talk).values(status="closed"))
    with pytest.raises(DBAPIError, match="the talk is closed"), store.writing() as unit:
        unit.connection.execute(insert(tables.answer).values(ANSWER | {"talk_id": talk_id}))
    assert count(store, tables.answer) == 3


def test_a_talk_with_answers_cannot_be_deleted(store, talk_id):
    with pytest.raises(DBAPIError), store.writing() as unit:
        unit.connection.execute(delete(tables.talk).where(tables.talk.c.id == talk_id))
    assert count(store, tables.answer) == 3


@pytest.mark.parametrize("change", [update(tables.log_entry).values(action="x"), delete(tables.log_entry)])
def test_the_log_is_only_added_to(store, talk_id, change):
    with pytest.raises(DBAPIError, match="the log is only added to"), store.writing() as unit:
        unit.connection.execute(change)
    assert count(store, tables.log_entry) == 1


def test_no_reference_ever_deletes_along():
    """ON DELETE CASCADE below a rebuilt parent deleted answers in silence (recipes.md, 1)."""
    assert [key for table in tables.metadata.sorted_tables for key in table.foreign_keys if key.ondelete] == []
