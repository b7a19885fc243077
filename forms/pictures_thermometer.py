"""The thermometer: numbers upright, a mark for now and an open one for when it is imagined, and words beside."""

from __future__ import annotations

from dataclasses import dataclass

from forms.setting import Fill, Setting
from instruments.items import ScaleItem
from instruments.model import Instrument, Picture
from instruments.pictures import Situation, scale_column, shorten, situations_of, table_of
from translations import Words, words

STEP = 52  # high enough to touch on a phone of 320 px
TOP = 8
LABEL = 72
APART = LABEL + 2
MARKS, LANE = 152, 24
LONGEST_WORDS = 34


@dataclass(frozen=True)
class Number:
    number: int
    y: float
    depth: float
    words: str


@dataclass(frozen=True)
class Mark:
    """`open` is the one for when it is imagined."""

    x: float
    y: float
    number: int
    open: bool


@dataclass(frozen=True)
class Label:
    """`lead` is the mark that its line goes to."""

    row: str
    number: int
    y: float
    words: str
    said: tuple[str, ...]
    lead: Mark | None


@dataclass(frozen=True)
class DrawnThermometer:
    item: str
    target: str
    numbers: tuple[Number, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    bottom: float
    height: float


def draw_thermometer(instrument: Instrument, picture: Picture, fill: Fill, setting: Setting) -> DrawnThermometer:
    table = table_of(instrument, picture, "situations")
    scale = scale_column(table, "now")
    numbers = _numbers(scale, setting)
    bottom = TOP + STEP * len(numbers)
    situations = situations_of(table, fill.values.get(table.id), setting.language)
    middles = {each.number: each.y + STEP / 2 for each in numbers}
    marks = _marks(situations, middles)
    labels = _labels(situations, marks, bottom, words(setting.language))
    height = max(bottom, TOP + APART * len(labels)) + 30
    key = f"{instrument.id}-{table.id}"
    return DrawnThermometer(table.id, key, numbers, tuple(marks), labels, bottom, height)


def _numbers(scale: ScaleItem, setting: Setting) -> tuple[Number, ...]:
    said = {**scale.words_at, scale.low: scale.low_words, scale.high: scale.high_words}
    span = scale.high - scale.low
    return tuple(
        Number(
            number,
            TOP + STEP * (scale.high - number),
            round(0.04 + 0.28 * (number - scale.low) / span, 3),
            shorten(said[number].say(setting.language), 40) if number in said else "",
        )
        for number in range(scale.high, scale.low - 1, -1)
    )


def _marks(situations: tuple[Situation, ...], middles: dict[int, float]) -> list[Mark]:
    """Marks on the same number lie side by side; from the fourth on they begin to cover each other."""
    taken: dict[int, int] = {}
    marks = []
    for each in situations:
        for number, is_open in ((each.now, False), (each.imagined, True)):
            if number is None or each.dont_know or number not in middles:
                continue
            lane = taken.get(number, 0)
            taken[number] = lane + 1
            x = MARKS + (LANE * lane if lane < 3 else LANE * 2 + 4 * (lane - 2))
            marks.append(Mark(x, middles[number], each.number, is_open))
    return marks


def _labels(situations: tuple[Situation, ...], marks: list[Mark], bottom: float, _: Words) -> tuple[Label, ...]:
    """Beside its mark where there is room, else as near as the others let it."""
    leads = {mark.number: mark for mark in reversed(marks)}
    last = max(bottom, TOP + APART * len(situations))
    wished = [(leads[each.number].y - LABEL / 2 if each.number in leads else last - LABEL, each) for each in situations]
    wished.sort(key=lambda pair: (pair[0], pair[1].number))
    spread, lowest = [], float(TOP)
    for wish, _each in wished:
        lowest = max(lowest, wish)
        spread.append(lowest)
        lowest += APART
    for index in range(len(spread)):
        left = len(spread) - index
        spread[index] = min(spread[index], last - APART * left + 2)
    return tuple(
        Label(each.row, each.number, y, label_words(each, _), label_said(each, _), leads.get(each.number))
        for y, (_wish, each) in zip(spread, wished, strict=True)
    )


def label_words(each: Situation, _: Words) -> str:
    return shorten(each.words, LONGEST_WORDS) or _("Situation {number}").format(number=each.number)


def label_said(each: Situation, _: Words) -> tuple[str, ...]:
    if each.dont_know:
        return (_("don’t know"),)
    now = (f"● {_('now {number}').format(number=each.now)}",) if each.now is not None else ()
    imagined = (f"○ {_('in mind {number}').format(number=each.imagined)}",) if each.imagined is not None else ()
    return now + imagined
