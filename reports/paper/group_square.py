"""The four squares of a group as vectors: in each how many stood there at the first talk, and how many at the last."""

from __future__ import annotations

from reports.paper.blocks import GroupSquare, SquareField
from reports.paper.sheet import GREY, INK, LEFT, SMALL_INK, Sheet, Style
from reports.paper.strips import Strip
from translations import Language, message, words

WIDE, HIGH = 78.0, 31.0
AXIS, PAD = 7.0, 3.0
LETTER = Style(16, bold=True, tint=GREY)
NUMBER = Style(10, bold=True)
FIRST, LAST = message("First talk of the term"), message("Last talk of the term")


def group_square_strip(square: GroupSquare, language: Language) -> Strip:
    _ = words(language)

    def draw(sheet: Sheet, y: float) -> None:
        for place, field in enumerate(square.fields):
            left = LEFT + AXIS + WIDE * (place % 2)
            _draw_field(sheet, left, y + HIGH * (place // 2), field, language)
        sheet.draw_text(_("trust in my own ability"), LEFT + AXIS + WIDE, y + 2 * HIGH + 1, SMALL_INK, align=0.5)
        sheet.draw_upwards(_("how important school is"), LEFT + 1.5, y + HIGH, SMALL_INK)

    return Strip(2 * HIGH + 7, draw)


def _draw_field(sheet: Sheet, x: float, y: float, field: SquareField, language: Language) -> None:
    _ = words(language)
    sheet.box(x, y, WIDE, HIGH, tint=GREY)
    sheet.draw_text(field.letter, x + PAD, y + 1.5, LETTER)
    for number, line in enumerate(sheet.our_lines(field.meaning, WIDE - 15, SMALL_INK)[:2]):
        sheet.draw_line(line, x + 12, y + 2.4 + number * SMALL_INK.line, SMALL_INK)
    sheet.rule(x + PAD, y + 12.5, x + WIDE - PAD, y + 12.5, INK)
    for number, (said, counted) in enumerate(((_(FIRST), field.first), (_(LAST), field.last))):
        top = y + 14.5 + number * 7
        sheet.draw_text(said, x + PAD, top, SMALL_INK)
        sheet.draw_text(counted, x + WIDE - PAD, top, NUMBER, align=1)
