"""What is filled in by hand on a blank form: cards, ruled tables, and the fields of a row too wide for a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.paper.blocks import CardBoxes, Field, Fields, RuledColumn, RuledTable
from reports.paper.lines import Line
from reports.paper.sheet import BODY, BREADTH, GREY, INK, LEFT, RULE, SMALL, SMALL_INK, STRONG, Sheet, Style
from reports.paper.strips import Draw, Strip, gap, glue
from reports.paper.symbols import draw_tick_box

HEAD = Style(8.5, bold=True)
PAD, BOX, GAP = 1.6, 4.8, 3.0
ACROSS, CARD = 3, 13.0
NUMBER = 7.0
WRITING = 8.5
NARROW = 0.55  # of half a row: a longer label gets a row of its own
WIDE = 0.6


def card_strips(sheet: Sheet, block: CardBoxes) -> Iterator[Strip]:
    """Three beside each other, each with a box to tick and a square for its number."""
    cards = (*block.cards, *("" for _card in range(block.blank)))
    for first in range(0, len(cards), ACROSS):
        yield _card_row(sheet, cards[first : first + ACROSS])


def _card_row(sheet: Sheet, cards: Sequence[str]) -> Strip:
    width = (BREADTH - (ACROSS - 1) * GAP) / ACROSS
    texts = [sheet.our_lines(text, width - BOX - NUMBER - 3 * PAD, BODY) if text else [] for text in cards]
    height = max(CARD, *(len(lines) * BODY.line + 2 * PAD for lines in texts))

    def draw(on: Sheet, y: float) -> None:
        for index, lines in enumerate(texts):
            x = LEFT + index * (width + GAP)
            on.box(x, y, width, height, tint=GREY)
            draw_tick_box(on, x + PAD, y + height / 2 - 1.7, 3.4)
            on.box(x + width - NUMBER - PAD, y + (height - NUMBER) / 2, NUMBER, NUMBER, tint=RULE)
            if lines:
                _draw_lines(on, lines, x + PAD + BOX, y + (height - len(lines) * BODY.line) / 2, BODY)
            else:
                foot = y + height - 3
                on.rule(x + PAD + BOX, foot, x + width - NUMBER - 2 * PAD, foot, GREY)

    return Strip(height + 2, draw)


@dataclass(frozen=True)
class _Ruled:
    """Where the upright lines of a ruled table stand, and what is printed in its cells."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    def draw_frame(self, sheet: Sheet, y: float, height: float, head: bool = False) -> None:
        for left in self.lefts:
            sheet.rule(left, y, left, y + height, GREY)
        sheet.rule(LEFT + BREADTH, y, LEFT + BREADTH, y + height, GREY)
        sheet.rule(LEFT, y + height, LEFT + BREADTH, y + height, INK if head else GREY, 0.4 if head else 0.2)


def ruled_strips(sheet: Sheet, table: RuledTable) -> Iterator[Strip]:
    """Rows to write in, under a head that comes again on each page."""
    shares = [*([table.head_width] if table.head_width else []), *(column.width for column in table.columns)]
    widths = tuple(BREADTH * share / sum(shares) for share in shares)
    frame = _Ruled(tuple(LEFT + sum(widths[:index]) for index in range(len(widths))), widths)
    head = _ruled_head(sheet, table, frame)
    yield head
    for row in table.rows:
        yield _ruled_row(sheet, table, row, frame, head)


def _ruled_head(sheet: Sheet, table: RuledTable, frame: _Ruled) -> Strip:
    names = [*([table.head] if table.head_width else []), *(column.head for column in table.columns)]
    cells = [
        sheet.our_lines(name, width - 2 * PAD, HEAD) if name else []
        for name, width in zip(names, frame.widths, strict=True)
    ]
    height = max(len(lines) for lines in cells) * HEAD.line + 2 * PAD

    def draw(on: Sheet, y: float) -> None:
        on.rule(LEFT, y, LEFT + BREADTH, y, GREY)
        for lines, left in zip(cells, frame.lefts, strict=True):
            _draw_lines(on, lines, left + PAD, y + PAD, HEAD)
        frame.draw_frame(on, y, height, head=True)

    return Strip(height, draw, glued=True)


def _ruled_row(sheet: Sheet, table: RuledTable, name: str, frame: _Ruled, head: Strip) -> Strip:
    heads = int(bool(table.head_width))
    named = sheet.our_lines(name, frame.widths[0] - 2 * PAD, BODY) if heads and name else []
    columns = list(zip(table.columns, frame.lefts[heads:], frame.widths[heads:], strict=True))
    boxes = [(left, _box_lines(sheet, column, width)) for column, left, width in columns if column.boxes]
    lines = [len(lines) for _left, lines in boxes]
    height = max(table.row_height, len(named) * BODY.line + 2 * PAD, max(lines, default=0) * SMALL.line + 2 * PAD)

    def draw(on: Sheet, y: float) -> None:
        _draw_lines(on, named, LEFT + PAD, y + PAD, BODY)
        for left, drawn in boxes:
            _draw_boxes(on, drawn, left + PAD, y + (PAD if drawn[0][1] else height / 2 - SMALL.line / 2))
        frame.draw_frame(on, y, height)

    return Strip(height, draw, again=head)


