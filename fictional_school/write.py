"""Writes rows in large portions: a closed talk is inserted open and then locked, as the database demands."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, insert, update

from conversation_models.domain.talk import TalkStatus
from conversation_models.storage import answers, tables
from conversation_models.storage.store import Store, Unit
from fictional_school.told import Rows

PORTION = 5_000
Row = TypeVar("Row")


def write(store: Store, rows: Rows) -> None:
    """One transaction. Empties nothing: give it new rows each time."""
    closed = [row["id"] for row in rows.talks if row["status"] == TalkStatus.CLOSED.value]
    with store.writing() as unit:
        _insert(unit, tables.talk, [row | _still_open(row) for row in rows.talks])
        _insert(unit, tables.talk_instrument, rows.instruments)
        _insert(unit, tables.answer, [answers.as_answer_row(*answer) for answer in rows.answers])
        _insert(unit, tables.decision, rows.decisions)
        _insert(unit, tables.invitation, rows.invitations)
        lock = update(tables.talk).where(tables.talk.c.id == bindparam("at_id")).values(status=TalkStatus.CLOSED.value)
        for portion_of_ids in _portions(closed):
            unit.connection.execute(lock, [{"at_id": talk_id} for talk_id in portion_of_ids])


def _still_open(row: dict[str, Any]) -> dict[str, str]:
    return {"status": TalkStatus.OPEN.value} if row["status"] == TalkStatus.CLOSED.value else {}


def _insert(unit: Unit, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for portion in _portions(rows):
        unit.connection.execute(insert(table), portion)


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]
