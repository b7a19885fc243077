"""Batches of papers: who ordered which, and how far it has come. Nothing of anybody stands in one."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select, update

from conversation_models.domain.batch import Batch, BatchStatus
from conversation_models.domain.ids import is_id
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import batch


def add(unit: Unit, new: Batch) -> None:
    values = asdict(new) | {
        "parts": json.dumps(new.parts),
        "status": new.status.value,
        "school_id": new.school_id or None,
        "group_id": new.group_id or None,
    }
    unit.connection.execute(insert(batch).values(values))


def find(unit: Unit, batch_id: str) -> Batch | None:
    row = unit.connection.execute(select(batch).where(batch.c.id == batch_id)).mappings().first()
    if row is None or not is_id(batch_id):
        return None
    told = dict(row) | {
        "parts": tuple(json.loads(row["parts"])),
        "status": BatchStatus(row["status"]),
        "school_id": row["school_id"] or "",
        "group_id": row["group_id"] or "",
    }
    return Batch(**told)


def change_status(unit: Unit, batch_id: str, new: BatchStatus, *before: BatchStatus) -> bool:
    """Only from one of those before. Whether it was."""
    here = update(batch).where(batch.c.id == batch_id, batch.c.status.in_([each.value for each in before]))
    return unit.connection.execute(here.values(status=new.value)).rowcount == 1


def note_progress(unit: Unit, batch_id: str, counts: dict[str, int], seen_at: datetime) -> None:
    unit.connection.execute(update(batch).where(batch.c.id == batch_id).values(**counts, seen_at=seen_at))
