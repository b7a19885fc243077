"""Levels are walls in the data: what a reader may see narrows each query, not each page."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from conversation_models.domain.talk import TalkStatus
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import answer, decision, draft, talk


@dataclass(frozen=True)
class Seen:
    """A reader: the levels whose answers they read, and the talk models that they may prepare and hold."""

    reader_id: str
    levels: frozenset[str]
    models: frozenset[str]


def answers_seen(seen: Seen) -> ColumnElement[bool]:
    own = and_(answer.c.level == "p", answer.c.author_id == seen.reader_id)
    return or_(answer.c.level.in_(seen.levels), own)


def told_in(unit: Unit, talk_ids: Iterable[str], seen: Seen) -> set[str]:
    """Those of the talks that are closed and hold something for this reader: an answer, or a decision."""
    ids = list(talk_ids)
    if not ids:
        return set()
    closed = (talk.c.id.in_(ids), talk.c.status == TalkStatus.CLOSED.value)
    answered = select(talk.c.id).join(answer).where(*closed, answer.c.state != "empty", answers_seen(seen))
    decided = select(talk.c.id).join(decision).where(*closed, decision.c.level.in_(seen.levels))
    return set(unit.connection.execute(answered.union(decided)).scalars())


def is_empty(unit: Unit, talk_id: str, instrument: str) -> bool:
    """Nothing of this instrument is answered or begun in this talk, at any level."""
    for table in (answer, draft):
        here = (table.c.talk_id == talk_id, table.c.instrument == instrument, table.c.state != "empty")
        if unit.connection.execute(select(table.c.item).where(*here).limit(1)).first():
            return False
    return True
