"""Where a day is written beside a point of the path, so that it covers neither points, arrows nor other days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Spot: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

# In steps of the scale, for a square of about 44 pixels a step and letters of 14 pixels.
LETTER, LINE = 0.17, 0.42
PIXELS = 44
LOW, HIGH = 0.5, 10.5


@dataclass(frozen=True)
class Label:
    """`shift` is in pixels from the spot, upward positive; `anchor` the side of the text that is held there."""

    spot: Spot
    text: str
    anchor: str
    shift: tuple[float, float]


def place_labels(
    texts: Mapping[Spot, Sequence[str]], marks: Mapping[Spot, float], paths: Sequence[tuple[Spot, Spot]]
) -> list[Label]:
    """On the side of the mark where it covers least. `marks` are widths in pixels; one mark's days stand as lines."""
    taken = [_square(spot, width / PIXELS / 2) for spot, width in marks.items()]
    taken += [_square(spot, 0.1) for start, end in paths for spot in _along(start, end)]
    found = []
    for spot, lines in texts.items():
        _cost, _order, box, label = min(
            (_overlap(box, taken), order, box, label)
            for order, (box, label) in enumerate(_sides(spot, lines, marks[spot] / PIXELS / 2))
        )
        taken.append(box)
        found.append(label)
    return found


def _sides(spot: Spot, lines: Sequence[str], radius: float) -> list[tuple[Box, Label]]:
    text = "<br>".join(lines)
    width, height = max(map(len, lines)) * LETTER, len(lines) * LINE
    beside, above = radius + 0.1, radius + 0.05 + height / 2
    sides = [
        *(("left", beside, 0.0), ("right", -beside, 0.0), ("center", 0.0, above), ("center", 0.0, -above)),
        *(("left", radius * 0.7, above), ("right", -radius * 0.7, above)),
        *(("left", radius * 0.7, -above), ("right", -radius * 0.7, -above)),
    ]
    return [
        (_box(spot, anchor, (right, up), (width, height)), Label(spot, text, anchor, (right * PIXELS, up * PIXELS)))
        for anchor, right, up in sides
    ]


def _box(spot: Spot, anchor: str, shift: tuple[float, float], size: tuple[float, float]) -> Box:
    """Where the text lies: `anchor` is the side of it that is held at the shifted spot."""
    held, middle = spot[0] + shift[0], spot[1] + shift[1]
    left = held - {"left": 0.0, "center": size[0] / 2, "right": size[0]}[anchor]
    return left, middle - size[1] / 2, left + size[0], middle + size[1] / 2


def _along(start: Spot, end: Spot) -> list[Spot]:
    return [(start[0] + (end[0] - start[0]) * t / 8, start[1] + (end[1] - start[1]) * t / 8) for t in range(1, 8)]


def _square(spot: Spot, radius: float) -> Box:
    return spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius


def _overlap(box: Box, taken: Sequence[Box]) -> float:
    """The covered area, and ten times what would stand outside the square."""
    left, bottom, right, top = box
    covered = sum(
        (min(right, other[2]) - max(left, other[0])) * (min(top, other[3]) - max(bottom, other[1]))
        for other in taken
        if other[0] < right and other[2] > left and other[1] < top and other[3] > bottom
    )
    outside = max(0.0, LOW - left) + max(0.0, right - HIGH) + max(0.0, LOW - bottom) + max(0.0, top - HIGH)
    return covered + 10 * outside
