"""What a circle and a chain have besides their parts: the ring, the arrows, and the words on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import atan2, cos, pi, radians, sin
from typing import Literal

from forms.pictures_boxes import BOXES, Box
from instruments.model import PictureKind

Look = Literal["line", "dashed", "head"]
CENTRE = (170.0, 262.0)
RADII = (106.0, 164.0)
HEAD = 8.0
# Between the stations, clockwise from twelve.
ARROWS = (90, 136, 224, 270)
LAST = 318  # from what happened right after, the way back to the beginning is dashed
LINKS = (("harder", "situation"), ("situation", "behaviour"), ("behaviour", "at_once"), ("behaviour", "later"))


@dataclass(frozen=True)
class Drawn:
    """`path` is what an SVG path's `d` holds."""

    path: str
    look: Look = "line"


def lines_of(kind: PictureKind, shape: str, parts: Collection[str]) -> tuple[Drawn, ...]:
    boxes = BOXES[kind][shape]
    return tuple(_circle(boxes["trigger"]) if kind == "circle" else _chain(boxes, parts, shape == "wide"))


def _circle(trigger: Box) -> Iterator[Drawn]:
    (x0, y0), (xe, ye) = _on_ring(0), _on_ring(LAST)
    rx, ry = RADII
    yield Drawn(f"M{x0} {y0}A{rx:g} {ry:g} 0 1 1 {xe} {ye}")
    yield Drawn(f"M{xe} {ye}A{rx:g} {ry:g} 0 0 1 {x0} {y0}", "dashed")
    yield from _arrow((trigger.middle, trigger.bottom), (x0, y0))
    for degrees in (*ARROWS, 346):
        t = radians(degrees)
        yield _head(_on_ring(degrees), atan2(ry * sin(t), rx * cos(t)))


def _on_ring(degrees: float) -> tuple[float, float]:
    t = radians(degrees)
    return round(CENTRE[0] + RADII[0] * sin(t), 1), round(CENTRE[1] - RADII[1] * cos(t), 1)


def _chain(boxes: Mapping[str, Box], parts: Collection[str], wide: bool) -> Iterator[Drawn]:
    for one, other in LINKS:
        if one in parts and other in parts:
            yield from _between(boxes[one], boxes[other], wide)


def _between(one: Box, other: Box, wide: bool) -> Iterator[Drawn]:
    if wide:
        start, end = (one.x + one.w, one.y + one.h / 2), (other.x - 1, other.y + other.h / 2)
    else:
        start, end = (one.middle, one.bottom), (other.middle, other.y - 1)
    yield from _arrow(start, end)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Drawn]:
    yield Drawn(f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}")
    yield _head(end, atan2(end[1] - start[1], end[0] - start[0]))


def _head(tip: tuple[float, float], angle: float) -> Drawn:
    wings = [(tip[0] + HEAD * cos(angle + turn), tip[1] + HEAD * sin(angle + turn)) for turn in (pi * 0.82, -pi * 0.82)]
    (ax, ay), (bx, by) = wings
    return Drawn(f"M{tip[0]:g} {tip[1]:g}L{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}Z", "head")
