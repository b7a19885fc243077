"""What was agreed, talk by talk: the joint colour beside the student's own, and what became of each decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from conversation_models.domain.agreement import Decision
from conversation_models.services.asked import find_instrument
from instruments.answers import state_of
from instruments.items import ColourItem, JointColourItem
from instruments.readings import Said, said
from reports.paper.wording import dated
from reports.record import AGREEMENT, AskedTalk, asked_talks, in_order, labels_of
from reports.sentences import NOT_ASKED, STATUSES, say_said
from translations import Language, Words, message, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

NO_JOINT = message("No colour agreed")
NO_SURVEY_ROW = message("Not in the survey")


@dataclass(frozen=True)
class AgreedRow:
    """`own` is the student's answer to the survey of the same talk; the joint colour never takes its place."""

    label: str
    area: str
    row: str
    own: str
    joint: str


@dataclass(frozen=True)
class Agreed:
    """A decision as it stands now. `talk` is the label of the talk it was made in."""

    decision: Decision
    talk: str
    area: str
    follow_up: str
    status: str
    is_overdue: bool


@dataclass(frozen=True)
class Agreements:
    """Rows by talk, then as the form has them; decisions by talk. A row without a joint colour is left out."""

    rows: tuple[AgreedRow, ...]
    decisions: tuple[Agreed, ...]


def agreements_of(history: History, language: Language, today: date | None = None) -> Agreements:
    """Without `today` nothing is overdue."""
    _ = words(language)
    surveys = {talk.talk.id: talk for talk in asked_talks(history, "development_survey", language)}
    rows = (
        row for talk in asked_talks(history, AGREEMENT, language) for row in _rows(talk, surveys.get(talk.talk.id), _)
    )
    return Agreements(tuple(rows), _decisions(history, today, _))


def own_colour(row: JointColourItem, survey: AskedTalk | None) -> Said | None:
    """What the student said in the survey row that a joint row looks back at. None: there is no such row.

    A row that was not reached is `Said("empty")` without being asked; the caller who must tell the two apart looks into
    `survey.told`.
    """
    if row.follows is None or survey is None:
        return None
    item_id = row.follows.partition(".")[2]
    item = next((item for item in survey.instrument.items() if item.id == item_id), None)
    return said(item, survey.value(item_id)) if isinstance(item, ColourItem) else None


def _rows(talk: AskedTalk, survey: AskedTalk | None, _: Words) -> list[AgreedRow]:
    return [
        AgreedRow(
            talk.label,
            section.title.say(_.language),
            item.label.say(_.language),
            _own(item, survey, _),
            say_said(said(item, talk.value(item.id)), _),
        )
        for section in talk.instrument.sections
        for item in section.items
        if isinstance(item, JointColourItem) and state_of(talk.value(item.id)) == "answered"
    ]


def _own(item: JointColourItem, survey: AskedTalk | None, _: Words) -> str:
    own = own_colour(item, survey)
    if own is None:
        return _(NO_SURVEY_ROW) if item.follows is None else _(NOT_ASKED)
    asked = survey is not None and item.follows is not None and item.follows.partition(".")[2] in survey.told
    return say_said(own, _) if asked else _(NOT_ASKED)


def _decisions(history: History, today: date | None, _: Words) -> tuple[Agreed, ...]:
    labels = labels_of(history.talks, _.language)
    order = {talk.id: place for place, talk in enumerate(in_order(history.talks))}
    editions = {talk.id: talk.editions.get(AGREEMENT) for talk in history.talks}
    mine = [decision for decision in history.decisions if decision.talk_id in order]
    areas = {decision.id: _areas(editions[decision.talk_id], _.language) for decision in mine}
    found = [
        Agreed(
            decision,
            labels[decision.talk_id],
            _area_of(decision, areas[decision.id], _.language),
            dated(decision.follow_up, _.language) if decision.follow_up else "",
            _(STATUSES[decision.status]),
            today is not None and decision.is_overdue(today),
        )
        for decision in mine
    ]
    form = {decision.id: list(areas[decision.id]) for decision in mine}
    return tuple(
        sorted(
            found, key=lambda each: (order[each.decision.talk_id], _place(form[each.decision.id], each.decision.area))
        )
    )


def _area_of(decision: Decision, areas: dict[str, str], language: Language) -> str:
    """Of a row: the instrument in which it stands."""
    if decision.instrument:
        return find_instrument(decision.instrument).title.say(language)
    return areas.get(decision.area, decision.area)


def _areas(edition: int | None, language: Language) -> dict[str, str]:
    return {section.id: section.title.say(language) for section in find_instrument(AGREEMENT, edition).sections}


def _place(areas: list[str], area: str) -> int:
    return areas.index(area) if area in areas else len(areas)
