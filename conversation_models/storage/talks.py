"""Talks, the editions they ask, and the trace of a talk that was moved."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, delete, insert, or_, select, update

from conversation_models.domain.ids import is_id, new_id
from conversation_models.domain.talk import Talk, TalkMove, TalkStatus
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import draft, invitation, student, talk, talk_instrument, talk_move

AHEAD = (TalkStatus.PREPARED.value, TalkStatus.OPEN.value)  # named, not "not closed": that would read every talk
BY_DATE = (talk.c.held_on, talk.c.created_at, talk.c.id)

WITH_EDITIONS = select(talk, talk_instrument.c.instrument, talk_instrument.c.edition).outerjoin(
    talk_instrument, talk_instrument.c.talk_id == talk.c.id
)
_HOLD = select(talk.c.id).where(talk.c.id == bindparam("at_id")).with_for_update()
_NOTE_SENT = update(talk).where(talk.c.id == bindparam("at_id"))


def add(unit: Unit, new: Talk, created_by: str, created_at: Any) -> None:
    values = {
        "id": new.id,
        "student_id": new.student_id,
        "model": new.model,
        "led_by": new.led_by,
        "status": new.status.value,
        "phase": new.phase,
        "opened_at": new.opened_at,
        "closed_at": new.closed_at,
        "may_read_before": new.may_read_before,
        "entered_on": new.entered_on,
        "created_by": created_by,
        "created_at": created_at,
    }
    unit.connection.execute(insert(talk).values(values | _plan(unit, new)))
    rows = [{"talk_id": new.id, "instrument": name, "edition": number} for name, number in new.editions.items()]
    unit.connection.execute(insert(talk_instrument), rows)


def change_plan(unit: Unit, changed: Talk) -> None:
    unit.connection.execute(update(talk).where(talk.c.id == changed.id).values(_plan(unit, changed)))


def change(unit: Unit, talk_id: str, **values: Any) -> None:
    unit.connection.execute(update(talk).where(talk.c.id == talk_id).values(values))


def note_sent(unit: Unit, talk_id: str, may_read_before: bool, levels: str) -> None:
    """`levels` of what was sent, each of them unread now ("m", "em")."""
    unit.connection.execute(_NOTE_SENT, {"at_id": talk_id, "may_read_before": may_read_before, "unread": levels})


def note_unread(unit: Unit, talk_id: str, levels: str) -> None:
    """What a guardian sent: how the student wants the own answers read is the student's to say."""
    unit.connection.execute(update(talk).where(talk.c.id == talk_id).values(unread=levels))


def remove(unit: Unit, talk_id: str) -> None:
    """A prepared talk with what hangs on it. Answers are not removed: with answers the database refuses."""
    for table in (draft, invitation, talk_instrument):
        unit.connection.execute(delete(table).where(table.c.talk_id == talk_id))
    unit.connection.execute(delete(talk).where(talk.c.id == talk_id))


def find(unit: Unit, talk_id: str) -> Talk | None:
    return next(iter(where(unit, talk.c.id == talk_id)), None) if is_id(talk_id) else None


def lock(unit: Unit, talk_id: str) -> Talk | None:
    """Found, and changed by nobody else until this unit ends: every write to a talk begins here."""
    hold(unit, talk_id)
    return find(unit, talk_id)


def hold(unit: Unit, talk_id: str) -> None:
    """PostgreSQL locks the row. On SQLite a writing unit is alone anyway."""
    if unit.connection.dialect.name == "postgresql" and is_id(talk_id):
        unit.connection.execute(_HOLD, {"at_id": talk_id})


def of_student(unit: Unit, student_id: str) -> list[Talk]:
    """By the day they are held."""
    return where(unit, talk.c.student_id == student_id)


def where(unit: Unit, *conditions: ColumnElement[bool]) -> list[Talk]:
    """By the day they are held, each with its editions, in one query."""
    return [found for _, found in read(unit, WITH_EDITIONS.where(*conditions))]


def read(unit: Unit, asked: Select[Any]) -> list[tuple[RowMapping, Talk]]:
    """By the day they are held, each with its row. `asked` is WITH_EDITIONS, narrowed and perhaps with more columns."""
    rows: dict[str, RowMapping] = {}
    editions: dict[str, dict[str, int]] = {}
    for row in unit.connection.execute(asked.order_by(*BY_DATE, talk_instrument.c.instrument)).mappings():
        rows[row["id"]] = row
        editions.setdefault(row["id"], {})[row["instrument"]] = row["edition"]
    return [(row, to_talk(unit, row, editions[talk_id])) for talk_id, row in rows.items()]


