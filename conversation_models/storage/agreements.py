"""Decisions until they are followed up, and amendments of closed talks."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, RowMapping, insert, select, update

from conversation_models.domain.agreement import Amendment, Decision, DecisionStatus
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import amendment, decision, talk


def add_decision(unit: Unit, new: Decision) -> None:
    values = {
        "id": new.id,
        "talk_id": new.talk_id,
        "area": new.area,
        "words": unit.cipher.seal(new.words, "decision", "words", new.id),
        "responsible": unit.cipher.seal(new.responsible, "decision", "responsible", new.id),
        "follow_up": new.follow_up,
        **_followed(unit, new),
    }
    unit.connection.execute(insert(decision).values(values))


def follow(unit: Unit, followed: Decision) -> None:
    """Status and outcome only: what was decided is never changed."""
    unit.connection.execute(update(decision).where(decision.c.id == followed.id).values(_followed(unit, followed)))


def find_decision(unit: Unit, decision_id: str) -> Decision | None:
    return next(iter(decisions(unit, decision.c.id == decision_id)), None)


def lock_decision(unit: Unit, decision_id: str) -> Decision | None:
    """Changed by nobody else until this unit ends."""
    unit.connection.execute(select(decision.c.id).where(decision.c.id == decision_id).with_for_update())
    return find_decision(unit, decision_id)


def decisions_of_student(unit: Unit, student_id: str) -> list[Decision]:
    return decisions(unit, talk.c.student_id == student_id)


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
        "words": unit.cipher.seal(new.words, "amendment", "words", new.id),
        "author_id": new.author_id,
        "recorded_at": new.recorded_at,
    }
    unit.connection.execute(insert(amendment).values(values))


def amendments_of(unit: Unit, talk_ids: Iterable[str]) -> list[Amendment]:
    return amendments(unit, amendment.c.talk_id.in_(list(talk_ids)))


def amendments_of_student(unit: Unit, student_id: str) -> list[Amendment]:
    return amendments(unit, talk.c.student_id == student_id)


def amendments(unit: Unit, condition: ColumnElement[bool]) -> list[Amendment]:
    """Oldest first."""
    found = select(amendment).join(talk).where(condition).order_by(amendment.c.recorded_at, amendment.c.id)
    return [_amendment(unit, row) for row in unit.connection.execute(found).mappings()]


def _followed(unit: Unit, one: Decision) -> dict[str, object]:
    outcome = unit.cipher.seal(one.outcome, "decision", "outcome", one.id) if one.outcome else None
    return {
        "status": one.status.value,
        "outcome": outcome,
        "followed_by": one.followed_by,
        "followed_at": one.followed_at,
    }


def _decision(unit: Unit, row: RowMapping) -> Decision:
    cipher, decision_id = unit.cipher, row["id"]
    return Decision(
        id=decision_id,
        talk_id=row["talk_id"],
        area=row["area"],
        words=cipher.open(row["words"], "decision", "words", decision_id),
        responsible=cipher.open(row["responsible"], "decision", "responsible", decision_id),
        follow_up=row["follow_up"],
        status=DecisionStatus(row["status"]),
        outcome=cipher.open_or_empty(row["outcome"], "decision", "outcome", decision_id),
        followed_by=row["followed_by"],
        followed_at=row["followed_at"],
    )


def _amendment(unit: Unit, row: RowMapping) -> Amendment:
    words = unit.cipher.open(row["words"], "amendment", "words", row["id"])
    where = (row["id"], row["talk_id"], row["instrument"], row["item"])
    return Amendment(*where, words, row["author_id"], row["recorded_at"])
