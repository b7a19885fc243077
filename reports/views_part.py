"""The student's view beside staff's, on paper."""

from __future__ import annotations

from collections.abc import Iterator

from reports.paper.blocks import Block, Heading, Note, Table, Together
from reports.views import TITLE, Views, colour_grid, say_views, words_grid
from translations import Words

WIDTHS = {5: (24.0, 36.0, 36.0, 36.0, 38.0), 4: (24.0, 34.0, 56.0, 56.0)}


def views_blocks(views: Views, _: Words) -> Iterator[Block]:
    grids = [grid for grid in (colour_grid(views, _.language), words_grid(views, _.language)) if grid.rows]
    if not grids:
        return
    yield Together((Heading(_(TITLE)), *map(Note, say_views(views, _.language))))
    for grid in grids:
        table = Table(grid.columns, grid.rows, WIDTHS[len(grid.columns)], row_heads=False)
        yield Together((Heading(grid.name, level=2),), then=(table,))
