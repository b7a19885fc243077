"""The trigger circle on paper: what set it off above the ring, five stations clockwise, and the way back."""

from __future__ import annotations

from math import atan2, cos, radians, sin

from instruments.model import Instrument, Section
from instruments.pictures import turning_item
from reports.paper.boxes import Place, Values, draw_arrow, draw_box, draw_head, said
from reports.paper.sheet import BREADTH, GREY, LEFT, SMALL, Sheet
from reports.paper.strips import Strip
from translations import Language, Words, message, words

STATIONS = {
    "trigger": (Place(30, 0, 110, 27), message("What set it off")),
    "thought": (Place(108, 60, 62, 37), message("Thought")),
    "feeling": (Place(108, 114, 62, 37), message("Feeling")),
    "body": (Place(54, 158, 62, 37), message("Body")),
    "action": (Place(0, 114, 62, 37), message("What I did")),
    "after": (Place(0, 60, 62, 37), message("Right after")),
}
CENTRE = (BREADTH / 2, 110.0)
RADII = (52.0, 69.0)
HEIGHT = 197.0
LAST, STEP = 318, 3
ARROWS = (90, 137, 223, 270, 345)


def draw_circle(
    _sheet: Sheet, instrument: Instrument, section: Section, values: Values | None, language: Language
) -> list[Strip]:
    """One strip. Without values: a ring to write in."""
    _ = words(language)
    picture = section.picture
    if picture is None:
        return []
    choice = turning_item(instrument, picture)
    turning = (values or {}).get(choice) if choice else None
    texts = {part: said(instrument, picture, part, values, _) for part in STATIONS}

    def draw(on: Sheet, y: float) -> None:
        _draw_ring(on, y)
        on.draw_text(_("next time"), LEFT + CENTRE[0], y + CENTRE[1] - RADII[1] + 6, SMALL, align=0.5)
        for part, (place, title) in STATIONS.items():
            turns = turning is not None and picture.parts[part] == turning
            here = Place(LEFT + place.x, y + place.y, place.w, place.h)
            draw_box(on, here, _title(_(title), turns, _), texts[part], thick=turns)

    return [Strip(HEIGHT, draw)]


def _title(title: str, turns: bool, _: Words) -> str:
    return f"{title} – {_('could turn here')}" if turns else title


def _draw_ring(sheet: Sheet, y: float) -> None:
    """The part from what happened right after, back to the beginning, is dashed."""
    for degrees in range(0, 360, STEP):
        if degrees < LAST or degrees % (2 * STEP) == 0:
            sheet.rule(*_on_ring(degrees, y), *_on_ring(degrees + STEP, y), tint=GREY, width=0.4)
    trigger, _title_of = STATIONS["trigger"]
    draw_arrow(sheet, (LEFT + trigger.middle, y + trigger.h), _on_ring(0, y))
    for degrees in ARROWS:
        t = radians(degrees)
        draw_head(sheet, _on_ring(degrees, y), atan2(RADII[1] * sin(t), RADII[0] * cos(t)))


def _on_ring(degrees: float, y: float) -> tuple[float, float]:
    t = radians(degrees)
    return LEFT + CENTRE[0] + RADII[0] * sin(t), y + CENTRE[1] - RADII[1] * cos(t)
