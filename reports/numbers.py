"""What was answered with numbers, talk by talk: the path through the quadrant and the line of each scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from conversation_models.domain.names import same_name
from instruments.answers import state_of
from instruments.items import ScaleItem
from instruments.model import Group
from instruments.readings import DatedNumber, Point, changes, near_border
from reports.record import QUADRANT, SCALE, AskedTalk, asked_talks
from reports.sentences import MANNERS, NOT_ASKED, STATES, say_changes, say_changes_of
from translations import Language, Words, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

PRIORITY, ABILITY = "priority", "ability"
TOPIC, NOW, WANTED = "topic", "now", "wanted"


@dataclass(frozen=True)
class Number:
    """One scale at one talk. `text` is the number, or which of the ways it was not answered in."""

    value: int | None
    text: str
    given: str = ""


@dataclass(frozen=True)
class Stop:
    """One talk on the path. `group` and `near_border` are for staff's eyes only.

    `near_border`: the letter is another than at the last complete answer although neither scale moved two steps.
    """

    number: int
    on: date
    label: str
    priority: Number
    ability: Number
    group: Group | None
    near_border: bool

    @property
    def is_complete(self) -> bool:
        return self.priority.value is not None and self.ability.value is not None


@dataclass(frozen=True)
class Path:
    """`priority_changes` and `ability_changes` say which rules hold for the latest answers, with scale and days."""

    stops: tuple[Stop, ...]
    priority_changes: tuple[str, ...]
    ability_changes: tuple[str, ...]


@dataclass(frozen=True)
class ScaleStop:
    talk_id: str
    on: date
    label: str
    now: Number
    wanted: Number
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ScaleTopic:
    """One topic over its talks, with the latest spelling of its name. `words`: question and answer around a scale.

    `lower_is_easier`: it never shares an axis with a scale where more is more.
    """

    topic: str
    low: int
    high: int
    low_words: str
    high_words: str
    stops: tuple[ScaleStop, ...]
    changes: tuple[str, ...]
    lower_is_easier: bool = False


def path_of(history: History, language: Language) -> Path:
    """Every talk that asked the two questions, answered or not."""
    _ = words(language)
    talks = asked_talks(history, QUADRANT, language)
    stops = tuple(_stop(number, talk, _) for number, talk in enumerate(talks, start=1))
    important, belief = _("How important school is"), _("Belief that I can manage it")
    priorities = changes([DatedNumber(stop.on, stop.priority.value) for stop in stops])
    abilities = changes([DatedNumber(stop.on, stop.ability.value) for stop in stops])
    return Path(
        _with_borders(stops),
        say_changes_of(important, priorities, language),
        say_changes_of(belief, abilities, language),
    )


def scale_topics(history: History, language: Language) -> tuple[ScaleTopic, ...]:
    """The topic of the latest talk first. The same topic is the same words, capitals and spaces aside."""
    _ = words(language)
    by_topic: dict[str, list[AskedTalk]] = {}
    for talk in reversed(asked_talks(history, SCALE, language)):
        if any(state_of(talk.value(item)) != "empty" for item in (TOPIC, NOW, WANTED)):
            by_topic.setdefault(same_name(_topic(talk)), []).append(talk)
    return tuple(_scale_topic(talks[::-1], _) for talks in by_topic.values())


def _stop(number: int, talk: AskedTalk, _: Words) -> Stop:
    priority, ability = _number(talk, PRIORITY, _), _number(talk, ABILITY, _)
    group = Point(priority.value, ability.value).group
    return Stop(number, talk.on, talk.label, priority, ability, group, near_border=False)


def _with_borders(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Compared with the latest complete answer before; an unanswered talk in between is passed over."""
    complete = [stop for stop in stops if stop.is_complete]
    near = {after.number for before, after in pairwise(complete) if near_border(_point(before), _point(after))}
    return tuple(
        Stop(s.number, s.on, s.label, s.priority, s.ability, s.group, s.number in near) if near else s for s in stops
    )


def _point(stop: Stop) -> Point:
    return Point(stop.priority.value, stop.ability.value, stop.on)


def _number(talk: AskedTalk, item_id: str, _: Words) -> Number:
    told = talk.told.get(item_id)
    if told is None:
        return Number(None, _(NOT_ASKED))
    value = told.value
    given = _(MANNERS[told.answer.manner])
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(value, str(value), given)
    return Number(None, _(STATES[state_of(value)]), given)


def _topic(talk: AskedTalk) -> str:
    topic = talk.value(TOPIC)
    return topic if isinstance(topic, str) else ""


def _scale_topic(talks: Sequence[AskedTalk], _: Words) -> ScaleTopic:
    last = talks[-1]
    scale = last.instrument.item(NOW)
    if not isinstance(scale, ScaleItem):
        raise TypeError(scale)
    stops = tuple(_scale_stop(talk, _) for talk in talks)
    return ScaleTopic(
        topic=_topic(last) or _("A scale without a topic"),
        low=scale.low,
        high=scale.high,
        low_words=scale.low_words.say(_.language),
        high_words=scale.high_words.say(_.language),
        stops=stops,
        changes=say_changes(changes([DatedNumber(stop.on, stop.now.value) for stop in stops]), _.language),
    )


def _scale_stop(talk: AskedTalk, _: Words) -> ScaleStop:
    around = tuple(
        (item.label.say(_.language), str(talk.value(item.id)))
        for item in talk.instrument.items()
        if item.kind == "text" and state_of(talk.value(item.id)) == "answered"
    )
    return ScaleStop(talk.talk.id, talk.on, talk.label, _number(talk, NOW, _), _number(talk, WANTED, _), around)
