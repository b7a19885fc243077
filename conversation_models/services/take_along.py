"""What may leave an instrument for an agreement: by active choice, in the very words that were shown, and nothing else.

Thoughts, triggers, feelings and what something is for are never asked with `flows_on`, so they stay where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversation_models.domain.agreement import Decision
from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import asked, conduct, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.services.asked import AGREEMENT
from conversation_models.services.talk_view import is_alone
from conversation_models.storage import agreements, answers
from conversation_models.storage.store import Unit
from instruments.answers import check, state_of
from instruments.items import (
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Item,
    LineItem,
    TableItem,
    TextItem,
)
from instruments.text import Language, Text

AGREED_LEVEL = "m"
_RESPONSIBLE = LineItem(id="responsible", label=Text(sv="Ansvarig", en="Responsible"), may_decline=False)


class StaysHere(Exception):
    """These words are not among those that may be taken along."""

    code = "stays_here"


@dataclass(frozen=True)
class Flowing:
    """Words that may be taken along. `row` is the row of a table, "" otherwise; `words` are what would be written."""

    instrument: str
    item: str
    row: str
    words: str


@dataclass(frozen=True)
class Target:
    """`area` is where in the talk's agreement; without an agreement the words become an open decision by themselves."""

    area: str = ""
    responsible: str = ""
    follow_up: date | None = None


def words_to_take(desk: Desk, talk_id: str) -> list[Flowing]:
    """In the order in which the talk asks; of what this person may read."""
    with desk.reading() as unit:
        return list(_flowing(desk, unit, desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)))


def take_along(desk: Desk, talk_id: str, chosen: Flowing, target: Target) -> None:
    """Whoever reads agreements reads it from now on. Twice is once.

    Raises StaysHere when the words are not just so among `words_to_take`, NotAsked for an area that is not there,
    TalkRefused unless the talk is open, AnswerError for a responsible that cannot be kept.
    """
    responsible = str(check(_RESPONSIBLE, target.responsible) or "")
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        if chosen not in _flowing(desk, unit, desk_talks.narrowed(desk.actor, talk)):
            raise StaysHere
        if AGREEMENT in talk.editions:
            conduct.add_to_decision(desk, unit, talk, target.area, chosen.words)
        elif chosen.words not in [each.words for each in _decided(desk, unit, talk)]:
            told = ("", chosen.words, responsible, target.follow_up)
            agreements.add_decision(unit, Decision(new_id(), talk_id, *told, level=AGREED_LEVEL))
        desk_talks.note(desk, unit, "take_along", talk)


def _decided(desk: Desk, unit: Unit, talk: Talk) -> list[Decision]:
    return agreements.decisions_of_talk(unit, talk.id, desk_talks.seen_by(desk.actor))


def _flowing(desk: Desk, unit: Unit, talk: Talk) -> Iterator[Flowing]:
    """`talk` is narrowed: what holds nothing for this person's eyes is not in it."""
    language: Language = "en" if desk.actor.language == "en" else "sv"
    sent, drafts = answers.latest_of(unit, talk.id), answers.drafts_of(unit, talk.id)
    stored = {place: one for place, one in sent.items() if not place.guardian_id}
    stored |= {place: one for place, one in drafts.items() if not is_alone(place)}
    read = desk_talks.levels_in(desk.actor, talk)
    for name, edition in talk.editions.items():
        instrument = asked.readable(name, edition, read)
        for item in instrument.items() if instrument else ():
            here = [one for place, one in stored.items() if (place.instrument, place.item) == (name, item.id)]
            for one in here if item.flows_on else ():
                value = one.open(unit.cipher)
                if one.level in read and state_of(value) == "answered":
                    yield from (Flowing(name, item.id, row, words) for row, words in _words(item, value, language))


def _words(item: Item, value: object, language: Language) -> Iterator[tuple[str, str]]:
    """What stands there in words, row by row. Numbers and colours are not words, so they stay."""
    if isinstance(item, TableItem) and isinstance(value, list):
        for row in value:
            given = item.given(row["row"])
            parts = [given.text.say(language)] if given else []
            for column in item.columns:
                parts += [words for _, words in _words(column, row.get(column.id), language)]
            if any(column.id in row for column in item.columns):
                yield row["row"], " · ".join(parts)
    elif isinstance(item, TextItem | LineItem | DateItem) and isinstance(value, str):
        yield "", value
    elif isinstance(item, ChoiceItem) and isinstance(value, str):
        yield "", item.option(value).text.say(language)
    elif isinstance(item, ChoicesItem) and isinstance(value, list):
        yield "", ", ".join(item.option(each).text.say(language) for each in value)
    elif isinstance(item, CardsItem) and isinstance(value, dict):
        own = {f"own.{number}": words for number, words in enumerate(value["own"], start=1)}
        yield "", ", ".join(own.get(each) or item.card(each).text.say(language) for each in value["picked"])
