"""Where the parts of a circle and of a chain lie. Units of the drawing: about a pixel on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from instruments.model import PictureKind


@dataclass(frozen=True)
class Box:
    """`limit`: how many letters of the text there is room for."""

    x: float
    y: float
    w: float
    h: float
    limit: int

    @property
    def middle(self) -> float:
        return self.x + self.w / 2

    @property
    def bottom(self) -> float:
        return self.y + self.h


SIDE, WIDTH, HEIGHT = 132, 340, 88
RIGHT = WIDTH - 2 - SIDE
CIRCLE = {
    "trigger": Box(60, 3, 220, 64, 54),
    "thought": Box(RIGHT, 142, SIDE, HEIGHT, 46),
    "feeling": Box(RIGHT, 276, SIDE, HEIGHT, 46),
    "body": Box(104, 388, SIDE, HEIGHT, 46),
    "action": Box(2, 276, SIDE, HEIGHT, 46),
    "after": Box(2, 142, SIDE, HEIGHT, 46),
}
WIDE_CHAIN = {
    "harder": Box(2, 92, 220, 134, 84),
    "situation": Box(260, 92, 220, 134, 84),
    "behaviour": Box(518, 92, 220, 134, 84),
    "at_once": Box(776, 2, 222, 134, 84),
    "later": Box(776, 182, 222, 134, 84),
    "purpose": Box(2, 364, 238, 134, 92),
    "instead": Box(254, 364, 238, 134, 92),
    "skill": Box(506, 364, 238, 134, 92),
    "adults": Box(758, 364, 240, 134, 92),
}
NARROW_CHAIN = {
    "harder": Box(2, 3, 336, 76, 120),
    "situation": Box(2, 107, 336, 76, 120),
    "behaviour": Box(2, 211, 336, 76, 120),
    "at_once": Box(2, 327, 160, 104, 72),
    "later": Box(178, 327, 160, 104, 72),
    "purpose": Box(2, 467, 336, 76, 120),
    "instead": Box(2, 555, 336, 76, 120),
    "skill": Box(2, 643, 336, 76, 120),
    "adults": Box(2, 731, 336, 76, 120),
}
BOXES: Mapping[PictureKind, Mapping[str, Mapping[str, Box]]] = {
    "circle": {"only": CIRCLE},
    "chain": {"wide": WIDE_CHAIN, "narrow": NARROW_CHAIN},
}
TRIED = 3  # how many tries, the latest, stand on a rung
