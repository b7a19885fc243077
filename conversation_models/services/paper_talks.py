"""A talk that was held on paper on an earlier day and is typed in afterwards, marked as such for good."""

from dataclasses import dataclass, replace
from datetime import date

from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import desk_talks
from conversation_models.services.access import Desk
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.field_errors import FieldError
from conversation_models.services.prepare import PlanRefused, TalkPlan, new_talk
from conversation_models.services.talk_view import begin_in
from conversation_models.storage import levels, talks

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class PaperTalk:
    """`held_on` is the day on the paper."""

    student_id: str
    held_on: date
    model: str = "development"


def enter_paper_talk(desk: Desk, paper: PaperTalk) -> Talk:
    """Open at once, so that its forms can be typed in; led by whoever types it in. What is answered in it is given on
    paper, whatever a page names. Raises PlanRefused, NotAsked; Refused for a model above this person's level."""
    errors = tuple(_wrong_days(desk, paper.held_on))
    with desk.writing() as unit:
        new = new_talk(desk, unit, TalkPlan(paper.student_id, paper.held_on, paper.model))
        if errors:
            raise PlanRefused(*errors)
        first = begin_in(unit, new)
        opened = replace(new, status=TalkStatus.OPEN, phase=first, opened_at=desk.now, entered_on=desk.today)
        talks.add(unit, opened, desk.actor.id, desk.now)
        desk_talks.note(desk, unit, "enter_paper", opened)
    return desk_talks.narrowed(desk.actor, opened)


def drop_paper_talk(desk: Desk, talk_id: str) -> None:
    """One that was opened by mistake. Raises TalkRefused: not_open, not_on_paper, and not_empty once something is
    typed in, by whomever."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        if talk.entered_on is None:
            raise TalkRefused("not_on_paper")
        if not all(levels.is_empty(unit, talk_id, name) for name in talk.editions) or talks.moves_of(unit, talk_id):
            raise TalkRefused("not_empty")
        talks.remove(unit, talk_id)
        desk_talks.note(desk, unit, "drop", talk)


def _wrong_days(desk: Desk, day: date) -> list[FieldError]:
    if day > desk.today:
        return [FieldError("held_on", "future")]
    return [FieldError("held_on", "unlikely")] if day < EARLIEST else []
