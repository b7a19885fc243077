"""The pictures over a section's answers, on paper. What has no room in them stands whole in the answers below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from instruments.model import Instrument, PictureKind, Section
from reports.paper.blocks import Picture
from reports.paper.boxes import Values
from reports.paper.chain import draw_chain
from reports.paper.circle import draw_circle
from reports.paper.ladder import draw_ladder
from reports.paper.sheet import Sheet
from reports.paper.strips import Strip
from reports.paper.thermometer import draw_thermometer
from translations import Language

Drawer = Callable[[Sheet, Instrument, Section, Values | None, Language], list[Strip]]
PICTURES: Mapping[PictureKind, Drawer] = {
    "circle": draw_circle,
    "chain": draw_chain,
    "thermometer": draw_thermometer,
    "ladder": draw_ladder,
}


def picture_strips(sheet: Sheet, block: Picture, language: Language) -> list[Strip]:
    picture = block.section.picture
    return PICTURES[picture.kind](sheet, block.instrument, block.section, block.values, language) if picture else []
