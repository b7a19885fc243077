"""The thermometer on paper: numbers upright in one hue, filled marks for now, open ones for when it is imagined."""

from __future__ import annotations

from dataclasses import dataclass

from instruments.items import ScaleItem
from instruments.model import Instrument, Section
from instruments.pictures import Situation, scale_column, situations_of, table_of
from reports.paper.boxes import Place, Values, fitting
from reports.paper.lines import Line
from reports.paper.sheet import ACCENT, BREADTH, GREY, INK, LEFT, PAPER, SMALL, SMALL_INK, Sheet, Style, Tint
from reports.paper.strips import Strip
from translations import Language, Words, words

STEP, TUBE, WIDTH = 13.0, 40.0, 14.0
MARKS, LANE, RADIUS = TUBE + WIDTH + 5, 5.6, 2.5
LABELS, LABEL, APART = 84.0, 13.6, 14.6
MOST = 15
BLANK_LINES = 10
NUMBER = Style(12, bold=True)
IN_MARK = Style(7.5, bold=True)
IN_DARK = Style(7.5, bold=True, tint=PAPER)
NAME = Style(8.5, bold=True)
LIGHT, DARK = (246, 249, 249), (166, 196, 200)


@dataclass(frozen=True)
class _Label:
    each: Situation
    y: float
    lead: tuple[float, float] | None
    lines: tuple[Line, ...]


def draw_thermometer(
    sheet: Sheet, instrument: Instrument, section: Section, values: Values | None, language: Language
) -> list[Strip]:
    """One strip. Without values: a thermometer with lines to write on beside it."""
    _ = words(language)
    if section.picture is None:
        return []
    table = table_of(instrument, section.picture, "situations")
    scale = scale_column(table, "now")
    found = situations_of(table, (values or {}).get(table.id), language)
    bottom = STEP * (scale.high - scale.low + 1)
    marks = _marks(found[:MOST], scale)
    labels = _labels(sheet, found[:MOST], marks, bottom, _)
    more = len(found) > MOST
    height = max(bottom, APART * len(labels)) + 8 + (SMALL.line if more else 0)

    def draw(on: Sheet, y: float) -> None:
        _draw_tube(on, y, scale, language)
        on.draw_text(f"↓ {_('Lower is easier')}", LEFT, y + bottom + 1.5, SMALL)
        for label in labels:
            _draw_label(on, y, label, _)
        for x, height_of, number, is_open in marks:
            _draw_mark(on, LEFT + x, y + height_of, number, is_open)
        if values is None:
            _draw_lines(on, y, bottom)
        if more:
            on.draw_text(_("The rest stands in the list."), LEFT + LABELS, y + height - SMALL.line, SMALL)

    return [Strip(height, draw)]


def _draw_tube(sheet: Sheet, y: float, scale: ScaleItem, language: Language) -> None:
    said = {**scale.words_at, scale.low: scale.low_words, scale.high: scale.high_words}
    for number in range(scale.low, scale.high + 1):
        top = y + STEP * (scale.high - number)
        sheet.box(LEFT + TUBE, top, WIDTH, STEP, fill=_shade(number, scale), tint=GREY)
        sheet.draw_text(str(number), LEFT + TUBE + WIDTH / 2, top + STEP / 2 - NUMBER.line / 2, NUMBER, align=0.5)
        lines = fitting(sheet, said[number].say(language), TUBE - 4, 3, SMALL) if number in said else []
        for index, line in enumerate(lines):
            above = top + STEP / 2 + (index - len(lines) / 2) * SMALL.line
            sheet.draw_line(line, LEFT + TUBE - 2 - line.width, above, SMALL)


def _shade(number: int, scale: ScaleItem) -> Tint:
    share = (number - scale.low) / (scale.high - scale.low)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(LIGHT, DARK, strict=True))
    return red, green, blue


Mark = tuple[float, float, int, bool]


def _marks(found: tuple[Situation, ...], scale: ScaleItem) -> list[Mark]:
    """x, y, the situation's number, open or filled. Marks on the same number lie side by side."""
    taken: dict[int, int] = {}
    marks: list[Mark] = []
    for each in found:
        for number, is_open in ((each.now, False), (each.imagined, True)):
            if number is None or each.dont_know or not scale.low <= number <= scale.high:
                continue
            lane = taken.get(number, 0)
            taken[number] = lane + 1
            x = MARKS + min(LANE * lane, LANE * 3 + lane)
            marks.append((x, STEP * (scale.high - number + 0.5), each.number, is_open))
    return marks


def _labels(sheet: Sheet, found: tuple[Situation, ...], marks: list[Mark], bottom: float, _: Words) -> list[_Label]:
    """Beside its mark where there is room, else as near as the others let it."""
    leads = {number: (x, y) for x, y, number, _open in reversed(marks)}
    last = max(bottom, APART * len(found))
    wished = [(leads[each.number][1] - LABEL / 2 if each.number in leads else last, each) for each in found]
    wished.sort(key=lambda pair: (pair[0], pair[1].number))
    tops, lowest = [], 0.0
    for wish, _each in wished:
        tops.append(max(lowest, wish))
        lowest = tops[-1] + APART
    tops = [min(top, last - APART * (len(tops) - index)) for index, top in enumerate(tops)]
    return [
        _Label(each, top, leads.get(each.number), tuple(fitting(sheet, _name(each, _), BREADTH - LABELS - 4, 2, NAME)))
        for top, (_wish, each) in zip(tops, wished, strict=True)
    ]


def _name(each: Situation, _: Words) -> str:
    return f"{each.number} {each.words or _('Situation {number}').format(number=each.number)}"


def _draw_label(sheet: Sheet, y: float, label: _Label, _: Words) -> None:
    place = Place(LEFT + LABELS, y + label.y, BREADTH - LABELS, LABEL)
    sheet.box(place.x, place.y, place.w, place.h, fill=PAPER, tint=GREY)
    if label.lead:
        x, height = label.lead
        sheet.rule(LEFT + x + RADIUS, y + height, place.x, place.y + 4, GREY)
    top = place.y + 0.6
    for line in label.lines:
        shift = place.w - 4 - line.width if line.right_to_left else 0.0
        sheet.draw_line(line, place.x + 2 + shift, top, NAME)
        top += NAME.line
    sheet.draw_text(_numbers(label.each, _), place.x + 2, top, SMALL_INK)


def _numbers(each: Situation, _: Words) -> str:
    if each.dont_know:
        return _("don’t know")
    now = f"● {_('now {number}').format(number=each.now)}" if each.now is not None else ""
    imagined = f"○ {_('in mind {number}').format(number=each.imagined)}" if each.imagined is not None else ""
    return "   ".join(filter(None, (now, imagined)))


def _draw_mark(sheet: Sheet, x: float, y: float, number: int, is_open: bool) -> None:
    sheet.disc(x, y, RADIUS, PAPER if is_open else ACCENT, INK)
    style = IN_MARK if is_open else IN_DARK
    sheet.draw_text(str(number), x, y - style.line / 2, style, align=0.5)


def _draw_lines(sheet: Sheet, y: float, bottom: float) -> None:
    for number in range(1, BLANK_LINES + 1):
        foot = y + bottom * number / BLANK_LINES - 2
        sheet.draw_text(str(number), LEFT + LABELS, foot - SMALL_INK.line, SMALL_INK)
        sheet.rule(LEFT + LABELS + 5, foot, LEFT + BREADTH, foot, GREY)
