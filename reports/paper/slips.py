"""Slips to cut apart and hand out: eight on a page, each with a square to point a camera at, and a short code.

The given name and the day of the talk are all that stands there about anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import segno

from reports.paper.sheet import ACCENT, GREY, HEIGHT, INK, WIDTH, Sheet, Style
from reports.paper.wording import dated
from translations import Language, Words, words

ACROSS, DOWN = 2, 4
MARGIN = 8.0
SLIP_WIDTH, SLIP_HEIGHT = WIDTH / ACROSS, HEIGHT / DOWN
SQUARE = 34.0
NAME = Style(16, bold=True, lead=1.15)
LONG_NAME = Style(12, bold=True, lead=1.15)
ABOUT = Style(9.5, lead=1.3)
HOW = Style(9.5, tint=GREY, lead=1.3)
CODE = Style(19, bold=True, tint=ACCENT, lead=1.3)
FOOT = Style(8, tint=GREY, lead=1.3)
SMALLEST = Style(6.5, tint=GREY, lead=1.3)
LONGEST_NAME = 2  # lines
FULL = SLIP_WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class PaperSlip:
    """`link` is the whole address in the square; `code_page` is where `code` is typed."""

    name: str
    link: str
    code: str
    code_page: str
    held_on: date
    until: date


def render_slips(slips: Sequence[PaperSlip], created: datetime, language: Language) -> bytes:
    """A PDF/A-2u, filled row by row. The same slips give the same bytes."""
    _ = words(language)
    sheet = Sheet(_("Slips to hand out"), language, created)
    for first in range(0, len(slips), ACROSS * DOWN):
        sheet.add_page()
        _draw_cuts(sheet)
        for place, slip in enumerate(slips[first : first + ACROSS * DOWN]):
            _draw(sheet, slip, place % ACROSS * SLIP_WIDTH, place // ACROSS * SLIP_HEIGHT, _)
    return sheet.finish()


def _draw_cuts(sheet: Sheet) -> None:
    for column in range(1, ACROSS):
        sheet.dashes(column * SLIP_WIDTH, 0, column * SLIP_WIDTH, HEIGHT)
    for row in range(1, DOWN):
        sheet.dashes(0, row * SLIP_HEIGHT, WIDTH, row * SLIP_HEIGHT)


def _draw(sheet: Sheet, slip: PaperSlip, left: float, top: float, _: Words) -> None:
    x, y = left + MARGIN, top + MARGIN
    style = NAME if len(sheet.lines(slip.name, FULL, NAME)) == 1 else LONG_NAME
    for line in sheet.lines(slip.name, FULL, style)[:LONGEST_NAME]:
        sheet.draw_line(line, x, y, style)
        y += style.line
    about = _("Questions before your talk on {day}").format(day=dated(slip.held_on, _.language))
    y = _write(sheet, about, x, y, FULL, ABOUT) + 1.5
    _draw_square(sheet, slip.link, x, y)
    beside, room = x + SQUARE + 5, FULL - SQUARE - 5
    how = _("Point your phone's camera at the square.")
    below = _write(sheet, how, beside, y, room, HOW) + 1
    below = _write(sheet, _("Or go to"), beside, below, room, HOW)
    below = _write(sheet, slip.code_page.partition("://")[2], beside, below, room, ABOUT)
    below = _write(sheet, _("and type the code"), beside, below, room, HOW)
    _write(sheet, slip.code, beside, below, room, _fitting(sheet, slip.code, room))
    until = _("Works until {day}. The slip is for you alone.")
    foot = _write(sheet, until.format(day=dated(slip.until, _.language)), x, y + SQUARE + 1, FULL, FOOT)
    _write(sheet, slip.link, x, foot, FULL, SMALLEST)


def _fitting(sheet: Sheet, code: str, room: float) -> Style:
    """A code is never broken: it is drawn smaller instead."""
    share = min(1.0, room / sheet.width_of(code, CODE))
    return Style(CODE.size * share, bold=True, tint=ACCENT, lead=1.3)


def _write(sheet: Sheet, text: str, x: float, y: float, room: float, style: Style) -> float:
    """Returns where the next line begins."""
    for line in sheet.our_lines(text, room, style):
        sheet.draw_line(line, x, y, style)
        y += style.line
    return y


def _draw_square(sheet: Sheet, link: str, x: float, y: float) -> None:
    """Drawn as bars, a run of dark modules at a time: sharp at any size."""
    rows = [list(row) for row in segno.make(link, error="m").matrix]
    size = SQUARE / len(rows)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                sheet.block(x + start * size, y + down * size, (across - start) * size, size, INK)
                start = None
