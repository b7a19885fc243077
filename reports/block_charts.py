"""Blocks of a paper as the screen shows them: drawings as charts, tables as tables of texts. From the block alone."""

from __future__ import annotations

import pandas as pd

from reports.charts import Chart, path_chart, scale_chart
from reports.numbers import Number, Path, ScaleStop, ScaleTopic, Stop
from reports.paper.blocks import Cell, ColourCell, Quadrant, ScaleLine, Table
from reports.paper.wording import dated
from reports.sentences import SYMBOLS
from reports.text_table import text_table
from translations import Language


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


def line_chart(block: ScaleLine, language: Language) -> Chart:
    stops = tuple(
        ScaleStop("", point.day, dated(point.day, language), _number(point.now), _wanted(point.wanted), ())
        for point in block.points
    )
    ends = (block.low, block.high, block.low_words, block.high_words)
    return scale_chart(ScaleTopic("", *ends, stops, ()), language)


def table_frame(block: Table) -> pd.DataFrame:
    """Columns without a head get one of blanks: no two columns may have the same."""
    count = len(block.rows[0]) if block.rows else len(block.columns)
    heads = [head or "\u00a0" * place for place, head in enumerate((*block.columns, *([""] * count))[:count], start=1)]
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
