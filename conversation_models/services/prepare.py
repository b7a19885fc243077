"""Preparing a talk: planned, planned anew, or dropped while nothing is sent."""

from dataclasses import dataclass, replace
from datetime import date, time

from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, asked, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.storage import answers, talks
from conversation_models.storage.store import Unit

MINUTES = (5, 240)
LONGEST_PLACE = 200


class PlanRefused(FieldsRefused):
    """What is wrong with a plan's fields; nothing was written."""


@dataclass(frozen=True)
class TalkPlan:
    student_id: str
    held_on: date
    model: str = "development"
    starts: time | None = None
    place: str = ""
    minutes: int = 45


def prepare_talk(desk: Desk, plan: TalkPlan) -> Talk:
    """Led by whoever prepares it. Asks the newest editions, and those for good. Raises PlanRefused, NotAsked; Refused
    for a model above this person's level."""
    with desk.writing() as unit:
        talk = prepare_in(desk, unit, plan)
    return desk_talks.narrowed(desk.actor, talk)


def prepare_in(desk: Desk, unit: Unit, plan: TalkPlan) -> Talk:
    """The same within a transaction, with everything in it."""
    talk = _fit(new_talk(desk, unit, plan), plan)
    talks.add(unit, talk, desk.actor.id, desk.now)
    desk_talks.note(desk, unit, "prepare", talk)
    return talk


def new_talk(desk: Desk, unit: Unit, plan: TalkPlan) -> Talk:
    """One that this person may hold with this student, not stored yet. Raises NotAsked, Refused."""
    model = asked.find_model(plan.model)
    new = Talk(new_id(), plan.student_id, model.id, desk.actor.id, plan.held_on, editions=asked.pin_editions(model))
    access.require(desk, unit, Right.HOLD_TALKS, plan.student_id)
    desk_talks.require_holding(desk, new)
    return new


def change_plan(desk: Desk, talk_id: str, plan: TalkPlan) -> Talk:
    """When, where and how long. Student and model stay as they are. Raises PlanRefused, TalkRefused."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        changed = _fit(talk, plan)
        talks.change_plan(unit, changed)
        desk_talks.note(desk, unit, "change_plan", talk)
    return desk_talks.narrowed(desk.actor, changed)


def drop_talk(desk: Desk, talk_id: str) -> None:
    """For good, with its drafts and invitations. Raises TalkRefused once something is sent, or it was moved."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        if talk.may_read_before is not None or answers.latest_of(unit, talk_id):
            raise TalkRefused("sent")
        if talks.moves_of(unit, talk_id):
            raise TalkRefused("moved")
        talks.remove(unit, talk_id)
        desk_talks.note(desk, unit, "drop", talk)


def talks_of(desk: Desk, student_id: str) -> list[Talk]:
    """By the day they are held: those that this person may know of."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        found = desk_talks.shown(desk, unit, talks.of_student(unit, student_id))
    access.note_seen(desk, student_id)
    return found


def _fit(talk: Talk, plan: TalkPlan) -> Talk:
    errors: list[FieldError] = []
    place = read_text("place", plan.place, errors, LONGEST_PLACE)
    if not MINUTES[0] <= plan.minutes <= MINUTES[1]:
        errors.append(FieldError("minutes", "outside", {"low": MINUTES[0], "high": MINUTES[1]}))
    if errors:
        raise PlanRefused(*errors)
    return replace(talk, held_on=plan.held_on, starts=plan.starts, place=place, minutes=plan.minutes)
