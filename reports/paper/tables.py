"""A table as strips: one strip a row, or one a line where a row is taller than a page has room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.paper.blocks import Cell, ColourCell, Table
from reports.paper.lines import Line
from reports.paper.sheet import BODY, BREADTH, DEPTH, INK, LEFT, SMALL_INK, STRONG, Sheet, Style
from reports.paper.strips import Draw, Strip
from reports.paper.symbols import draw_symbol, draw_tick_box

PAD = 1.4
GUTTER = 3.0
SYMBOL = 5.4
BOX = 4.6
HEAD = Style(8.5, bold=True)


@dataclass(frozen=True)
class _CellLine:
    """`mark` is drawn in the space that `indent` leaves free."""

    line: Line
    style: Style
    indent: float = 0.0
    mark: ColourCell | None = None
    box: bool = False

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        middle = y + self.style.line / 2
        if self.box:
            draw_tick_box(sheet, x, middle - 1.6)
            x += BOX
        if self.mark:
            draw_symbol(sheet, self.mark.colour, x + 2, middle)
        sheet.draw_line(self.line, x + self.indent, y, self.style)


@dataclass(frozen=True)
class _Row:
    cells: tuple[tuple[_CellLine, ...], ...]

    def height_of(self, cell: tuple[_CellLine, ...]) -> float:
        return sum(line.style.line for line in cell)

    @property
    def height(self) -> float:
        return max(self.height_of(cell) for cell in self.cells) + 2 * PAD


def table_strips(sheet: Sheet, table: Table) -> list[Strip]:
    total = sum(table.widths)
    widths = [BREADTH * share / total for share in table.widths]
    lefts = [LEFT + sum(widths[:index]) for index in range(len(widths))]
    head = _head(sheet, table, widths, lefts) if table.columns else None
    strips = [head] if head else []
    for cells in table.rows:
        row = _Row(
            tuple(
                tuple(_cell_lines(sheet, cell, width - GUTTER, _style(table, index)))
                for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
            )
        )
        strips += _row_strips(row, lefts, head)
    return strips


def _head(sheet: Sheet, table: Table, widths: list[float], lefts: list[float]) -> Strip:
    row = _Row(
        tuple(
            tuple(_CellLine(line, HEAD) for line in sheet.lines(column, width - GUTTER, HEAD))
            for column, width in zip(table.columns, widths, strict=True)
        )
    )

    def draw(on: Sheet, y: float) -> None:
        _draw_cells(on, row, lefts, y)
        on.rule(LEFT, y + row.height, LEFT + BREADTH, y + row.height, INK, 0.4)

    return Strip(row.height, draw, glued=True)


def _row_strips(row: _Row, lefts: list[float], head: Strip | None) -> Iterator[Strip]:
    if row.height <= DEPTH - (head.height if head else 0.0):
        yield Strip(row.height, lambda on, y: _draw_row(on, row, lefts, y), again=head)
        return
    for index in range(max(len(cell) for cell in row.cells)):
        slice_ = _Row(tuple(cell[index : index + 1] for cell in row.cells))
        yield Strip(slice_.height - 2 * PAD, _slice_drawing(slice_, lefts), again=head)
    yield Strip(2 * PAD, lambda on, y: on.rule(LEFT, y + PAD, LEFT + BREADTH, y + PAD))


def _slice_drawing(row: _Row, lefts: list[float]) -> Draw:
    return lambda on, y: _draw_cells(on, row, lefts, y - PAD)


def _draw_row(sheet: Sheet, row: _Row, lefts: list[float], y: float) -> None:
    _draw_cells(sheet, row, lefts, y)
    sheet.rule(LEFT, y + row.height, LEFT + BREADTH, y + row.height)


def _draw_cells(sheet: Sheet, row: _Row, lefts: list[float], y: float) -> None:
    for cell, x in zip(row.cells, lefts, strict=True):
        top = y + PAD
        for line in cell:
            line.draw(sheet, x, top)
            top += line.style.line


def _style(table: Table, column: int) -> Style:
    if table.row_heads and column == 0:
        return HEAD if table.small else STRONG
    return SMALL_INK if table.small else BODY


def _cell_lines(sheet: Sheet, cell: Cell, width: float, style: Style) -> Iterator[_CellLine]:
    if isinstance(cell, ColourCell):
        yield from _colour_lines(sheet, cell, width)
        return
    for line in sheet.lines(cell, width, style):
        yield _CellLine(line, style)


def _colour_lines(sheet: Sheet, cell: ColourCell, width: float) -> Iterator[_CellLine]:
    boxed = BOX if cell.box else 0.0
    for index, line in enumerate(sheet.lines(cell.word, width - SYMBOL - boxed, STRONG)):
        first = index == 0
        yield _CellLine(line, STRONG, SYMBOL, cell if first else None, cell.box and first)
    for line in sheet.lines(cell.meaning, width, BODY) if cell.meaning else ():
        yield _CellLine(line, BODY)
    for text in cell.lines:
        for index, line in enumerate(sheet.lines(text, width - (BOX if cell.boxes else 0), SMALL_INK)):
            box = cell.boxes and index == 0
            yield _CellLine(line, SMALL_INK, 0.0 if box or not cell.boxes else BOX, None, box)
