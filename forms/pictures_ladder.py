"""The ladder: rungs from the bottom up as they were laid, each with its latest tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from forms.pictures_boxes import TRIED
from forms.setting import Fill, Setting
from instruments.model import Instrument, Picture
from instruments.pictures import Ladder, Rung, Try, ladder_of, shorten, table_of
from translations import Language, Words, words

RUNG, LINE, LEAST, TOP, GAP = 58, 18, 54, 8, 10
LONGEST_STEP, LONGEST_NAME = 64, 36


@dataclass(frozen=True)
class DrawnTry:
    """`path` is the small line from before over highest to after; `said` the same in words, one line each."""

    y: float
    path: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class DrawnTries:
    row: str
    y: float
    height: float
    title: str
    tries: tuple[DrawnTry, ...]
    more: bool


@dataclass(frozen=True)
class DrawnRung:
    row: str
    y: float
    number: int
    words: str
    hard: str
    expected: str
    tries: DrawnTries | None


@dataclass(frozen=True)
class DrawnLadder:
    """`foot` is where the ladder stands; loose tries lie under it."""

    steps: str
    tries: str
    steps_target: str
    tries_target: str
    rungs: tuple[DrawnRung, ...]
    loose: DrawnTries | None
    foot: float
    height: float


def draw_ladder(instrument: Instrument, picture: Picture, fill: Fill, setting: Setting) -> DrawnLadder:
    steps, tries = (table_of(instrument, picture, part) for part in ("steps", "tries"))
    values = fill.values
    ladder = ladder_of(steps, values.get(steps.id), values.get(tries.id), setting.language)
    _ = words(setting.language)
    rungs, foot = _rungs(ladder, _)
    loose = _tries(ladder.loose, foot + 34, _("Other tries"), _) if ladder.loose else None
    height = loose.y + loose.height + 4 if loose else foot + 30
    keys = (f"{instrument.id}-{steps.id}", f"{instrument.id}-{tries.id}")
    return DrawnLadder(steps.id, tries.id, *keys, rungs, loose, foot, height)


def _rungs(ladder: Ladder, _: Words) -> tuple[tuple[DrawnRung, ...], float]:
    """From the top of the drawing down, which is from the last rung to the first; given back from the first on."""
    drawn, y = [], float(TOP)
    for rung in reversed(ladder.rungs):
        title = _("Tries on step {number}").format(number=rung.number)
        tries = _tries(rung.tries, y + RUNG, title, _) if rung.tries else None
        drawn.append(_rung(rung, y, tries, _))
        y += RUNG + (tries.height if tries else 0) + GAP
    return tuple(reversed(drawn)), y if drawn else TOP + 3 * (RUNG + GAP)


def _rung(rung: Rung, y: float, tries: DrawnTries | None, _: Words) -> DrawnRung:
    said = shorten(rung.words, LONGEST_STEP) or _("Step {number}").format(number=rung.number)
    hard = _("how hard {number}").format(number=rung.expected) if rung.expected is not None else ""
    expected = "?" if rung.expected is None else str(rung.expected)
    return DrawnRung(rung.row, y, rung.number, said, hard, expected, tries)


def _tries(tries: tuple[Try, ...], y: float, title: str, _: Words) -> DrawnTries:
    latest, lines, drawn = tries[-TRIED:], 0, []
    for each in latest:
        named = (shorten(each.step, LONGEST_NAME),) if each.step and title == _("Other tries") else ()
        said = (*named, *said_of(each, _))
        drawn.append(DrawnTry(y + 6 + LINE * lines, path_of(each), said))
        lines += len(said)
    more = len(tries) > TRIED
    height = max(LEAST, 12 + LINE * (lines + more))
    return DrawnTries(latest[-1].row, y, height, title, tuple(drawn), more)


def path_of(each: Try) -> str:
    """Before, highest and after as three points of a small line, 0-10 upright; empty with fewer than two numbers."""
    found = [
        (index, number) for index, number in enumerate((each.before, each.highest, each.after)) if number is not None
    ]
    if len(found) < 2:
        return ""
    return "M" + " ".join(f"{index * 14} {round(14 - number * 1.4, 1):g}" for index, number in found)


def said_of(each: Try, _: Words) -> tuple[str, ...]:
    day = _day(each.on, _.language) or _("no date")
    numbers = (("before {number}", each.before), ("highest {number}", each.highest), ("after {number}", each.after))
    said = " → ".join(_(text).format(number=number) for text, number in numbers if number is not None)
    first = f"{day}: {said}" if said else day
    return (first, f"↩ {_('turned back: the step was too big')}") if each.turned_back else (first,)


def _day(on: str, language: Language) -> str:
    return format_date(date.fromisoformat(on), "d MMM", locale="sv_SE" if language == "sv" else "en_GB") if on else ""
