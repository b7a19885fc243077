"""The four colours as shapes, told apart in black and white too. The forms use the same."""

from __future__ import annotations

from reports.paper.blocks import Colour
from reports.paper.sheet import INK, Sheet, Tint

FILLS: dict[Colour, Tint] = {
    "green": (62, 142, 78),
    "yellow": (247, 205, 70),
    "orange": (236, 132, 44),
    "red": (196, 50, 46),
}


def draw_symbol(sheet: Sheet, colour: Colour, x: float, y: float, radius: float = 1.7) -> None:
    """Circle, triangle, diamond, square for green, yellow, orange, red; `x`, `y` is the middle."""
    fill, r = FILLS[colour], radius
    if colour == "green":
        sheet.disc(x, y, r, fill)
    elif colour == "yellow":
        sheet.polygon(((x, y - r), (x + 1.1 * r, y + r * 0.9), (x - 1.1 * r, y + r * 0.9)), fill)
    elif colour == "orange":
        sheet.polygon(((x, y - 1.2 * r), (x + 1.2 * r, y), (x, y + 1.2 * r), (x - 1.2 * r, y)), fill)
    else:
        sheet.box(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r, fill)


def draw_tick_box(sheet: Sheet, x: float, y: float, side: float = 3.2, ticked: bool = False) -> None:
    """`x`, `y` is the upper left corner."""
    sheet.box(x, y, side, side)
    if ticked:
        sheet.rule(x + 0.5, y + side * 0.55, x + side * 0.42, y + side - 0.6, INK, 0.5)
        sheet.rule(x + side * 0.42, y + side - 0.6, x + side - 0.4, y + 0.5, INK, 0.5)
