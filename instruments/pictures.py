"""What a picture shows of the answers it is drawn over. Its own words belong to screen and paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from instruments.answers import Cell
from instruments.items import ChoiceItem, Item, ScaleItem, TableItem
from instruments.model import Instrument, Picture
from instruments.text import Language

# A letter of these, or of anything newer, is about twice as wide as a Latin one.
WIDE = 0x1100
PUNCTUATION = range(0x2000, 0x2070)
JOINERS = frozenset({0x200D, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)})


@dataclass(frozen=True)
class Situation:
    """A row of a thermometer. `number` is its place in the list, from 1."""

    number: int
    row: str
    words: str
    now: int | None = None
    imagined: int | None = None
    dont_know: bool = False


@dataclass(frozen=True)
class Try:
    """`on` is a day, "YYYY-MM-DD", or empty. `turned_back` means that the step was too big, and nothing more."""

    row: str
    step: str
    on: str = ""
    before: int | None = None
    highest: int | None = None
    after: int | None = None
    turned_back: bool = False


@dataclass(frozen=True)
class Rung:
    """`number` counts from the bottom. `tries` lie in the order they were written."""

    number: int
    row: str
    words: str
    expected: int | None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """`loose`: tries that name no step of the ladder."""

    rungs: tuple[Rung, ...]
    loose: tuple[Try, ...]


def shorten(text: str, limit: int) -> str:
    """On one line, at most `limit` letters wide, with … for what is left out; never cut inside a letter."""
    line = " ".join(text.split())
    used = 0
    for index, letter in enumerate(line):
        used += _width(letter)
        if used > limit:
            return line[: _letter_start(line, max(1, index - 1))].rstrip() + "…"
    return line


def _width(letter: str) -> int:
    code = ord(letter)
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or code in JOINERS:
        return 0
    return 2 if code >= WIDE and code not in PUNCTUATION else 1


def _letter_start(line: str, index: int) -> int:
    """The nearest place before `index` where a new letter begins, accents and joined emoji kept whole."""
    while index > 1 and (_belongs_before(line[index]) or ord(line[index - 1]) == 0x200D):
        index -= 1
    return index


def _belongs_before(letter: str) -> bool:
    return ord(letter) in JOINERS or unicodedata.category(letter) in ("Mn", "Mc", "Me")


def rows_of(value: object) -> list[Mapping[str, Cell]]:
    """The rows of a table's answer; none when it is empty or declined."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def part_text(item: Item, value: object, language: Language) -> str:
    """A part's answer as one text: "uneasy 7, cross 4" for a table, nothing when it is empty or declined."""
    if isinstance(value, str):
        return value
    if isinstance(item, TableItem):
        return ", ".join(filter(None, (_row_text(item, row, language) for row in rows_of(value))))
    return ""


def _row_text(item: TableItem, row: Mapping[str, Cell], language: Language) -> str:
    given = item.given(str(row["row"]))
    cells = [str(cell) for name, cell in row.items() if name != "row" and not isinstance(cell, bool)]
    return " ".join(([given.text.say(language)] if given else []) + cells)


def situations_of(item: TableItem, value: object, language: Language) -> tuple[Situation, ...]:
    return tuple(
        Situation(
            number,
            str(row["row"]),
            _words(item, row, "situation", language),
            _number(row, "now"),
            _number(row, "imagined"),
            row.get("dont_know") is True,
        )
        for number, row in enumerate(rows_of(value), start=1)
    )


def ladder_of(steps: TableItem, value: object, tried: object, language: Language) -> Ladder:
    """The rungs as they were laid, the first at the bottom, each with the tries that name it by its words or number."""
    laid = [(str(row["row"]), _words(steps, row, "step", language), row) for row in rows_of(value)]
    tries = [_try(row) for row in rows_of(tried)]
    owners = [_owner(each, [words for _, words, _ in laid]) for each in tries]
    rungs = tuple(
        Rung(
            index + 1,
            name,
            words,
            _number(row, "expected"),
            tuple(each for each, owner in zip(tries, owners, strict=True) if owner == index),
        )
        for index, (name, words, row) in enumerate(laid)
    )
    return Ladder(rungs, tuple(each for each, owner in zip(tries, owners, strict=True) if owner is None))


def _owner(each: Try, steps: list[str]) -> int | None:
    named = _plain(each.step)
    if not named:
        return None
    for index, words in enumerate(steps):
        if named in (_plain(words), str(index + 1)):
            return index
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".!")


def _try(row: Mapping[str, Cell]) -> Try:
    return Try(
        str(row["row"]),
        str(row.get("step", "")),
        str(row.get("on", "")),
        _number(row, "before"),
        _number(row, "highest"),
        _number(row, "after"),
        row.get("turned_back") is True,
    )


def _words(item: TableItem, row: Mapping[str, Cell], column: str, language: Language) -> str:
    given = item.given(str(row["row"]))
    return str(row.get(column, "")) or (given.text.say(language) if given else "")


def _number(row: Mapping[str, Cell], column: str) -> int | None:
    found = row.get(column)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def turning_item(instrument: Instrument, picture: Picture) -> str | None:
    """The choice "where could it turn?": its options are called as the picture's own items."""
    for item in instrument.items():
        if isinstance(item, ChoiceItem) and set(picture.parts.values()) <= {option.id for option in item.options}:
            return item.id
    return None


def scale_column(item: TableItem, column: str) -> ScaleItem:
    """Raises TypeError when the definition's column is something else."""
    found = item.column(column)
    if not isinstance(found, ScaleItem):
        raise TypeError(f"{item.id}.{column} is not a scale")
    return found


def table_of(instrument: Instrument, picture: Picture, part: str) -> TableItem:
    """Raises TypeError when the part is drawn over something else than a table."""
    found = instrument.item(picture.parts[part])
    if not isinstance(found, TableItem):
        raise TypeError(f"{part} is not a table")
    return found
