"""Drafts and answers. A draft changes and goes away; an answer is only added.

Own words lie sealed and are bound to their place and version, the same for draft and answer, so that sending moves
them as they are. Everything else is a short JSON text. Opening is left to the reader: what is not shown stays sealed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, delete, func, insert, select, update

from conversation_models.domain.answer import Answer, Draft, Manner, Place, Respondent, State
from conversation_models.domain.saving import Known
from conversation_models.storage.cipher import Cipher
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import answer, draft, talk

DECLINED = {"declined": True}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `json.dumps` makes one at each call
SEALED_JSON = "sealed"  # beside sealed words: what is sealed is JSON (a table, cards), not a text
KEYS = (draft.c.talk_id, draft.c.instrument, draft.c.item, draft.c.respondent, draft.c.manner, draft.c.guardian_id)
_AT_PLACE = and_(*(column == bindparam(f"at_{column.name}") for column in KEYS))
_FIND_DRAFT = select(draft).where(_AT_PLACE)
_ADD_DRAFT = insert(draft)
_CHANGE_DRAFT = update(draft).where(_AT_PLACE)
_ADD_ANSWERS = insert(answer)
_ANSWERS_OF_TALK = select(answer).where(answer.c.talk_id == bindparam("at_talk_id")).order_by(answer.c.id)
_ANSWERS_AT_PLACE = _ANSWERS_OF_TALK.where(
    *(answer.c[column.name] == bindparam(f"at_{column.name}") for column in KEYS[1:])
)
_ALONE = (draft.c.respondent == Respondent.STUDENT.value, draft.c.manner == Manner.ALONE.value)
NOT_FROM_HOME = answer.c.guardian_id == ""  # what one guardian answered alone is laid out by itself
_DELETE_DRAFTS_ALONE = delete(draft).where(
    draft.c.talk_id == bindparam("at_talk_id"),
    draft.c.instrument.in_(bindparam("at_instruments", expanding=True)),
    draft.c.manner == Manner.ALONE.value,
    draft.c.guardian_id == bindparam("at_guardian_id"),
)
_DRAFTS_OF_TALK = select(draft).where(draft.c.talk_id == bindparam("at_talk_id"))


@dataclass(frozen=True)
class Stored:
    """One row as it lies in the database. `words` is sealed; `state` says whether there is anything to open."""

    place: Place
    level: str
    state: State
    value: str | None
    words: bytes | None
    version: int
    client: str
    sequence: int
    author_id: str | None
    at: datetime
    edition: int = 0

    @property
    def known(self) -> Known:
        return Known(self.version, self.client, self.sequence, self.at)

    def open(self, cipher: Cipher) -> Any:
        """The value as a form takes it: {"declined": true} when declined, None when empty."""
        if self.state != "answered":
            return dict(DECLINED) if self.state == "declined" else None
        if self.words is not None:
            words = cipher.open(self.words, *_bound(self.place, self.version), level=self.level)
            return json.loads(words) if self.value == SEALED_JSON else words
        return json.loads(self.value) if self.value is not None else None

    def as_draft(self, cipher: Cipher) -> Draft:
        return Draft(self.place, self.open(cipher), self.version, self.at)

    def as_answer(self, cipher: Cipher) -> Answer:
        place, value = self.place, self.open(cipher) if self.state == "answered" else None
        kept = (self.state, value, self.at, self.author_id, self.version, self.level, place.guardian_id)
        return Answer(place.talk_id, place.instrument, self.edition, place.item, place.respondent, place.manner, *kept)


@dataclass(frozen=True)
class Written:
    """A checked value about to be stored."""

    place: Place
    level: str
    secret: bool
    state: State
    value: Any
    version: int
    client: str
    sequence: int
    at: datetime
    author_id: str | None = None

    def stored(self, cipher: Cipher) -> Stored:
        value, words = None, None
        if self.state == "answered" and self.secret:
            is_text = isinstance(self.value, str)
            value = None if is_text else SEALED_JSON
            said = self.value if is_text else _as_json(self.value)
            words = cipher.seal(said, *_bound(self.place, self.version), level=self.level)
        elif self.state == "answered":
            value = _as_json(self.value)
        told = (self.version, self.client, self.sequence, self.author_id, self.at)
        return Stored(self.place, self.level, self.state, value, words, *told)


def find_draft(unit: Unit, place: Place) -> Stored | None:
    row = unit.connection.execute(_FIND_DRAFT, _at(place)).mappings().first()
    return _from_draft(row) if row else None


def find_latest(unit: Unit, place: Place) -> Stored | None:
    """The newest appended answer of a place."""
    rows = unit.connection.execute(_ANSWERS_AT_PLACE, _at(place)).mappings().all()
    return _from_answer(rows[-1]) if rows else None


def drafts_of(unit: Unit, talk_id: str) -> dict[Place, Stored]:
    rows = unit.connection.execute(_DRAFTS_OF_TALK, {"at_talk_id": talk_id}).mappings()
    return {stored.place: stored for stored in map(_from_draft, rows)}


def latest_of(unit: Unit, talk_id: str) -> dict[Place, Stored]:
    """The newest answer of each place in this talk, in the order in which they were added."""
    return newest(map(_from_answer, unit.connection.execute(_ANSWERS_OF_TALK, {"at_talk_id": talk_id}).mappings()))


def of_student(unit: Unit, student_id: str) -> list[Stored]:
    """Every answer in every talk of a student, in the order in which they were added."""
    found = select(answer).join(talk).where(talk.c.student_id == student_id).order_by(answer.c.id)
    return [_from_answer(row) for row in unit.connection.execute(found).mappings().all()]


def where(unit: Unit, *conditions: ColumnElement[bool]) -> list[Stored]:
    """In the order in which they were added. Conditions may name the talk."""
    found = select(answer).join(talk).where(*conditions).order_by(answer.c.id)
    return [_from_answer(row) for row in unit.connection.execute(found).mappings().all()]


def as_stored(row: RowMapping) -> Stored:
    """A whole row of answers, or of drafts."""
    return _from_answer(row) if "recorded_at" in row else _from_draft(row)


def earlier_asked(seen: ColumnElement[bool]) -> Select[Any]:
    """What `earlier_of` asks. `seen`: what this reader may read. Making it takes longer than asking it."""
    latest_first = (talk.c.held_on.desc(), talk.c.created_at.desc(), answer.c.id.desc())
    rank = func.row_number().over(partition_by=(answer.c.instrument, answer.c.item), order_by=latest_first)
    of_student = (talk.c.student_id == bindparam("at_student_id"), talk.c.id != bindparam("not_in"))
    closed = (talk.c.status == "closed", talk.c.held_on <= bindparam("held_before"))
    ranked = (
        select(answer, talk.c.held_on, rank.label("rank"))
        .join(talk)
        .where(*of_student, *closed, answer.c.state != "empty", NOT_FROM_HOME, seen)
        .subquery()
    )
    return select(ranked).where(ranked.c.rank == 1)


def earlier_of(
    unit: Unit, asked: Select[Any], student_id: str, held_before: date, not_in: str
) -> list[tuple[Stored, date]]:
    """The newest answer to each item in the student's closed talks up to that day, with the day of its talk.

    Empty ones give way to what was said before; declining is an answer. Without what a guardian answered alone.
    """
    told = {"at_student_id": student_id, "held_before": held_before, "not_in": not_in}
    rows = unit.connection.execute(asked, told).mappings()
    return [(_from_answer(row), row["held_on"]) for row in rows]


def newest(stored: Iterable[Stored]) -> dict[Place, Stored]:
    """The last one a place, given in the order in which they were added."""
    found: dict[Place, Stored] = {}
    for one in stored:
        found.pop(one.place, None)
        found[one.place] = one
    return found


def write_drafts(unit: Unit, new: Sequence[Stored], changed: Sequence[Stored]) -> None:
    if new:
        rows = [_values(stored) | {"changed_at": stored.at} for stored in new]
        unit.connection.execute(_ADD_DRAFT, rows if len(rows) > 1 else rows[0])
    for stored in changed:
        unit.connection.execute(_CHANGE_DRAFT, _content(stored) | {"changed_at": stored.at} | _at(stored.place))


def append(unit: Unit, rows: Sequence[tuple[Stored, int]], at: datetime) -> None:
    """Each with its edition, recorded at that time. The database refuses when the talk is closed."""
    if rows:
        unit.connection.execute(_ADD_ANSWERS, [as_answer_row(stored, edition, at) for stored, edition in rows])


def as_answer_row(stored: Stored, edition: int, at: datetime) -> dict[str, Any]:
    return _values(stored) | {"edition": edition, "recorded_at": at}


def delete_drafts_alone(unit: Unit, talk_id: str, instruments: Iterable[str], guardian_id: str = "") -> None:
    """What the student, or this guardian, began on the own page, of these instruments."""
    here = {"at_talk_id": talk_id, "at_instruments": list(instruments), "at_guardian_id": guardian_id}
    unit.connection.execute(_DELETE_DRAFTS_ALONE, here)


def delete_drafts(unit: Unit, talk_id: str) -> None:
    unit.connection.execute(delete(draft).where(draft.c.talk_id == talk_id))


def has_unsent(unit: Unit, talk_id: str, levels: Iterable[str]) -> bool:
    """Whether the student began on the own page and has not sent it, at one of these levels."""
    begun = select(draft.c.item).where(draft.c.talk_id == talk_id, draft.c.level.in_(list(levels)), *_ALONE)
    return unit.connection.execute(begun).first() is not None


def bound_to(row: RowMapping) -> tuple[str, ...]:
    """The place that the sealed words of a whole row of answers, or of drafts, are bound to."""
    stored = as_stored(row)
    return _bound(stored.place, stored.version)


def _bound(place: Place, version: int) -> tuple[str, ...]:
    row = (place.talk_id, place.instrument, place.item, place.respondent.value, place.manner.value, str(version))
    whose = (place.guardian_id,) if place.guardian_id else ()
    return ("answer", "words", "/".join((*row, *whose)))


def _at(place: Place) -> dict[str, str]:
    return {
        "at_talk_id": place.talk_id,
        "at_instrument": place.instrument,
        "at_item": place.item,
        "at_respondent": place.respondent.value,
        "at_manner": place.manner.value,
        "at_guardian_id": place.guardian_id,
    }


def _values(stored: Stored) -> dict[str, Any]:
    place = stored.place
    where = {"talk_id": place.talk_id, "instrument": place.instrument, "item": place.item}
    whose = {"respondent": place.respondent.value, "manner": place.manner.value, "guardian_id": place.guardian_id}
    return where | whose | _content(stored)


def _content(stored: Stored) -> dict[str, Any]:
    return {
        "state": stored.state,
        "value": stored.value,
        "words": stored.words,
        "level": stored.level,
        "version": stored.version,
        "client": stored.client,
        "sequence": stored.sequence,
        "author_id": stored.author_id,
    }


def _as_json(value: Any) -> str:
    return _JSON.encode(value)


def _from_draft(row: RowMapping) -> Stored:
    return _stored(row, row["changed_at"], 0)


def _from_answer(row: RowMapping) -> Stored:
    return _stored(row, row["recorded_at"], row["edition"])


def _stored(row: RowMapping, at: datetime, edition: int) -> Stored:
    whose = (Respondent(row["respondent"]), Manner(row["manner"]), row["guardian_id"])
    place = Place(row["talk_id"], row["instrument"], row["item"], *whose)
    kept = (row["level"], row["state"], row["value"], row["words"])
    return Stored(place, *kept, row["version"], row["client"], row["sequence"], row["author_id"], at, edition)
