"""What an instrument's answers say over the talks, as plain data: sentences, words, lines, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from instruments.answers import State, Value, state_of
from instruments.items import Item
from instruments.model import Level
from reports.numbers import ScaleTopic
from reports.record import AskedTalk


@dataclass(frozen=True)
class Turn:
    """One item at one talk that asked it, with the item as that talk's edition has it."""

    talk: AskedTalk
    item: Item

    @property
    def label(self) -> str:
        return self.talk.label

    @property
    def on(self) -> date:
        return self.talk.on

    @property
    def value(self) -> Value:
        return self.talk.value(self.item.id)

    @property
    def state(self) -> State:
        return state_of(self.value)


@dataclass(frozen=True)
class DatedWords:
    label: str
    words: str


@dataclass(frozen=True)
class Grid:
    """A table, all its cells in words."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LineSet:
    """Lines on one time axis: the same scale for all of them, and the same direction.

    `own`: which of them are called by somebody's own words.
    """

    name: str
    lines: tuple[ScaleTopic, ...]
    own: tuple[bool, ...]


@dataclass(frozen=True)
class Reading:
    """One item over its talks. `words` stand beside each other, earliest first."""

    item_id: str
    kind: str
    title: str
    sentences: tuple[str, ...] = ()
    words: tuple[DatedWords, ...] = ()
    scales: tuple[ScaleTopic, ...] = ()
    line_sets: tuple[LineSet, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class ReadSection:
    title: str
    level: Level
    readings: tuple[Reading, ...]
    printed: bool = True


@dataclass(frozen=True)
class OverTime:
    """One instrument. `talks` are the labels of those in which anything of it was answered.

    `together`: scales of one kind, when there are several, as small lines on one time axis.
    """

    instrument_id: str
    title: str
    level: Level
    talks: tuple[str, ...]
    sections: tuple[ReadSection, ...]
    together: tuple[LineSet, ...] = ()


def answered(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.state == "answered"]
