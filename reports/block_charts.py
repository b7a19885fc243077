"""Blocks of a paper as the screen shows them: drawings as charts, tables as tables of texts. From the block alone."""

from __future__ import annotations

from typing import Any

from reports.charts import LETTERS, Chart, letter_marks, path_chart, scale_chart, square
from reports.numbers import Number, Path, ScaleStop, ScaleTopic, Stop
from reports.paper.blocks import Cell, ColourCell, GroupSquare, Quadrant, ScaleLine, SquareField, Table
from reports.paper.group_square import FIRST, LAST
from reports.paper.wording import dated
from reports.sentences import SYMBOLS
from reports.text_table import TextTable, text_table
from reports.theme import INK, SMALL, drawn, trace
from translations import Language, words


def quadrant_chart(block: Quadrant, language: Language) -> Chart:
    stops = tuple(
        Stop(
            number,
            point.day,
            dated(point.day, language),
            _number(point.priority),
            _number(point.ability),
            None,
            near_border=False,
        )
        for number, point in enumerate(block.points, start=1)
    )
    return path_chart(Path(stops, (), ()), language)


def group_square_chart(block: GroupSquare, language: Language) -> Chart:
    _ = words(language)
    empty = trace(x=[], y=[], mode="markers", showlegend=False)
    figure = drawn(data=[empty], layout=square(_, [*letter_marks(), *(_said_in(each) for each in block.fields)]))
    alt = _("Four squares, with how many stood in each at the first and at the last talk of the term.")
    rows = [[f"{each.letter}: {each.meaning}", each.first, each.last] for each in block.fields]
    table = text_table([_("Square"), _(FIRST), _(LAST)], rows)
    told = "; ".join(f"{each.letter}: {each.first} → {each.last}" for each in block.fields)
    sentence = _("First talk → last talk: {told}.").format(told=told)
    return Chart(figure, f"{alt} {sentence}", sentence, table)


def _said_in(field: SquareField) -> dict[str, Any]:
    """Short enough for a phone's square; the sentence beside the drawing says what the arrow means."""
    x, y = LETTERS[field.letter]
    text = f"<b>{field.first} → {field.last}</b>"
    return {"x": x, "y": y - 1.6, "text": text, "showarrow": False, "font": {"size": SMALL, "color": INK}}


def line_chart(block: ScaleLine, language: Language) -> Chart:
    stops = tuple(
        ScaleStop("", point.day, dated(point.day, language), _number(point.now), _wanted(point.wanted), ())
        for point in block.points
    )
    ends = (block.low, block.high, block.low_words, block.high_words)
    return scale_chart(ScaleTopic("", *ends, stops, ()), language)


def table_of(block: Table) -> TextTable:
    """A paper's table may have no heads at all; here each column has one, be it empty."""
    count = len(block.rows[0]) if block.rows else len(block.columns)
    heads = (*block.columns, *([""] * count))[:count]
    return text_table(heads, [[say_cell(cell) for cell in row] for row in block.rows])


def say_cell(cell: Cell) -> str:
    """Symbol, colour and meaning in one line, then the statements."""
    if not isinstance(cell, ColourCell):
        return cell
    said = f"{SYMBOLS[cell.colour]} {cell.word}"
    said = f"{said}: {cell.meaning}" if cell.meaning else said
    return "; ".join((said, *cell.lines))


def _number(value: int | None) -> Number:
    return Number(value, "–" if value is None else str(value))


def _wanted(value: int | None) -> Number:
    return Number(value, "" if value is None else str(value))
