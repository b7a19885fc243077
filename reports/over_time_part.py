"""One instrument over the talks, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.looked_at import Grid, OverTime, Reading
from reports.numbers import ScaleTopic
from reports.paper.blocks import Block, Heading, Note, Paragraph, ScaleLine, ScalePoint, Table, Together
from reports.paper.blocks import Words as WordsBlock
from reports.paper.levels import LEVELS
from reports.sentences import EASIER
from translations import Words

BESIDE = 5  # columns a page has room for; a wider table goes on in one of its own


def over_time_blocks(told: OverTime, _: Words) -> Iterator[Block]:
    """Section by section with its level; what is private to its author is printed nowhere."""
    for lines in told.together if told.level != "p" else ():
        yield Heading(f"{told.title}: {lines.name}")
        yield from (block for line in lines.lines for block in _line(replace(line, changes=()), _))
    for section in (section for section in told.sections if section.level != "p" and section.printed):
        yield Heading(f"{told.title}: {section.title}" if len(told.sections) > 1 else told.title)
        yield Note(_(LEVELS[section.level]))
        for reading in section.readings:
            yield from _reading(reading, _)


def _reading(reading: Reading, _: Words) -> Iterator[Block]:
    blocks: list[Block] = [Paragraph("\n".join(reading.sentences))] if reading.sentences else []
    blocks += [WordsBlock(said.words, by=said.label) for said in reading.words]
    for scale in reading.scales:
        blocks += _line(scale, _)
    for lines in reading.line_sets:
        blocks.append(Paragraph(lines.name, bold=True))
        for line in lines.lines:
            blocks += _line(line, _)
    for grid in reading.grids:
        if grid.name != reading.title:
            blocks.append(Paragraph(grid.name, bold=True))
        blocks += _tables(grid)
    yield Together((Heading(reading.title, level=3),), then=tuple(blocks))


def _line(scale: ScaleTopic, _: Words) -> Iterator[Block]:
    points = tuple(ScalePoint(stop.on, stop.now.value, stop.wanted.value) for stop in scale.stops)
    note = (Note(_(EASIER)),) if scale.lower_is_easier else ()
    line = ScaleLine(scale.low, scale.high, scale.low_words, scale.high_words, points)
    name = (Paragraph(scale.topic),) if scale.topic else ()
    yield Together((*name, *note, line))
    yield from map(Note, scale.changes)


def _tables(grid: Grid) -> Iterator[Block]:
    """The first column stands in each part of a table that is wider than the page."""
    for first in range(1, max(len(grid.columns), 2), BESIDE - 1):
        here = slice(first, first + BESIDE - 1)
        columns = (grid.columns[0], *grid.columns[here])
        rows = tuple((row[0], *row[here]) for row in grid.rows)
        yield Table(columns, rows, tuple(1.0 for _column in columns), row_heads=False, small=len(columns) > BESIDE - 1)
