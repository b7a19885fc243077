"""An instrument laid out in rows: what a template needs to draw each one."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.setting import Earlier, Fill, Setting
from instruments.answers import State, Value, state_of
from instruments.items import Item
from instruments.model import Instrument, Section
from instruments.readings import items_for

# Kinds that stand on the same step as the row before them: a decision, who sees to it, and when it is followed up.
JOINED = {("text", "line"), ("text", "date"), ("line", "date"), ("date", "line"), ("tick", "tick"), ("tick", "text")}


@dataclass(frozen=True)
class Row:
    """`key` is an id in the page, `name` the name of its fields in a POST."""

    item: Item
    key: str
    name: str
    value: Value
    version: int
    respondent: str
    joined: bool
    own: Value
    earlier: Earlier | None
    error: str | None

    @property
    def state(self) -> State:
        return state_of(self.value)

    @property
    def marked(self) -> str | None:
        """The chosen colour, or "declined"."""
        if self.state == "declined":
            return "declined"
        return str(self.value.get("colour")) if isinstance(self.value, dict) else None

    @property
    def fits(self) -> tuple[str, ...]:
        found = self.value.get("fits", ()) if isinstance(self.value, dict) else ()
        return tuple(found) if isinstance(found, list) else ()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The chosen options."""
        return tuple(str(one) for one in self.value) if isinstance(self.value, list) else ()

    @property
    def may_decline(self) -> bool:
        return self.item.may_decline and self.item.kind != "tick"

    @property
    def written(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    @property
    def has_own(self) -> bool:
        return self.own is not None

    @property
    def described_by(self) -> str | None:
        """Ids of the help and of the error that belong to this row."""
        ids = ([f"{self.key}-help"] if self.item.help else []) + ([f"{self.key}-error"] if self.error else [])
        return " ".join(ids) or None


@dataclass(frozen=True)
class Area:
    """`key` is the id of its heading: never an item's, since a section may be called like one of its items."""

    section: Section
    key: str
    rows: tuple[Row, ...]


def areas_of(instrument: Instrument, fill: Fill, setting: Setting) -> tuple[Area, ...]:
    """The sections to show, in the instrument's order. A section of which nothing is left is left out."""
    areas = (
        Area(section, f"{instrument.id}--{section.id}", tuple(_rows(instrument, section, fill, setting)))
        for section in instrument.sections
        if _is_shown(section, setting)
    )
    return tuple(area for area in areas if area.rows)


def _is_shown(section: Section, setting: Setting) -> bool:
    return section.phase is None if setting.sections is None else section.id in setting.sections


def _rows(instrument: Instrument, section: Section, fill: Fill, setting: Setting) -> Iterator[Row]:
    before: str | None = None
    shown = {item.id for item in items_for(instrument, "student" if setting.for_student else "mentor")}
    for item in section.items:
        if item.id not in shown or (setting.items is not None and item.id not in setting.items):
            continue
        yield Row(
            item=item,
            key=f"{instrument.id}-{item.id}",
            name=f"{instrument.id}.{item.id}",
            value=fill.values.get(item.id),
            version=fill.versions.get(item.id, 0),
            respondent=item.by or setting.respondent,
            joined=(before, item.kind) in JOINED,
            own=fill.own.get(item.id),
            earlier=fill.earlier.get(item.id),
            error=fill.errors.get(item.id),
        )
        before = item.kind
