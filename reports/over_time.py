"""Any instrument over the talks. Only what reached the reader is here: no answer, no question, no name of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversation_models.services.asked import find_model, own_instrument_id
from instruments.answers import state_of
from instruments.items import Item
from instruments.model import Section
from reports.by_kind import READINGS, is_told_beside
from reports.looked_at import OverTime, Reading, ReadSection, Turn
from reports.record import AGREEMENT, QUADRANT, SCALE, SURVEY, AskedTalk, asked_talks, in_order
from reports.together import lines_together, without_own_charts
from translations import Language, Words, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

OWN_VIEWS = frozenset({SURVEY, QUADRANT, SCALE, AGREEMENT})


@dataclass(frozen=True)
class Answered:
    """An instrument with answers that this reader may read. `last` is the day of the latest."""

    instrument_id: str
    title: str
    last: str


def answered_instruments(history: History, language: Language) -> tuple[Answered, ...]:
    """The latest first. Those with a view of their own are not among them, nor what is written along a talk."""
    along = {own_instrument_id(find_model(talk.model)) for talk in history.talks}
    last: dict[str, AskedTalk] = {}
    given = (*history.answers, *history.told_ahead)
    names = dict.fromkeys(answer.instrument for answer in given if answer.state != "empty")
    for name in names:
        if name not in OWN_VIEWS | along:
            last[name] = [talk for talk in asked_talks(history, name, language) if _says_something(talk)][-1]
    order = {talk.id: place for place, talk in enumerate(in_order((*history.talks, *history.ahead)))}
    latest_first = sorted(last.items(), key=lambda each: order[each[1].talk.id], reverse=True)
    return tuple(Answered(name, talk.instrument.title.say(language), talk.label) for name, talk in latest_first)


def over_time(history: History, instrument_id: str, language: Language) -> OverTime:
    """The sections and questions of the latest edition, then what only older ones asked."""
    _ = words(language)
    talks = [talk for talk in asked_talks(history, instrument_id, language) if _says_something(talk)]
    if not talks:
        raise LookupError(instrument_id)
    latest = talks[-1].instrument
    sections = tuple(
        ReadSection(section.title.say(language), section.level or latest.level, readings, section.printed)
        for section, items in _layout(talks)
        for readings in [tuple(_readings(items, talks, _))]
        if readings
    )
    labels = tuple(talk.label for talk in talks)
    together = lines_together(sections, talks, _)
    shown = without_own_charts(sections, _)
    return OverTime(instrument_id, latest.title.say(language), latest.level, labels, shown, together)


def _says_something(talk: AskedTalk) -> bool:
    return any(state_of(told.value) != "empty" for told in talk.told.values())


def _layout(talks: Sequence[AskedTalk]) -> list[tuple[Section, list[Item]]]:
    sections: dict[str, tuple[Section, list[Item]]] = {}
    known: set[str] = set()
    for talk in reversed(talks):
        for section in talk.instrument.sections:
            for item in section.items:
                if item.id not in known:
                    known.add(item.id)
                    sections.setdefault(section.id, (section, []))[1].append(item)
    return list(sections.values())


def _readings(items: Sequence[Item], talks: Sequence[AskedTalk], _: Words) -> Iterator[Reading]:
    for item in items:
        turns = [turn for talk in talks for turn in _turn(talk, item)]
        if any(turn.state != "empty" for turn in turns) and not is_told_beside(turns[-1]):
            yield READINGS[item.kind](turns, _)


def _turn(talk: AskedTalk, item: Item) -> Iterator[Turn]:
    """None where the talk's edition did not ask it, or asked it as another kind."""
    for asked in talk.instrument.items():
        if asked.id == item.id and asked.kind == item.kind and item.id in talk.told:
            yield Turn(talk, asked)