BoxLine = tuple[bool, Line | None]


def _box_lines(sheet: Sheet, column: RuledColumn, width: float) -> list[BoxLine]:
    """Each text after its box; a text of several lines has one box."""
    found: list[BoxLine] = []
    for text in column.boxes:
        lines = sheet.our_lines(text, width - 2 * PAD - BOX, SMALL_INK) if text else []
        found += [(index == 0, line) for index, line in enumerate(lines)] or [(True, None)]
    return found


def _draw_boxes(sheet: Sheet, lines: Sequence[BoxLine], x: float, y: float) -> None:
    for index, (boxed, line) in enumerate(lines):
        top = y + index * SMALL_INK.line
        if boxed:
            draw_tick_box(sheet, x, top + SMALL_INK.line / 2 - 1.5, 3.0)
        if line:
            sheet.draw_line(line, x + BOX, top, SMALL_INK)


def field_strips(sheet: Sheet, block: Fields) -> list[Strip]:
    """The title over a rule, then the fields; all on one page."""
    strips = [gap(3), *_title(sheet, block.title)]
    waiting: list[Field] = []
    for field in block.fields:
        if not _is_short(sheet, field):
            strips += [*_pairs(waiting), *_wide(sheet, field)]
            waiting = []
        else:
            waiting.append(field)
    return glue([*strips, *_pairs(waiting)])


def _title(sheet: Sheet, title: str) -> Iterator[Strip]:
    for index, line in enumerate(sheet.our_lines(title, BREADTH, STRONG) if title else [None]):
        yield _title_strip(line, first=index == 0)


def _title_strip(line: Line | None, first: bool) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        if first:
            sheet.rule(LEFT, y, LEFT + BREADTH, y, INK, 0.4)
        if line:
            sheet.draw_line(line, LEFT, y + 1, STRONG)

    return Strip(STRONG.line + 1 if line else 1, draw, glued=True)


def _is_short(sheet: Sheet, field: Field) -> bool:
    return not field.boxes and field.lines == 1 and sheet.width_of(field.label, BODY) < NARROW * BREADTH / 2


def _pairs(fields: Sequence[Field]) -> Iterator[Strip]:
    for first in range(0, len(fields), 2):
        pair = fields[first : first + 2]
        width = (BREADTH - GAP) / 2 if len(pair) == 2 else BREADTH
        yield Strip(WRITING, _written([(field.label, LEFT + n * (width + GAP), width) for n, field in enumerate(pair)]))


def _written(places: Sequence[tuple[str, float, float]]) -> Draw:
    def draw(sheet: Sheet, y: float) -> None:
        foot = y + WRITING - 1
        for label, x, width in places:
            start = x + (sheet.width_of(label, BODY) + 2 if label else 0)
            sheet.draw_text(label, x, foot - BODY.line + 0.8, BODY)
            sheet.rule(start, foot, x + width, foot, GREY)

    return draw


def _wide(sheet: Sheet, field: Field) -> Iterator[Strip]:
    """A label as long as it is, and under it the boxes or the lines. One line goes on after a short label."""
    if not field.boxes and field.lines == 1 and sheet.width_of(field.label, BODY) < WIDE * BREADTH:
        yield Strip(WRITING, _written([(field.label, LEFT, BREADTH)]))
        return
    yield gap(1.5)
    for line in sheet.our_lines(field.label, BREADTH, BODY):
        yield _label_strip(line)
    if field.boxes:
        yield from _box_rows(sheet, field.boxes)
    for _line in range(0 if field.boxes else field.lines):
        yield Strip(WRITING, _written([("", LEFT, BREADTH)]))


def _label_strip(line: Line) -> Strip:
    return Strip(BODY.line, lambda sheet, y: sheet.draw_line(line, LEFT, y, BODY))


def _box_rows(sheet: Sheet, boxes: Sequence[str]) -> Iterator[Strip]:
    """As many beside each other as the widest of them allows."""
    widest = max(sheet.width_of(text, BODY) for text in boxes) + BOX + GAP
    across = max(1, int((BREADTH + GAP) / widest))
    width = BREADTH / across
    for first in range(0, len(boxes), across):
        texts = [sheet.our_lines(text, width - BOX - GAP, BODY) for text in boxes[first : first + across]]
        yield _box_row(texts, width)


def _box_row(texts: Sequence[Sequence[Line]], width: float) -> Strip:
    def draw(sheet: Sheet, y: float) -> None:
        for index, lines in enumerate(texts):
            x = LEFT + index * width
            draw_tick_box(sheet, x + 0.5, y + BODY.line / 2 - 1.2, 3.4)
            _draw_lines(sheet, lines, x + BOX + 1, y + 0.5, BODY)

    return Strip(max(len(lines) for lines in texts) * BODY.line + 1.4, draw)


def _draw_lines(sheet: Sheet, lines: Sequence[Line], x: float, y: float, style: Style) -> None:
    for index, line in enumerate(lines):
        sheet.draw_line(line, x, y + index * style.line, style)
