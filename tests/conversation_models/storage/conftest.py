"""A store with something in every guarded table."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from conversation_models.domain.ids import new_id
from conversation_models.storage import tables
from conversation_models.storage.store import Store
from tests.conversation_models.cast import NOW, Cast

ANSWER = {
    "instrument": "development_survey",
    "edition": 1,
    "item": "recess",
    "respondent": "student",
    "manner": "alone",
    "state": "answered",
    "value": '"green"',
    "level": "m",
    "client": "page",
    "sequence": 1,
    "recorded_at": NOW,
}


def add_talk(store: Store, cast: Cast, status: str = "open") -> str:
    talk_id = new_id()
    values = {"id": talk_id, "student_id": cast.student.id, "model": "development", "led_by": cast.mentor.id}
    values |= {"held_on": NOW.date(), "minutes": 45, "status": status, "phase": "", "created_at": NOW}
    with store.writing() as unit:
        unit.connection.execute(insert(tables.talk).values(**values, created_by=cast.mentor.id))
    return talk_id


@pytest.fixture
def talk_id(store: Store, cast: Cast) -> str:
    """An open talk with three answers, two decisions, an amendment and a line in the log."""
    made = add_talk(store, cast)
    with store.writing() as unit:
        for number in range(3):
            unit.connection.execute(insert(tables.answer).values(**ANSWER | {"talk_id": made, "sequence": number}))
        for area in ("work", "support"):
            row_id = new_id()
            sealed = {name: unit.cipher.seal("ord", "decision", name, row_id) for name in ("words", "responsible")}
            values = {"id": row_id, "talk_id": made, "area": area, "level": "m", "status": "open"}
            values["follow_up"] = NOW + timedelta(7)
            unit.connection.execute(insert(tables.decision).values(**values, **sealed))
        row_id = new_id()
        values = {
            "id": row_id,
            "talk_id": made,
            "instrument": "a",
            "item": "b",
            "level": "m",
            "author_id": cast.mentor.id,
        }
        words = unit.cipher.seal("ord", "amendment", "words", row_id)
        unit.connection.execute(insert(tables.amendment).values(**values, words=words, recorded_at=NOW))
        entry = {"at": NOW, "actor_kind": "staff", "actor_id": cast.mentor.id, "action": "seen", "kind": "student"}
        unit.connection.execute(insert(tables.log_entry).values(**entry, object_id="x", denied=False))
    return made
