"""The term reports of a group, a school or all within reach, to the students themselves, in one file.

Nothing is kept on the server: each paper is made when the browser is ready for it. Progress and cancelling go through
the database, so that the page and the file may be served by different processes.
"""

from collections.abc import Sequence
from dataclasses import replace

from conversation_models.domain.batch import Batch, BatchStatus
from conversation_models.domain.ids import is_id, new_id
from conversation_models.domain.names import sort_key
from conversation_models.domain.report import GroundKind, Order, ReceiverKind, ReportKind
from conversation_models.domain.student import Student
from conversation_models.services import access, terms
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import ReportRefused
from conversation_models.storage import batches, logs, reaches, students, tables

PARTS = ("talks", "path", "survey", "scales", "skills", "agreements")


class BatchEnded(Exception):
    """It was cancelled, or its file was asked for before: a file is made once."""

    code = "batch_ended"


def order_batch(desk: Desk, term_id: str, scope: Scope, parts: Sequence[str], language: str) -> Batch:
    """Raises ReportRefused when no part is chosen, Refused for a group or school with nobody within reach."""
    chosen = tuple(each for each in PARTS if each in parts)
    if not chosen:
        raise ReportRefused("nothing_chosen")
    found = students_of(desk, scope)
    term = terms.find_term(term_id, desk.today)
    batch = Batch(
        id=new_id(),
        staff_id=desk.actor.id,
        school_id=scope.school_id,
        group_id=scope.group_id,
        term=term.id,
        parts=chosen,
        language=language,
        status=BatchStatus.ORDERED,
        total=len(found),
        made=0,
        left_out=0,
        ordered_at=desk.now,
        seen_at=desk.now,
    )
    with desk.writing() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        batches.add(unit, batch)
        logs.add(unit, desk.entry("order_batch", "batch", batch.id))
    return batch


def students_of(desk: Desk, scope: Scope) -> list[Student]:
    """Present students within reach, as a class list has them: school and group, then name."""
    student = tables.student
    wanted = [
        column == value
        for column, value in ((student.c.school_id, scope.school_id), (student.c.group_id, scope.group_id))
        if value
    ]
    with desk.reading() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        if not all(is_id(value) for value in (scope.school_id, scope.group_id) if value):
            raise Refused(Right.HOLD_TALKS)
        here = reaches.within_reach(desk.actor, desk.today)
        found = students.where(unit, here, student.c.archived_on.is_(None), *wanted)
    if wanted and not found:
        raise Refused(Right.HOLD_TALKS)
    return sorted(found, key=lambda each: (each.group_id, sort_key(each.family_name), sort_key(each.given_name)))


def find_batch(desk: Desk, batch_id: str) -> Batch:
    """One's own only. Raises Refused."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        found = batches.find(unit, batch_id) if is_id(batch_id) else None
        if found is None or found.staff_id != desk.actor.id:
            raise Refused(Right.HOLD_TALKS)
        return found


def begin_batch(desk: Desk, batch_id: str) -> Batch:
    """Once. Raises BatchEnded, Refused."""
    found = find_batch(desk, batch_id)
    with desk.writing() as unit:
        if not batches.change_status(unit, batch_id, BatchStatus.GOING, BatchStatus.ORDERED):
            raise BatchEnded
        batches.note_progress(unit, batch_id, {"made": 0, "left_out": 0}, access.now())
        logs.add(unit, desk.entry("print", "batch", batch_id))
    return replace(found, status=BatchStatus.GOING)


def cancel_batch(desk: Desk, batch_id: str) -> None:
    """Nothing more is made; what is done stays done."""
    find_batch(desk, batch_id)
    with desk.writing() as unit:
        if batches.change_status(unit, batch_id, BatchStatus.CANCELLED, BatchStatus.ORDERED, BatchStatus.GOING):
            logs.add(unit, desk.entry("batch_cancelled", "batch", batch_id))


def end_batch(desk: Desk, batch_id: str, status: BatchStatus) -> None:
    """One that is going on. The log says how it ended: done, or broken off on the way."""
    find_batch(desk, batch_id)
    with desk.writing() as unit:
        if batches.change_status(unit, batch_id, status, BatchStatus.GOING):
            logs.add(unit, desk.entry(f"batch_{status}", "batch", batch_id))


def note_progress(desk: Desk, batch: Batch) -> None:
    """Raises BatchEnded when it was cancelled meanwhile."""
    now = find_batch(desk, batch.id)
    if now.status is not BatchStatus.GOING:
        raise BatchEnded
    with desk.writing() as unit:
        batches.note_progress(unit, batch.id, {"made": batch.made, "left_out": batch.left_out}, access.now())


def order_for(batch: Batch, student_id: str) -> Order:
    """The student's own copy; parts that there is nothing of are left out when it is composed."""
    own = (ReceiverKind.STUDENT, "", GroundKind.OWN)
    return Order(ReportKind.TERM, student_id, "", batch.term, "", "", batch.parts, *own)
