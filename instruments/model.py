"""An instrument: what is asked, in which edition, of whom, and what may be read where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from instruments.items import ChoiceItem, ChoicesItem, Item, JointColourItem, Respondent, SchoolForm, TickItem
from instruments.text import Id, Language, Part, Text

__all__ = ["Group", "Instrument", "Language", "Level", "Offer", "Section", "Source", "Text"]

Level = Literal["m", "e", "p"]
Group = Literal["A", "B", "C", "D"]
PictureKind = Literal["circle", "chain", "thermometer", "ladder"]

# What each picture is drawn from. A chain can do without what made the day harder.
PICTURE_PARTS: dict[PictureKind, frozenset[str]] = {
    "circle": frozenset({"trigger", "thought", "feeling", "body", "action", "after"}),
    "chain": frozenset(
        {"harder", "situation", "behaviour", "at_once", "later", "purpose", "instead", "skill", "adults"}
    ),
    "thermometer": frozenset({"situations"}),
    "ladder": frozenset({"steps", "tries"}),
}
MAY_BE_MISSING = frozenset({"harder"})


class Source(Part):
    """Whom the instrument follows. The structure is theirs, the wording the product's own."""

    name: str
    page: str | None = None
    note: Text | None = None


class Offer(Part):
    """A measure that staff may propose. Staff see it under its group; the student only as a proposal."""

    id: Id
    text: Text


class Picture(Part):
    """A drawing over a section's items, which stay ordinary inputs. `parts` names the item behind each part.

    A part may name an item of another section: two rings have the same trigger.
    """

    kind: PictureKind
    parts: dict[str, Id]

    @model_validator(mode="after")
    def _parts_are_known(self) -> Picture:
        needed, possible = PICTURE_PARTS[self.kind], PICTURE_PARTS[self.kind] | MAY_BE_MISSING
        if not needed <= set(self.parts) | MAY_BE_MISSING or not set(self.parts) <= possible:
            wanted = ", ".join(sorted(needed))
            raise PydanticCustomError("picture_parts", "the parts are not {wanted}", {"wanted": wanted})
        return self


class Section(Part):
    """Items that belong together. `phase` names the phase of a talk that this section waits for.

    `level` is its own where it is another than the instrument's. `printed: false` keeps its answers off every paper
    and copy: where two guardians live must never meet on one.
    """

    id: Id
    title: Text
    help: Text | None = None
    phase: Id | None = None
    level: Level | None = None
    picture: Picture | None = None
    printed: bool = True
    items: tuple[Item, ...] = Field(min_length=1)


class Instrument(Part):
    """`level` says who may read the answers: m mentor, e student health only, p its author alone.

    `intro` speaks to the one who answers, `guide` to staff. `alone` says that it may stand on the
    student's own page. `offers` are for staff: neither their letter nor their heading is ever shown
    to a student.
    """

    id: Id
    edition: Annotated[int, Field(ge=1)]
    level: Level
    source: Source
    title: Text
    short: Text
    intro: Text
    guide: tuple[Text, ...] = ()
    respondents: tuple[Respondent, ...] = Field(min_length=1)
    alone: bool = False
    minutes: Annotated[int, Field(ge=1, le=240)]
    languages: tuple[Language, ...] = ("sv", "en")
    sections: tuple[Section, ...] = Field(min_length=1)
    offers: dict[Group, tuple[Offer, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Instrument:
        ids = [section.id for section in self.sections], [item.id for item in self.items()]
        offered = [offer.id for offers in self.offers.values() for offer in offers]
        for found in (*ids, offered):
            for name, times in Counter(found).items():
                if times > 1:
                    raise PydanticCustomError("duplicate_id", "the id {name} is used twice", {"name": name})
        return self

    @model_validator(mode="after")
    def _ticks_exist(self) -> Instrument:
        ticks = {item.id for item in self.items() if isinstance(item, TickItem)}
        for item in self.items():
            if isinstance(item, JointColourItem) and item.guardian_copy_if not in ticks | {None}:
                raise PydanticCustomError(
                    "unknown_tick", "{name} waits for a tick that is not there", {"name": item.id}
                )
        return self

    @model_validator(mode="after")
    def _pictures_have_items(self) -> Instrument:
        known = {item.id for item in self.items()}
        for section in self.sections:
            for name in section.picture.parts.values() if section.picture else ():
                if name not in known:
                    raise PydanticCustomError("unknown_part", "the picture draws {name}", {"name": name})
        return self

    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item:
        """Raises KeyError when this edition does not ask it."""
        for section in self.sections:
            for item in section.items:
                if item.id == item_id:
                    return item
        raise KeyError(item_id)

    def within(self, form: SchoolForm) -> Instrument:
        """As it is asked in a school of this form; itself when it asks the same everywhere."""
        kept = tuple((section, tuple(_within(section.items, form))) for section in self.sections)
        if all(section.items == items for section, items in kept):
            return self
        sections = tuple(section.model_copy(update={"items": items}) for section, items in kept if items)
        return self.model_copy(update={"sections": sections})

    def section_of(self, item_id: str) -> Section:
        for section in self.sections:
            if any(item.id == item_id for item in section.items):
                return section
        raise KeyError(item_id)

    def level_of(self, item_id: str) -> Level:
        """Who may read the answers to this item."""
        return self.section_of(item_id).level or self.level

    def respondent_of(self, item_id: str) -> Respondent:
        """Whose answer it is unless a talk says otherwise."""
        return self.item(item_id).by or self.respondents[0]


def _within(items: Iterable[Item], form: SchoolForm) -> Iterator[Item]:
    for item in items:
        if item.school_form not in (None, form):
            continue
        if isinstance(item, ChoiceItem | ChoicesItem):
            options = tuple(option for option in item.options if option.school_form in (None, form))
            yield item if options == item.options else item.model_copy(update={"options": options})
        else:
            yield item
