"""Reports that were made: written down with receiver and ground, read by the student, followed up after the start."""

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from conversation_models.domain.ids import new_id
from conversation_models.domain.report import Followed, Order, Report, ReportKind
from conversation_models.domain.student import Student
from conversation_models.services import access, compose, desk_talks, group_count, receiving
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.compose import Material
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.services.papers import PRINT
from conversation_models.services.receiving import ReportRefused
from conversation_models.storage import logs, reaches, reports, students, tables
from conversation_models.storage.store import Unit

LONGEST_OUTCOME = 2_000
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """A handover whose day to follow up has come, or comes soon."""

    report: Report
    student: Student


def write_down(desk: Desk, order: Order, content: str, language: str, found: Material | None = None) -> Report:
    """`content` is what stands in it, as one text: only a sealed fingerprint of it is kept. Raises ReportRefused.

    `found` is what `compose.material` has just said of this order, when that was asked already.
    """
    level = _level_of(desk, order, found)
    with desk.writing() as unit:
        access.require(desk, unit, Right.HOLD_TALKS, order.student_id or None)
        made = Report(
            id=new_id(),
            order=order,
            level=level,
            language=language,
            content=_fingerprint(content),
            made_by=desk.actor.id,
            made_at=desk.now,
            read_on=desk.today if order.has_read else None,
            made_by_name=desk.actor.name,
        )
        reports.add(unit, made)
        logs.add(unit, desk.entry("make_report", f"report_{order.kind}", made.id, order.student_id or None))
    return made


def find_report(desk: Desk, report_id: str) -> Report:
    """Raises Refused: of a student without reach, above one's level, of a group for anybody but who made it."""
    with desk.reading() as unit:
        return _find(desk, unit, report_id, Right.SEE_TALKS)


def reports_of(desk: Desk, student_id: str) -> list[Report]:
    """Newest first."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        return reports.of_student(unit, student_id, desk_talks.seen_by(desk.actor))


def own_group_reports(desk: Desk) -> list[Report]:
    """Of groups, made by this person. Newest first."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        return reports.of_groups(unit, desk.actor.id)


def note_report_paper(desk: Desk, report_id: str, content: str) -> None:
    """Raises ReportRefused when what stands in it today is not what was shown when it was made."""
    with desk.writing() as unit:
        found = _find(desk, unit, report_id, Right.SEE_TALKS)
        if _fingerprint(content) != found.content:
            raise ReportRefused("changed_since", day=found.made_at.astimezone(access.SWEDEN).date())
        kind = f"report_{found.order.kind}"
        logs.add(unit, desk.entry(PRINT, kind, found.id, found.order.student_id or None))


def note_read(desk: Desk, report_id: str) -> None:
    """The student has read it, today. The first day stays."""
    with desk.writing() as unit:
        found = _find(desk, unit, report_id, Right.HOLD_TALKS)
        if found.read_on is None and found.order.kind is not ReportKind.GROUP:
            reports.note_read(unit, found.id, desk.today)
            logs.add(unit, desk.entry("report_read", f"report_{found.order.kind}", found.id, found.order.student_id))


def waiting_handovers(desk: Desk) -> list[Waiting]:
    """Those to follow up within two weeks or earlier, by day. Names and days: nobody's record is opened by it."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        reached, seen = reaches.within_reach(desk.actor, desk.today), desk_talks.seen_by(desk.actor)
        found = reports.to_follow_up(unit, reached, desk.today + SOON, seen)
        ids = {each.order.student_id for each in found}
        named = {one.id: one for one in students.where(unit, tables.student.c.id.in_(ids))} if ids else {}
    return [Waiting(each, named[each.order.student_id]) for each in found]


def answer_follow_up(desk: Desk, report_id: str, followed: Followed, outcome: str) -> Report:
    """Followed up, or not; a second answer takes the place of the first. Raises FieldsRefused, ReportRefused."""
    errors: list[FieldError] = []
    words = read_text("outcome", outcome, errors, LONGEST_OUTCOME)
    if errors:
        raise FieldsRefused(*errors)
    with desk.writing() as unit:
        found = _find(desk, unit, report_id, Right.HOLD_TALKS)
        if found.order.follow_up is None:
            raise ReportRefused("no_follow_up")
        answered = replace(
            found, followed=Followed(followed), outcome=words, followed_by=desk.actor.id, followed_at=desk.now
        )
        reports.follow(unit, answered)
        logs.add(unit, desk.entry("report_follow_up", "report_handover", found.id, found.order.student_id))
    return answered


def _fingerprint(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def _level_of(desk: Desk, order: Order, found: Material | None) -> str:
    """Raises ReportRefused for the first thing that stands in the way."""
    if order.kind is ReportKind.GROUP:
        group_count.require_told(desk, order)
        refused, level = receiving.group_refusals(order), "m"
    else:
        if found is None or found.order != order:
            found = compose.material(desk, order)
        refused, level = list(found.refused), found.level
    if refused:
        raise refused[0]
    return level


def _find(desk: Desk, unit: Unit, report_id: str, right: Right) -> Report:
    found = reports.find(unit, report_id)
    if found is None:
        raise Refused(right)
    order = found.order
    access.require(desk, unit, right, order.student_id or None)
    if not access.reads_level(desk.actor, found.level):
        raise Refused(right, order.student_id or None)
    if order.kind is ReportKind.GROUP and found.made_by != desk.actor.id:
        raise Refused(right)
    return found
