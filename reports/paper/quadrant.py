"""The quadrant as vectors: 0.5-10.5 each way, so that the four squares are equal; points numbered in order of date."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from reports.paper.blocks import Quadrant, QuadrantPoint
from reports.paper.sheet import ACCENT, BREADTH, GREY, INK, LEFT, PAPER, RULE, SMALL, SMALL_INK, Sheet, Style
from reports.paper.strips import Strip
from reports.paper.wording import dated
from translations import Language, words

SIDE = 84.0
AXIS = 13.0
LEGEND = LEFT + AXIS + SIDE + 9
LEGEND_WIDTH = LEFT + BREADTH - LEGEND
STEP = SIDE / 10
NUMBER = Style(8, bold=True)
NUMBER_ON_DARK = Style(8, bold=True, tint=PAPER)
HEAD = Style(8.5, bold=True)
ROW = 5.4


def quadrant_strip(quadrant: Quadrant, language: Language) -> Strip:
    points = sorted(quadrant.points, key=lambda point: point.day)
    legend = ROW * (len(points) + 1.5)

    def draw(sheet: Sheet, y: float) -> None:
        _draw_square(sheet, y, language)
        _draw_path(sheet, y, points)
        if points:
            _draw_legend(sheet, y, points, language)

    return Strip(max(SIDE + AXIS, legend) + 2, draw)


def place(ability: int, priority: int, y: float) -> tuple[float, float]:
    """Where a pair of answers lies on the page when the drawing's top is at `y`."""
    return LEFT + AXIS + (ability - 0.5) * STEP, y + SIDE - (priority - 0.5) * STEP


def _draw_square(sheet: Sheet, y: float, language: Language) -> None:
    _ = words(language)
    left = LEFT + AXIS
    sheet.box(left, y, SIDE, SIDE, tint=GREY)
    sheet.rule(left + SIDE / 2, y, left + SIDE / 2, y + SIDE, GREY, 0.3)
    sheet.rule(left, y + SIDE / 2, left + SIDE, y + SIDE / 2, GREY, 0.3)
    for number in range(1, 11):
        x, height = place(number, number, y)
        sheet.rule(x, y + SIDE, x, y + SIDE + 1, GREY)
        sheet.rule(left - 1, height, left, height, GREY)
        sheet.draw_text(str(number), x, y + SIDE + 1.2, SMALL, align=0.5)
        sheet.draw_text(str(number), left - 1.8, height - SMALL.line / 2, SMALL, align=1)
        for other in range(1, 11):
            sheet.rule(x - 0.15, place(number, other, y)[1], x + 0.15, place(number, other, y)[1], RULE, 0.3)
    sheet.draw_text(_("trust in my own ability"), left + SIDE / 2, y + SIDE + 5.6, SMALL_INK, align=0.5)
    sheet.draw_upwards(_("how important school is"), LEFT + 2.5, y + SIDE / 2, SMALL_INK)


def _draw_path(sheet: Sheet, y: float, points: list[QuadrantPoint]) -> None:
    """Lines first, then the numbers on top; talks with the same two answers share one mark."""
    drawn = [
        (number, place(point.ability, point.priority, y))
        for number, point in enumerate(points, start=1)
        if point.ability is not None and point.priority is not None
    ]
    for (_, start), (_, end) in pairwise(drawn):
        _draw_arrow(sheet, start, end)
    numbers: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, spot in drawn:
        numbers[spot].append(number)
    for spot, here in numbers.items():
        text = ", ".join(str(number) for number in here)
        latest = here[-1] == drawn[-1][0]
        style = NUMBER_ON_DARK if latest else NUMBER
        sheet.pill(*spot, max(5.4, sheet.width_of(text, style) + 3), 5.4, ACCENT if latest else PAPER, INK)
        sheet.draw_text(text, spot[0], spot[1] - style.line / 2, style, align=0.5)


def _draw_arrow(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    if hypot(end[0] - start[0], end[1] - start[1]) < STEP / 2:
        return
    sheet.rule(*start, *end, tint=ACCENT, width=0.5)
    angle = atan2(end[1] - start[1], end[0] - start[0])
    tip = (start[0] + 0.62 * (end[0] - start[0]), start[1] + 0.62 * (end[1] - start[1]))
    wings = [(tip[0] + 2.4 * cos(angle + turn), tip[1] + 2.4 * sin(angle + turn)) for turn in (pi * 0.86, -pi * 0.86)]
    sheet.polygon((tip, *wings), ACCENT, ACCENT)


def _draw_legend(sheet: Sheet, y: float, points: list[QuadrantPoint], language: Language) -> None:
    _ = words(language)
    columns = (LEGEND + 4, LEGEND + 7, LEGEND + 46, LEGEND + LEGEND_WIDTH)
    sheet.draw_text(_("Talk"), columns[1], y, HEAD)
    sheet.draw_text(_("Trust"), columns[2], y, HEAD, align=1)
    sheet.draw_text(_("Important"), columns[3], y, HEAD, align=1)
    sheet.rule(LEGEND, y + ROW, LEGEND + LEGEND_WIDTH, y + ROW, INK, 0.4)
    for number, point in enumerate(points, start=1):
        top = y + ROW * number + 0.8
        sheet.draw_text(str(number), columns[0], top, HEAD, align=1)
        sheet.draw_text(dated(point.day, language), columns[1], top, SMALL_INK)
        sheet.draw_text(_number(point.ability), columns[2], top, SMALL_INK, align=1)
        sheet.draw_text(_number(point.priority), columns[3], top, SMALL_INK, align=1)


def _number(answer: int | None) -> str:
    return "–" if answer is None else str(answer)
