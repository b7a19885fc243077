"""A whole class invited at once: shown first, then done for everybody or for nobody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.names import sorted_students
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.models import TalkModel
from conversation_models.services import access, asked, invite, prepare
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.field_errors import FieldError, FieldsRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.slips import MOST_SLIPS, Slip, slips_of
from conversation_models.storage import reaches, students, tables, talks
from conversation_models.storage.store import Unit


@dataclass(frozen=True)
class ClassPlan:
    """Who is asked what, for a talk on which day. `asks` names instruments; `days` is how long the slips work."""

    student_ids: tuple[str, ...]
    held_on: date
    asks: tuple[str, ...]
    model: str = "development"
    days: int = invite.DAYS


@dataclass(frozen=True)
class Invitee:
    """`talk` is the student's own prepared one, None when one is prepared now. `why_not`: archived, sent, or ""."""

    student: Student
    talk: Talk | None = None
    why_not: str = ""


class ClassRefused(Exception):
    """These cannot be invited, so nobody was."""

    code = "class_refused"

    def __init__(self, refused: Sequence[Invitee]) -> None:
        super().__init__(len(refused))
        self.refused = tuple(refused)


class PlanRefused(FieldsRefused):
    """What is wrong with the plan's fields; nothing was written."""


def sendable_to_class(desk: Desk, model_id: str) -> list[str]:
    """The instruments that this person may send: what the model names first, then every other that can stand alone.

    Raises NotAsked; Refused for a model above this person's level.
    """
    with desk.reading() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        return invite.sendable_by(desk.actor, _model_for(desk, model_id))


def preview(desk: Desk, plan: ClassPlan) -> list[Invitee]:
    """By name. Nothing is written. Raises Refused for a student out of reach, PlanRefused, NotAsked."""
    with desk.reading() as unit:
        _require(desk, unit, plan)
        return _invitees(unit, plan)


def invite_class(desk: Desk, plan: ClassPlan) -> list[Slip]:
    """Everybody in one transaction, each to the own prepared talk or to one that is prepared now. Earlier links and
    codes of these talks stop working. Raises ClassRefused, and what `preview` raises: then nothing was written."""
    with desk.writing() as unit:
        _require(desk, unit, plan)
        for talk in sorted(_prepared(unit, plan), key=lambda each: each.id):
            talks.hold(unit, talk.id)
        invitees = _invitees(unit, plan)
        refused = [each for each in invitees if each.why_not]
        if refused:
            raise ClassRefused(refused)
        made = [(each.student, *_invite(desk, unit, plan, each)) for each in invitees]
    return slips_of(made)


def narrowed(plan: ClassPlan, ready: Sequence[Invitee]) -> ClassPlan:
    """The same for these alone."""
    return replace(plan, student_ids=tuple(each.student.id for each in ready))


def _invite(desk: Desk, unit: Unit, plan: ClassPlan, invitee: Invitee) -> tuple[date, NewInvitation]:
    minutes = asked.find_model(plan.model).minutes
    new = TalkPlan(invitee.student.id, plan.held_on, plan.model, minutes=minutes)
    talk = invitee.talk or prepare.prepare_in(desk, unit, new)
    return talk.held_on, invite.invite_to(desk, unit, talk, plan.days, plan.asks)


def _require(desk: Desk, unit: Unit, plan: ClassPlan) -> None:
    access.require(desk, unit, Right.HOLD_TALKS)
    reached = reaches.reached_ids(unit, desk.actor, desk.today)
    for student_id in plan.student_ids:
        if student_id not in reached:
            raise Refused(Right.HOLD_TALKS, student_id)
    errors = []
    if not plan.student_ids:
        errors.append(FieldError("student_ids", "missing"))
    if len(plan.student_ids) > MOST_SLIPS:
        errors.append(FieldError("student_ids", "too_many", {"most": MOST_SLIPS}))
    if not plan.asks:
        errors.append(FieldError("asks", "missing"))
    if plan.held_on < desk.today:
        errors.append(FieldError("held_on", "past"))
    if errors:
        raise PlanRefused(*errors)
    may_send = invite.sendable_by(desk.actor, _model_for(desk, plan.model))
    for name in plan.asks:
        if name not in may_send:
            raise asked.NotAsked(name)


def _model_for(desk: Desk, model_id: str) -> TalkModel:
    model = asked.find_model(model_id)
    if not access.reads_level(desk.actor, model.level):
        raise Refused(Right.HOLD_TALKS)
    return model


def _invitees(unit: Unit, plan: ClassPlan) -> list[Invitee]:
    ahead: defaultdict[str, list[Talk]] = defaultdict(list)
    for talk in _prepared(unit, plan):
        ahead[talk.student_id].append(talk)
    found = students.where(unit, tables.student.c.id.in_(plan.student_ids))
    return [_invitee(student, ahead[student.id]) for student in sorted_students(found)]


def _invitee(student: Student, ahead: Sequence[Talk]) -> Invitee:
    """To the next talk in which nothing is sent yet."""
    waiting = next((talk for talk in ahead if talk.may_read_before is None), None)
    if student.archived_on is not None:
        return Invitee(student, why_not="archived")
    return Invitee(student, waiting, "sent" if ahead and waiting is None else "")


def _prepared(unit: Unit, plan: ClassPlan) -> list[Talk]:
    """By the day they are held."""
    talk = tables.talk.c
    ahead = (talk.student_id.in_(plan.student_ids), talk.status == TalkStatus.PREPARED.value)
    return talks.where(unit, *ahead, talk.model == plan.model)
