"""Strips are what is never cut: a line, a table row, a drawing. Pages are made by laying strips under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reports.paper.sheet import DEPTH, Sheet

Draw = Callable[[Sheet, float], None]


@dataclass(frozen=True)
class Strip:
    """`draw` gets the sheet and the y of the strip's top.

    `glued`: stays with the next strip. `again` is drawn first when this strip begins a page (a
    table's head). `gap` is only there between strips, not at the top of a page. `turn`: a new page first.
    """

    height: float
    draw: Draw
    glued: bool = False
    again: Strip | None = None
    gap: bool = False
    turn: bool = False


Page = list[tuple[float, Strip]]


def nothing(sheet: Sheet, y: float) -> None:
    """Draws a gap."""


def gap(height: float, glued: bool = False) -> Strip:
    return Strip(height, nothing, glued=glued, gap=True)


def glue(strips: Iterable[Strip]) -> list[Strip]:
    """All of them on one page, if one page can hold them."""
    found = list(strips)
    return [replace(strip, glued=True) for strip in found[:-1]] + found[-1:]


def lay_out(strips: list[Strip], first_depth: float) -> list[Page]:
    """Strips with their distance from the top of the page. `first_depth` is what the first page has room for."""
    pages: list[Page] = [[]]
    room, used = first_depth, 0.0
    for chunk in _chunks(strips):
        height = sum(strip.height for strip in chunk)
        begins_page = not pages[-1]
        fits_elsewhere = height <= DEPTH
        if (height > room - used and not begins_page and fits_elsewhere) or (chunk[0].turn and not begins_page):
            pages.append([])
            room, used = DEPTH, 0.0
        for strip in chunk:
            if strip.height > room - used and pages[-1]:
                pages.append([])
                room, used = DEPTH, 0.0
            if not pages[-1] and len(pages) > 1:
                if strip.gap:
                    continue
                if strip.again:
                    pages[-1].append((used, strip.again))
                    used += strip.again.height
            pages[-1].append((used, strip))
            used += strip.height
    return pages


def _chunks(strips: list[Strip]) -> Iterable[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        chunk.append(strip)
        if not strip.glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
