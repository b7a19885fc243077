"""Each block as strips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from reports.paper.blocks import (
    Block,
    CardBoxes,
    Facts,
    Fields,
    GroupSquare,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quadrant,
    RuledTable,
    ScaleBoxes,
    ScaleLine,
    SignatureLines,
    Table,
    TickLine,
    Together,
    Words,
    WritingLines,
)
from reports.paper.group_square import group_square_strip
from reports.paper.handwriting import card_strips, field_strips, ruled_strips
from reports.paper.lines import Line
from reports.paper.pictures import picture_strips
from reports.paper.quadrant import quadrant_strip
from reports.paper.scales import scale_boxes_strip, scale_strip
from reports.paper.sheet import (
    ACCENT,
    BODY,
    BREADTH,
    GREY,
    INK,
    LEFT,
    SMALL,
    STRONG,
    Sheet,
    Style,
)
from reports.paper.strips import Draw, Strip, gap, glue
from reports.paper.symbols import draw_tick_box
from reports.paper.tables import table_strips
from translations import Language, words

HEADINGS = {
    1: Style(13.5, bold=True, tint=ACCENT, lead=1.3),
    2: Style(11.5, bold=True, lead=1.35),
    3: Style(10.5, bold=True, lead=1.35),
}
INDENT = 5.0
LABEL = 42.0
WRITING = 8.5


def strips_of(sheet: Sheet, block: Block, language: Language) -> list[Strip]:
    """The strips of one block, with the space before it."""
    match block:
        case Together():
            return _together(sheet, block, language)
        case Heading() | Words() | PageBreak():
            return list(_with_own_space(sheet, block))
        case Paragraph():
            return [gap(2), *_text(sheet, block.text, STRONG if block.bold else BODY)]
        case Note():
            lines = _text(sheet, block.text, SMALL)
            return [gap(1.2), *(replace(line, glued=line.glued or block.with_next) for line in lines)]
        case CardBoxes():
            return [gap(2), *card_strips(sheet, block)]
        case RuledTable():
            return [gap(2), *ruled_strips(sheet, block)]
        case Picture():
            return [gap(3), *picture_strips(sheet, block, language)]
        case Fields():
            return field_strips(sheet, block)
        case ScaleBoxes() | TickLine() | WritingLines() | SignatureLines():
            return [gap(2), *_form_part(sheet, block, language)]
        case _:
            return [gap(2), *_table_or_drawing(sheet, block, language)]


def _together(sheet: Sheet, block: Together, language: Language) -> list[Strip]:
    strips = glue(strip for inner in block.blocks for strip in strips_of(sheet, inner, language))
    if not block.then:
        return strips
    glued = [replace(strip, glued=True) for strip in strips]
    return [*glued, *(strip for inner in block.then for strip in strips_of(sheet, inner, language))]


def _with_own_space(sheet: Sheet, block: Heading | Words | PageBreak) -> Iterator[Strip]:
    match block:
        case Heading():
            yield from _heading(sheet, block)
        case Words():
            yield from _words(sheet, block)
        case PageBreak():
            yield gap(0, turn=True)


def _table_or_drawing(
    sheet: Sheet, block: Facts | Table | Quadrant | GroupSquare | ScaleLine, language: Language
) -> Iterator[Strip]:
    match block:
        case Facts():
            yield from _facts(sheet, block)
        case Table():
            yield from table_strips(sheet, block)
        case Quadrant():
            yield quadrant_strip(block, language)
        case GroupSquare():
            yield group_square_strip(block, language)
        case ScaleLine():
            yield scale_strip(sheet, block, language)


def _form_part(
    sheet: Sheet, block: ScaleBoxes | TickLine | WritingLines | SignatureLines, language: Language
) -> Iterator[Strip]:
    match block:
        case ScaleBoxes():
            yield scale_boxes_strip(sheet, block)
        case TickLine():
            yield from _tick(sheet, block)
        case WritingLines():
            yield from _writing(block)
        case SignatureLines():
            yield from _signatures(block, language)


def _heading(sheet: Sheet, heading: Heading) -> Iterator[Strip]:
    style = HEADINGS[heading.level]
    yield gap(7 if heading.level == 1 else 4)
    for index, line in enumerate(sheet.our_lines(heading.text, BREADTH, style)):
        outline = heading.text if heading.level == 1 and index == 0 else None
        yield _line_strip(line, style, outline=outline, glued=True)


def _text(sheet: Sheet, text: str, style: Style, indent: float = 0.0) -> Iterator[Strip]:
    for line in sheet.lines(text, BREADTH - indent, style):
        yield _line_strip(line, style, indent)


def _line_strip(
    line: Line, style: Style, indent: float = 0.0, outline: str | None = None, glued: bool = False
) -> Strip:
    """A line that reads from right to left stands at the right margin."""
    x = LEFT + (BREADTH - line.width if line.right_to_left else indent)

    def draw(sheet: Sheet, y: float) -> None:
        if outline:
            sheet.mark_section(outline, y)
        sheet.draw_line(line, x, y, style)

    return Strip(style.line, draw, glued=glued)


def _words(sheet: Sheet, block: Words) -> Iterator[Strip]:
    yield gap(2)
    if block.by:
        yield from (replace(strip, glued=True) for strip in _text(sheet, block.by, SMALL, INDENT))
    for line in sheet.lines(block.text, BREADTH - INDENT, BODY):
        yield _words_strip(line)
    yield gap(1)


def _words_strip(line: Line) -> Strip:
    """The rule stands where the line begins."""
    backwards = line.right_to_left
    rule = LEFT + (BREADTH - 1.5 if backwards else 1.5)
    x = LEFT + (BREADTH - INDENT - line.width if backwards else INDENT)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.rule(rule, y, rule, y + BODY.line, ACCENT, 0.7)
        sheet.draw_line(line, x, y, BODY)

    return Strip(BODY.line, draw)


def _facts(sheet: Sheet, facts: Facts) -> Iterator[Strip]:
    label = Style(10, tint=GREY)
    for name, value in facts.pairs:
        names = sheet.our_lines(name, LABEL - 2, label)
        for called, line in zip_longest(names, sheet.lines(value, BREADTH - LABEL, BODY)):
            yield _fact_strip(called, line, label)


def _fact_strip(called: Line | None, line: Line | None, label: Style) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        if called:
            sheet.draw_line(called, LEFT, y, label)
        if line:
            sheet.draw_line(line, LEFT + LABEL, y, BODY)

    return Strip(BODY.line, draw)


def _tick(sheet: Sheet, tick: TickLine) -> Iterator[Strip]:
    for index, strip in enumerate(_text(sheet, tick.text, BODY, INDENT + 1)):
        yield Strip(strip.height, _with_box(strip, bool(tick.ticked)) if index == 0 else strip.draw)


def _with_box(strip: Strip, ticked: bool) -> Draw:
    def draw(sheet: Sheet, y: float) -> None:
        draw_tick_box(sheet, LEFT + 0.5, y + strip.height / 2 - 1.7, 3.4, ticked)
        strip.draw(sheet, y)

    return draw


def _writing(lines: WritingLines) -> Iterator[Strip]:
    for index in range(lines.count):
        yield _writing_strip(lines.label if index == 0 else "")


def _writing_strip(label: str) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        foot = y + WRITING - 1
        start = LEFT + (sheet.width_of(label, BODY) + 2 if label else 0)
        sheet.draw_text(label, LEFT, foot - BODY.line + 0.8, BODY)
        sheet.rule(start, foot, LEFT + BREADTH, foot, GREY)

    return Strip(WRITING, draw)


def _signatures(block: SignatureLines, language: Language) -> Iterator[Strip]:
    """One person a line: room for the name by hand, and for the date beside it."""
    _ = words(language)
    for role, name in block.people:
        yield _signature_strip(f"{role}: {name}" if name else role, _("Date"))


def _signature_strip(who: str, date: str) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        foot = y + 13
        for x, width, said in ((LEFT, 112.0, who), (LEFT + 120, BREADTH - 120, date)):
            sheet.rule(x, foot, x + width, foot, INK, 0.3)
            sheet.draw_text(said, x, foot + 0.8, SMALL)

    return Strip(20, draw)
