"""What each code of a file means, in Swedish and in English: of the editions that stand in the file, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from conversation_models.services.asked import readable
from instruments.items import (
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    ColourItem,
    Item,
    JointColourItem,
    ScaleItem,
    TableItem,
)
from instruments.model import Instrument
from reports.exports.said_words import LEVELS, MANNERS, RESPONDENTS, STATES, STATUSES
from reports.sayings import TICKED, UNTICKED
from reports.sentences import COLOURS
from translations import words

COLUMNS = ("instrument", "edition", "item", "kind", "value", "sv", "en")
Row = dict[str, Any]
Meaning = tuple[str, str, str]
BOTH = (words("sv"), words("en"))


def codebook(asked: Iterable[tuple[str, int]], levels: frozenset[str]) -> list[Row]:
    """Rows without a value say what is asked. Sections above the reader's levels are left out."""
    found = [_row("", None, column, "code", *meaning) for column, meaning in _everywhere()]
    for name, edition in asked:
        instrument = readable(name, edition, levels)
        if instrument is not None:
            found += _of_instrument(instrument)
    return found


def _everywhere() -> Iterator[tuple[str, Meaning]]:
    every = (
        ("respondent", RESPONDENTS), ("manner", MANNERS), ("state", STATES), ("status", STATUSES), ("level", LEVELS)
    )  # fmt: skip
    for column, meanings in every:
        for code, said in meanings.items():
            yield column, _ours(str(code), said)


def _of_instrument(instrument: Instrument) -> Iterator[Row]:
    here = (instrument.id, instrument.edition)
    yield _row(*here, "", "instrument", "", instrument.title.sv, instrument.title.en)
    for item in instrument.items():
        yield _row(*here, item.id, item.kind, "", item.label.sv, item.label.en)
        for meaning in _meanings(item):
            yield _row(*here, item.id, item.kind, *meaning)
        for column in item.columns if isinstance(item, TableItem) else ():
            name = f"{item.id}.{column.id}"
            yield _row(*here, name, column.kind, "", column.label.sv, column.label.en)
            for meaning in _meanings(column):
                yield _row(*here, name, column.kind, *meaning)


def _meanings(item: Item) -> Iterator[Meaning]:
    return VALUES[item.kind](item)


def _colours(item: ColourItem) -> Iterator[Meaning]:
    for choice in item.choices:
        yield _colour(choice.colour, choice.word.sv, choice.word.en)
        for statement in choice.statements:
            yield statement.id, statement.text.sv, statement.text.en


def _joint(item: JointColourItem) -> Iterator[Meaning]:
    for choice in item.choices:
        yield _colour(choice.colour, choice.word.sv, choice.word.en)


def _colour(colour: Any, sv: str, en: str) -> Meaning:
    said = [_(COLOURS[colour]) for _ in BOTH]
    return str(colour), f"{said[0]}: {sv}", f"{said[1]}: {en}"


def _numbers(item: ScaleItem) -> Iterator[Meaning]:
    worded = {item.low: item.low_words, **item.words_at, item.high: item.high_words}
    for number in range(item.low, item.high + 1):
        words_of = worded.get(number)
        yield str(number), words_of.sv if words_of else str(number), words_of.en if words_of else str(number)


def _ticks(_item: Item) -> Iterator[Meaning]:
    yield _ours("true", TICKED)
    yield _ours("false", UNTICKED)


def _options(item: ChoiceItem | ChoicesItem) -> Iterator[Meaning]:
    for option in item.options:
        yield option.id, option.text.sv, option.text.en


def _cards(item: CardsItem) -> Iterator[Meaning]:
    for card in item.cards:
        yield card.id, card.text.sv, card.text.en


def _rows(item: TableItem) -> Iterator[Meaning]:
    for row in item.rows:
        yield row.id, row.text.sv, row.text.en


def _nothing(_item: Item) -> Iterator[Meaning]:
    yield from ()


def _ours(code: str, said: str) -> Meaning:
    return code, BOTH[0](said), BOTH[1](said)


def _row(instrument: str, edition: int | None, item: str, kind: str, value: str, sv: str, en: str) -> Row:
    return dict(zip(COLUMNS, (instrument, edition, item, kind, value, sv, en), strict=True))


# One a kind; a test names the kind that is forgotten here.
VALUES: dict[str, Callable[[Any], Iterator[Meaning]]] = {
    "colour": _colours,
    "joint_colour": _joint,
    "scale": _numbers,
    "tick": _ticks,
    "choice": _options,
    "choices": _options,
    "cards": _cards,
    "table": _rows,
    "text": _nothing,
    "line": _nothing,
    "date": _nothing,
}