def ahead_within_reach(unit: Unit, reached: ColumnElement[bool], seen: Seen) -> list[tuple[Talk, bool]]:
    """Talks of present students that are not closed, by day; each with whether sent answers are unread."""
    found = (
        select(talk)
        .join(student, student.c.id == talk.c.student_id)
        .where(talk.c.status.in_(AHEAD), student.c.archived_on.is_(None), reached)
        .where(talk.c.model.in_(seen.models))
        .order_by(*BY_DATE)
    )
    rows = unit.connection.execute(found).mappings()
    return [(to_talk(unit, row, {}), not seen.levels.isdisjoint(row["unread"] or "")) for row in rows]


def unread(unit: Unit, talk_id: str) -> str:
    """The levels at which something is sent and unread."""
    return unit.connection.execute(select(talk.c.unread).where(talk.c.id == talk_id)).scalar_one() or ""


def add_instrument(unit: Unit, talk_id: str, instrument: str, edition: int) -> None:
    row = {"talk_id": talk_id, "instrument": instrument, "edition": edition}
    unit.connection.execute(insert(talk_instrument).values(row))


def remove_instrument(unit: Unit, talk_id: str, instrument: str) -> None:
    for table in (draft, talk_instrument):
        here = (table.c.talk_id == talk_id, table.c.instrument == instrument)
        unit.connection.execute(delete(table).where(*here))


def pinned_editions(unit: Unit) -> list[tuple[str, int]]:
    """Every edition of every instrument that any talk asks."""
    found = select(talk_instrument.c.instrument, talk_instrument.c.edition).distinct()
    return [(row.instrument, row.edition) for row in unit.connection.execute(found)]


def last_phase(unit: Unit, ahead: Talk) -> str:
    """Where the student's latest closed talk of the same model ended, "" when there is none."""
    same = (talk.c.student_id == ahead.student_id, talk.c.model == ahead.model, talk.c.id != ahead.id)
    found = select(talk.c.phase).where(*same, talk.c.status == TalkStatus.CLOSED.value)
    latest = found.order_by(*(column.desc() for column in BY_DATE)).limit(1)
    return unit.connection.execute(latest).scalar_one_or_none() or ""


def add_move(unit: Unit, move: TalkMove) -> None:
    move_id = new_id()
    values = {
        "id": move_id,
        "talk_id": move.talk_id,
        "from_student": move.from_student,
        "to_student": move.to_student,
        "reason": unit.cipher.seal(move.reason, "talk_move", "reason", move_id),
        "moved_by": move.moved_by,
        "moved_at": move.moved_at,
    }
    unit.connection.execute(insert(talk_move).values(values))


def moves_of(unit: Unit, talk_id: str) -> list[TalkMove]:
    """Oldest first."""
    return _moves(unit, talk_move.c.talk_id == talk_id)


def moves_of_student(unit: Unit, student_id: str, seen: Seen) -> list[TalkMove]:
    """From this student and to this student: the trace stays on both. Of talks that this reader could hold."""
    here = or_(talk_move.c.from_student == student_id, talk_move.c.to_student == student_id)
    could_hold = select(talk.c.id).where(talk.c.model.in_(seen.models))
    return _moves(unit, here, talk_move.c.talk_id.in_(could_hold))


def _moves(unit: Unit, *conditions: ColumnElement[bool]) -> list[TalkMove]:
    found = select(talk_move).where(*conditions).order_by(talk_move.c.id)
    return [_move(unit, row) for row in unit.connection.execute(found).mappings()]


def to_talk(unit: Unit, row: RowMapping, editions: dict[str, int]) -> Talk:
    return Talk(
        id=row["id"],
        student_id=row["student_id"],
        model=row["model"],
        led_by=row["led_by"],
        held_on=row["held_on"],
        starts=row["starts"],
        place=unit.cipher.open_or_empty(row["place"], "talk", "place", row["id"]),
        minutes=row["minutes"],
        status=TalkStatus(row["status"]),
        phase=row["phase"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        may_read_before=row["may_read_before"],
        entered_on=row["entered_on"],
        editions={name: number for name, number in editions.items() if name},
    )


def _plan(unit: Unit, planned: Talk) -> dict[str, Any]:
    return {
        "held_on": planned.held_on,
        "starts": planned.starts,
        "place": unit.cipher.seal(planned.place, "talk", "place", planned.id) if planned.place else None,
        "minutes": planned.minutes,
    }


def _move(unit: Unit, row: RowMapping) -> TalkMove:
    reason = unit.cipher.open(row["reason"], "talk_move", "reason", row["id"])
    people = (row["talk_id"], row["from_student"], row["to_student"])
    return TalkMove(*people, reason, row["moved_by"], row["moved_at"])
