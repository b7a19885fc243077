"""A scale over its talks: one ruler, one row a talk, a filled dot for now and a ring for the level wished for."""

from __future__ import annotations

from itertools import pairwise, zip_longest

from reports.paper.blocks import ScaleBoxes, ScaleLine, ScalePoint
from reports.paper.lines import Line
from reports.paper.sheet import ACCENT, BREADTH, GREY, LEFT, PAPER, SMALL, SMALL_INK, Sheet, Style
from reports.paper.strips import Strip
from reports.paper.wording import dated
from translations import Language, Words, words

ROW = 6.4
RULER = LEFT + 37
RULER_WIDTH = 92.0
SAID = RULER + RULER_WIDTH + 8
BOX = 9.0
NUMBER = Style(10.5)


def scale_strip(sheet: Sheet, scale: ScaleLine, language: Language) -> Strip:
    points = sorted(scale.points, key=lambda point: point.day)
    ends = _ends(sheet, scale.low_words, scale.high_words, RULER_WIDTH)
    ends_height = len(ends) * SMALL.line
    top = ends_height + SMALL.line + 2

    def at(number: int) -> float:
        return RULER + (number - scale.low) * RULER_WIDTH / (scale.high - scale.low)

    def draw(sheet: Sheet, y: float) -> None:
        _ = words(language)
        _draw_ends(sheet, ends, RULER, RULER_WIDTH, y)
        bottom = y + top + ROW * len(points)
        for number in range(scale.low, scale.high + 1):
            sheet.draw_text(str(number), at(number), y + ends_height, SMALL, align=0.5)
            sheet.rule(at(number), y + top, at(number), bottom)
        rows = [(point, y + top + ROW * (index + 0.5)) for index, point in enumerate(points)]
        answered = [(at(point.now), middle) for point, middle in rows if point.now is not None]
        for start, end in pairwise(answered):
            sheet.rule(*start, *end, tint=ACCENT, width=0.5)
        for point, middle in rows:
            sheet.rule(RULER, middle, RULER + RULER_WIDTH, middle)
            _draw_row(sheet, point, middle, language)
            if point.wanted is not None:
                sheet.disc(at(point.wanted), middle, 2.1, PAPER, ACCENT)
            if point.now is not None:
                sheet.disc(at(point.now), middle, 1.4, ACCENT, ACCENT)

    return Strip(top + ROW * len(points) + 2, draw)


def _draw_row(sheet: Sheet, point: ScalePoint, middle: float, language: Language) -> None:
    top = middle - SMALL_INK.line / 2
    sheet.draw_text(dated(point.day, language), LEFT, top, SMALL_INK)
    sheet.draw_text(_said(point, words(language)), SAID, top, SMALL_INK)


def _said(point: ScalePoint, _: Words) -> str:
    now = _("no answer") if point.now is None else _("now {number}").format(number=point.now)
    return now if point.wanted is None else _("{now}, wanted {number}").format(now=now, number=point.wanted)


def scale_boxes_strip(sheet: Sheet, boxes: ScaleBoxes) -> Strip:
    """Numbers to ring in, worded at the ends and wherever the scale has words."""
    step = BREADTH / (boxes.high - boxes.low + 1)
    ends = _ends(sheet, boxes.low_words, boxes.high_words, BREADTH - 2)

    def draw(sheet: Sheet, y: float) -> None:
        for number in range(boxes.low, boxes.high + 1):
            x = LEFT + step * (number - boxes.low)
            sheet.box(x + 1, y, step - 2, BOX, tint=GREY)
            sheet.draw_text(str(number), x + step / 2, y + BOX / 2 - NUMBER.line / 2, NUMBER, align=0.5)
        _draw_ends(sheet, ends, LEFT + 1, BREADTH - 2, y + BOX + 1)
        for number, said in boxes.words_at:
            middle = LEFT + step * (number - boxes.low + 0.5)
            sheet.draw_text(said, middle, y + BOX + 1 + len(ends) * SMALL.line, SMALL, align=0.5)

    return Strip(BOX + 2 + SMALL.line * (len(ends) + bool(boxes.words_at)), draw)


def _ends(sheet: Sheet, low: str, high: str, width: float) -> list[tuple[Line | None, ...]]:
    """The words of both ends, line by line, each in its half of the scale."""
    halves = (sheet.lines(text, width * 0.46, SMALL) for text in (low, high))
    return list(zip_longest(*halves))


def _draw_ends(sheet: Sheet, ends: list[tuple[Line | None, ...]], left: float, width: float, y: float) -> None:
    for index, (low, high) in enumerate(ends):
        top = y + index * SMALL.line
        if low:
            sheet.draw_line(low, left, top, SMALL)
        if high:
            sheet.draw_line(high, left + width - high.width, top, SMALL)
