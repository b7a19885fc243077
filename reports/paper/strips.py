"""Strips are what is never cut: a line, a table row, a drawing. Pages are made by laying strips under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reports.paper.sheet import DEPTH, Sheet

Draw = Callable[[Sheet, float], None]


@dataclass(frozen=True)
class Strip:
    """`draw` gets the sheet and the y of the strip's top.

    `glued`: stays with the next strip. `again` is drawn first when this strip begins a page (a table's
    head). A `gap` falls away at the top of a page. `turn`: what comes next begins a page.
    """

    height: float
    draw: Draw
    glued: bool = False
    again: Strip | None = None
    gap: bool = False
    turn: bool = False


Page = list[tuple[float, Strip]]


def _nothing(sheet: Sheet, y: float) -> None:
    """Draws a gap."""


def gap(height: float, turn: bool = False) -> Strip:
    """It belongs to what follows, so that a heading and its text stay together across it."""
    return Strip(height, _nothing, glued=True, gap=True, turn=turn)


def glue(strips: Iterable[Strip]) -> list[Strip]:
    """All of them on one page, if one page can hold them."""
    found = list(strips)
    return [replace(strip, glued=True) for strip in found[:-1]] + found[-1:]


def lay_out(strips: list[Strip]) -> list[Page]:
    """Strips with their distance from the top of the page."""
    pages: list[Page] = [[]]
    for chunk in _chunks(strips):
        height = sum(strip.height for strip in chunk)
        turn = any(strip.turn for strip in chunk)
        if pages[-1] and (turn or (height > _room(pages[-1]) and height <= DEPTH)):
            pages.append([])
        for strip in chunk:
            _lay(pages, strip)
    return pages


def _lay(pages: list[Page], strip: Strip) -> None:
    if pages[-1] and strip.height > _room(pages[-1]):
        pages.append([])
    if not pages[-1] and strip.gap:
        return
    if not pages[-1] and strip.again:
        pages[-1].append((0.0, strip.again))
    pages[-1].append((DEPTH - _room(pages[-1]), strip))


def _room(page: Page) -> float:
    if not page:
        return DEPTH
    from_top, last = page[-1]
    return DEPTH - from_top - last.height


def _chunks(strips: list[Strip]) -> Iterable[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        chunk.append(strip)
        if not strip.glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
