"""Decisions until they are followed up, and amendments of closed talks."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, and_, insert, or_, select, update

from conversation_models.domain.agreement import Amendment, Decision, DecisionStatus
from conversation_models.domain.ids import is_id
from conversation_models.domain.talk import TalkStatus
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import amendment, decision, staff, student, talk


def add_decision(unit: Unit, new: Decision) -> None:
    values = {
        "id": new.id,
        "talk_id": new.talk_id,
        "area": new.area,
        "source": new.source,
        "level": new.level,
        "words": unit.cipher.seal(new.words, "decision", "words", new.id, level=new.level),
        "responsible": unit.cipher.seal(new.responsible, "decision", "responsible", new.id, level=new.level),
        "follow_up": new.follow_up,
        **_followed(unit, new),
    }
    unit.connection.execute(insert(decision).values(values))


def follow(unit: Unit, followed: Decision) -> None:
    """Status and outcome only: what was decided is never changed."""
    unit.connection.execute(update(decision).where(decision.c.id == followed.id).values(_followed(unit, followed)))


def find_decision(unit: Unit, decision_id: str) -> Decision | None:
    return next(iter(decisions(unit, decision.c.id == decision_id)), None) if is_id(decision_id) else None


def decisions_of_student(unit: Unit, student_id: str, seen: Seen) -> list[Decision]:
    return decisions(unit, talk.c.student_id == student_id, *_decisions_seen(seen))


def decisions_of_talk(unit: Unit, talk_id: str, seen: Seen) -> list[Decision]:
    return decisions(unit, decision.c.talk_id == talk_id, *_decisions_seen(seen))


def latest_by_source(unit: Unit, student_id: str, sources: Iterable[str]) -> dict[str, Decision]:
    """What these rows of this student's were last, by where they stand."""
    found = decisions(unit, talk.c.student_id == student_id, decision.c.source.in_(list(sources)))
    return {each.source: each for each in sorted(found, key=lambda each: each.id)}


def open_within_reach(unit: Unit, reached: ColumnElement[bool], until: date, seen: Seen) -> list[tuple[str, Decision]]:
    """Open decisions of present students to follow up until that day, each with its student's id. By day."""
    found = (
        select(decision, talk.c.student_id)
        .select_from(decision)
        .join(talk, talk.c.id == decision.c.talk_id)
        .join(student, student.c.id == talk.c.student_id)
        .where(decision.c.status == DecisionStatus.OPEN.value, decision.c.follow_up <= until)
        .where(student.c.archived_on.is_(None), reached, *_decisions_seen(seen))
        .order_by(decision.c.follow_up, decision.c.id)
    )
    return [(row["student_id"], _decision(unit, row)) for row in unit.connection.execute(found).mappings()]


def decisions(unit: Unit, *conditions: ColumnElement[bool]) -> list[Decision]:
    """By follow-up date, those without one last. Conditions may name the talk."""
    found = select(decision).join(talk).where(*conditions)
    ordered = found.order_by(decision.c.follow_up.is_(None), decision.c.follow_up, decision.c.id)
    return [_decision(unit, row) for row in unit.connection.execute(ordered).mappings()]


def add_amendment(unit: Unit, new: Amendment) -> None:
    values = {
        "id": new.id,
        "talk_id": new.talk_id,
        "instrument": new.instrument,
        "item": new.item,
        "level": new.level,
        "words": unit.cipher.seal(new.words, "amendment", "words", new.id, level=new.level),
        "author_id": new.author_id,
        "recorded_at": new.recorded_at,
    }
    unit.connection.execute(insert(amendment).values(values))


def amendments_of(unit: Unit, talk_id: str, seen: Seen) -> list[Amendment]:
    return amendments(unit, amendment.c.talk_id == talk_id, _amendments_seen(seen))


def amendments_of_student(unit: Unit, student_id: str, seen: Seen) -> list[Amendment]:
    return amendments(unit, talk.c.student_id == student_id, _amendments_seen(seen))


def amendments(unit: Unit, *conditions: ColumnElement[bool]) -> list[Amendment]:
    """Oldest first, each with the name of who wrote it. Conditions may name the talk."""
    author = staff.c.name.label("author_name")
    found = (
        select(amendment, author)
        .select_from(amendment)
        .join(talk, talk.c.id == amendment.c.talk_id)
        .join(staff, staff.c.id == amendment.c.author_id)
        .where(*conditions)
        .order_by(amendment.c.recorded_at, amendment.c.id)
    )
    return [_amendment(unit, row) for row in unit.connection.execute(found).mappings()]


def _decisions_seen(seen: Seen) -> tuple[ColumnElement[bool], ...]:
    """Of a talk that this reader may not see before it is closed, nothing before it is closed."""
    settled = or_(talk.c.status == TalkStatus.CLOSED.value, talk.c.model.in_(seen.models))
    return decision.c.level.in_(seen.levels), settled


def _amendments_seen(seen: Seen) -> ColumnElement[bool]:
    own = and_(amendment.c.level == "p", amendment.c.author_id == seen.reader_id)
    return or_(amendment.c.level.in_(seen.levels), own)


def _followed(unit: Unit, one: Decision) -> dict[str, object]:
    sealed = unit.cipher.seal(one.outcome, "decision", "outcome", one.id, level=one.level) if one.outcome else None
    return {
        "status": one.status.value,
        "outcome": sealed,
        "followed_by": one.followed_by,
        "followed_at": one.followed_at,
    }


def _decision(unit: Unit, row: RowMapping) -> Decision:
    cipher, decision_id, level = unit.cipher, row["id"], row["level"]
    return Decision(
        id=decision_id,
        talk_id=row["talk_id"],
        area=row["area"],
        words=cipher.open(row["words"], "decision", "words", decision_id, level=level),
        responsible=cipher.open(row["responsible"], "decision", "responsible", decision_id, level=level),
        follow_up=row["follow_up"],
        status=DecisionStatus(row["status"]),
        outcome=cipher.open_or_empty(row["outcome"], "decision", "outcome", decision_id, level=level),
        followed_by=row["followed_by"],
        followed_at=row["followed_at"],
        level=level,
        source=row["source"],
    )


def _amendment(unit: Unit, row: RowMapping) -> Amendment:
    words = unit.cipher.open(row["words"], "amendment", "words", row["id"], level=row["level"])
    author = unit.cipher.open(row["author_name"], "staff", "name", row["author_id"])
    where = (row["id"], row["talk_id"], row["instrument"], row["item"])
    return Amendment(*where, words, row["author_id"], row["recorded_at"], author, row["level"])
