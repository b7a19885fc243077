"""Boxes, arrows and limited text for the pictures on paper. Millimetres; black and white is enough to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, pi, sin

from instruments.answers import state_of
from instruments.model import Instrument, Picture
from instruments.pictures import part_text, shorten
from reports.paper.lines import Line
from reports.paper.sheet import GREY, INK, PAPER, SMALL, SMALL_INK, Sheet, Style
from translations import Words

Values = Mapping[str, object]
TITLE = Style(8.5, bold=True)
PAD = 2.0
HEAD = 2.6
LETTERS_A_MM = 0.9  # more than any text has, so that shortening begins near its end


@dataclass(frozen=True)
class Place:
    """In the drawing: `x` from the left margin, `y` from the drawing's top."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> float:
        return self.x + self.w / 2


def said(instrument: Instrument, picture: Picture, part: str, values: Values | None, _: Words) -> str | None:
    """None on a blank form: room to write."""
    if values is None:
        return None
    item_id = picture.parts[part]
    if state_of(values.get(item_id)) == "declined":
        return _("does not want to answer")
    return part_text(instrument.item(item_id), values.get(item_id), _.language)


def draw_box(sheet: Sheet, place: Place, title: str, text: str | None, thick: bool = False) -> None:
    """The title, then as much of the text as there is room for. `thick` sets one box apart from the others."""
    sheet.box(place.x, place.y, place.w, place.h, fill=PAPER, tint=INK if text or thick else GREY)
    if thick:
        sheet.box(place.x + 0.7, place.y + 0.7, place.w - 1.4, place.h - 1.4)
    y = place.y + PAD
    for line in sheet.our_lines(title, place.w - 2 * PAD, TITLE):
        sheet.draw_line(line, place.x + PAD, y, TITLE)
        y += TITLE.line
    room = int((place.y + place.h - PAD / 2 - y) / SMALL_INK.line)
    for line in fitting(sheet, text or "", place.w - 2 * PAD, max(1, room), SMALL_INK):
        shift = place.w - 2 * PAD - line.width if line.right_to_left else 0.0
        sheet.draw_line(line, place.x + PAD + shift, y, SMALL_INK)
        y += SMALL_INK.line


def fitting(sheet: Sheet, text: str, width: float, most: int, style: Style = SMALL) -> list[Line]:
    """The text in at most so many lines, with … where it was cut."""
    limit = int(width * most * LETTERS_A_MM)
    lines = sheet.lines(shorten(text, limit), width, style) if text.strip() else []
    while len(lines) > most and limit > 1:
        limit = min(limit - 1, int(limit * 0.94))
        lines = sheet.lines(shorten(text, limit), width, style)
    return lines[:most]


def draw_arrow(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    sheet.rule(*start, *end, tint=GREY, width=0.4)
    draw_head(sheet, end, atan2(end[1] - start[1], end[0] - start[0]))


def draw_head(sheet: Sheet, tip: tuple[float, float], angle: float) -> None:
    wings = [(tip[0] + HEAD * cos(angle + turn), tip[1] + HEAD * sin(angle + turn)) for turn in (pi * 0.85, -pi * 0.85)]
    sheet.polygon((tip, *wings), GREY, GREY)
