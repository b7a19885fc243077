"""The ladder on paper: a strip a rung, from the last laid at the top to the first at the bottom, with its tries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from instruments.model import Instrument, Section
from instruments.pictures import Ladder, Rung, Try, ladder_of, table_of
from reports.paper.boxes import Values, fitting
from reports.paper.lines import Line
from reports.paper.sheet import ACCENT, BREADTH, GREY, INK, LEFT, PAPER, RULE, SMALL, SMALL_INK, Sheet, Style
from reports.paper.strips import Draw, Strip, glue
from reports.paper.wording import dated
from translations import Language, Words, words

RUNG, FOOT = 15.0, 8.0
RAIL = 2.0
NUMBER = Style(10.5, bold=True)
STEP = Style(10, bold=True)
RUN = 12.0
TEXT = 34.0
BLANK_RUNGS = 10


def draw_ladder(
    sheet: Sheet, instrument: Instrument, section: Section, values: Values | None, language: Language
) -> list[Strip]:
    """Without values: rungs to write on, each with a ring for its number. A long ladder goes on on the next page."""
    _ = words(language)
    picture = section.picture
    if picture is None:
        return []
    if values is None:
        return glue([*(_blank_rung() for _rung in range(BLANK_RUNGS)), _foot(_)])
    steps, tries = (table_of(instrument, picture, part) for part in ("steps", "tries"))
    ladder = ladder_of(steps, values.get(steps.id), values.get(tries.id), language)
    return list(_strips(sheet, ladder, _)) if ladder.rungs or ladder.loose else []


def _strips(sheet: Sheet, ladder: Ladder, _: Words) -> Iterator[Strip]:
    for rung in reversed(ladder.rungs):
        yield _rung(sheet, rung, _)
    if ladder.rungs:
        yield _foot(_)
    for index, each in enumerate(ladder.loose):
        if index == 0:
            yield Strip(SMALL.line + 1, lambda on, y: on.draw_text(_("Other tries"), LEFT, y, SMALL), glued=True)
        named = f"{each.step}: " if each.step else ""
        yield from _loose(sheet, each, named, _)


def _rung(sheet: Sheet, rung: Rung, _: Words) -> Strip:
    words_of = rung.words or _("Step {number}").format(number=rung.number)
    lines = fitting(sheet, words_of, BREADTH - 30, 2, STEP)
    tries = [(each, fitting(sheet, _said(each, _), BREADTH - TEXT - 6, 2, SMALL_INK)) for each in rung.tries]
    heights = [max(1, len(said)) * SMALL_INK.line + 1.4 for _each, said in tries]
    height = RUNG + sum(heights) + (2 if tries else 0)

    def draw(on: Sheet, y: float) -> None:
        _draw_frame(on, y, height)
        on.disc(LEFT + 14, y + 7, 5, PAPER, ACCENT)
        number = "?" if rung.expected is None else str(rung.expected)
        on.draw_text(number, LEFT + 14, y + 7 - NUMBER.line / 2, NUMBER, align=0.5)
        _draw_words(on, lines, LEFT + 24, y + 7 - len(lines) * STEP.line / 2, BREADTH - 30, STEP)
        top = y + RUNG
        for (each, said), deep in zip(tries, heights, strict=True):
            _draw_run(on, each, LEFT + 18, top)
            _draw_words(on, said, LEFT + TEXT, top, BREADTH - TEXT - 6, SMALL_INK)
            top += deep

    return Strip(height, draw)


def _draw_frame(sheet: Sheet, y: float, height: float) -> None:
    """Both rails, and the rung under the words."""
    for x in (LEFT + RAIL, LEFT + BREADTH - RAIL):
        sheet.rule(x, y, x, y + height, GREY, 1.0)
    sheet.rule(LEFT + RAIL, y + RUNG - 1.4, LEFT + BREADTH - RAIL, y + RUNG - 1.4, GREY, 0.8)


def _draw_words(sheet: Sheet, lines: list[Line], x: float, y: float, width: float, style: Style) -> None:
    for index, line in enumerate(lines):
        shift = width - line.width if line.right_to_left else 0.0
        sheet.draw_line(line, x + shift, y + index * style.line, style)


def _draw_run(sheet: Sheet, each: Try, x: float, y: float) -> None:
    """Before, highest and after as points of a small line; alone in a drawing of its own height."""
    numbers = enumerate((each.before, each.highest, each.after))
    heights = [(index, number) for index, number in numbers if number is not None]
    spots = [(x + index * RUN / 2, y + SMALL_INK.line * (1 - number / 10)) for index, number in heights]
    for start, end in pairwise(spots):
        sheet.rule(*start, *end, tint=INK, width=0.3)
    for spot in spots:
        sheet.disc(*spot, 0.6, INK)


def _said(each: Try, _: Words) -> str:
    numbers = (("before {number}", each.before), ("highest {number}", each.highest), ("after {number}", each.after))
    found = " → ".join(_(text).format(number=number) for text, number in numbers if number is not None)
    day = dated(date.fromisoformat(each.on), _.language) if each.on else _("no date")
    back = f"↩ {_('turned back: the step was too big')}" if each.turned_back else ""
    return " · ".join(filter(None, (day, found, back)))


def _loose(sheet: Sheet, each: Try, named: str, _: Words) -> Iterator[Strip]:
    for line in fitting(sheet, named + _said(each, _), BREADTH, 2, SMALL_INK):
        yield Strip(SMALL_INK.line, _line(line))


def _line(line: Line) -> Draw:
    return lambda sheet, y: sheet.draw_line(line, LEFT, y, SMALL_INK)


def _foot(_: Words) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        for x in (LEFT + RAIL, LEFT + BREADTH - RAIL):
            sheet.rule(x, y, x, y + 3, GREY, 1.0)
        sheet.draw_text(f"↑ {_('Begin with the easiest, at the bottom')}", LEFT + BREADTH / 2, y + 2, SMALL, align=0.5)

    return Strip(FOOT, draw)


def _blank_rung() -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        _draw_frame(sheet, y, RUNG + 1)
        sheet.disc(LEFT + 14, y + 7, 5, PAPER, GREY)
        sheet.rule(LEFT + 24, y + 11, LEFT + BREADTH - 8, y + 11, RULE)

    return Strip(RUNG + 1, draw)
