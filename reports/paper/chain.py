"""The functional analysis on paper: a chain from left to right with two lanes, and below it what comes of it."""

from __future__ import annotations

from instruments.model import Instrument, Section
from reports.paper.boxes import Place, Values, draw_arrow, draw_box, said
from reports.paper.sheet import LEFT, Sheet
from reports.paper.strips import Strip
from translations import Language, message, words

LINKS = {
    "harder": (Place(0, 29, 38, 52), message("Made the day harder")),
    "situation": (Place(44, 29, 38, 52), message("Situation")),
    "behaviour": (Place(88, 29, 38, 52), message("What one does")),
    "at_once": (Place(132, 0, 38, 52), message("At once")),
    "later": (Place(132, 58, 38, 52), message("In the long run")),
    "purpose": (Place(0, 120, 82, 32), message("What it is for")),
    "instead": (Place(88, 120, 82, 32), message("Instead")),
    "skill": (Place(0, 157, 82, 32), message("To practise")),
    "adults": (Place(88, 157, 82, 32), message("What adults change")),
}
ARROWS = (("harder", "situation"), ("situation", "behaviour"), ("behaviour", "at_once"), ("behaviour", "later"))
HEIGHT = 191.0


def draw_chain(
    _sheet: Sheet, instrument: Instrument, section: Section, values: Values | None, language: Language
) -> list[Strip]:
    """One strip. Without values: a chain to write in."""
    _ = words(language)
    picture = section.picture
    if picture is None:
        return []
    texts = {part: said(instrument, picture, part, values, _) for part in LINKS if part in picture.parts}

    def draw(on: Sheet, y: float) -> None:
        for one, other in ARROWS:
            if one in texts and other in texts:
                start, end = LINKS[one][0], LINKS[other][0]
                left = (LEFT + start.x + start.w, y + start.y + start.h / 2)
                draw_arrow(on, left, (LEFT + end.x, y + end.y + end.h / 2))
        for part, text in texts.items():
            place, title = LINKS[part]
            draw_box(on, Place(LEFT + place.x, y + place.y, place.w, place.h), _(title), text)

    return [Strip(HEIGHT, draw)]
