"""Pictures drawn over a section's answers: what each part says, where it lies, and which field it leads to.

Drawn by the server, so that a picture is there without JavaScript and in answers that are only read. `script/pictures/`
draws the same again while somebody types; a test holds the two together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forms.assets import smaller_css
from forms.pictures_boxes import BOXES, Box
from forms.pictures_ladder import DrawnLadder, draw_ladder
from forms.pictures_lines import Drawn, lines_of
from forms.pictures_thermometer import DrawnThermometer, draw_thermometer
from forms.pictures_words import PARTS, PICTURES, drawing_words
from forms.setting import Fill, Setting
from instruments.answers import state_of
from instruments.items import TableItem
from instruments.model import Instrument, Picture, PictureKind, Section
from instruments.pictures import part_text, shorten, turning_item
from instruments.readings import items_for
from translations import Language, Words, words

HERE = Path(__file__).parent
# What is used while a module is read comes before the one that uses it.
SCRIPTS = ("said", "thermometer", "ladder", "wake")


@dataclass(frozen=True)
class Part:
    """`target` is the id in the page of the field it leads to; None when that field is not on this page."""

    name: str
    item: str
    title: str
    text: str
    empty: bool
    target: str | None
    turns: bool

    def shown(self, limit: int) -> str:
        return shorten(self.text, limit)


@dataclass(frozen=True)
class Shape:
    name: str
    width: float
    height: float
    lines: tuple[Drawn, ...]
    parts: tuple[tuple[Part, Box], ...]


@dataclass(frozen=True)
class DrawnPicture:
    """`shapes` are its drawings: one, or a wide and a narrow one of the same parts."""

    kind: PictureKind
    name: str
    shapes: tuple[Shape, ...]
    words: str
    beside: str
    style: str
    script: str
    thermometer: DrawnThermometer | None = None
    ladder: DrawnLadder | None = None


def picture_of(
    instrument: Instrument, section: Section, fill: Fill, setting: Setting, on_page: frozenset[str]
) -> DrawnPicture | None:
    """`on_page`: ids of the items whose fields are on the page. What is staff's own is left out for the student."""
    picture = section.picture
    if picture is None or not _may_be_shown(instrument, picture, setting):
        return None
    _ = words(setting.language)
    parts = _parts(instrument, picture, fill, setting, on_page) if picture.kind in BOXES else []
    return DrawnPicture(
        kind=picture.kind,
        name=_(PICTURES[picture.kind]),
        shapes=tuple(_shape(picture.kind, name, parts) for name in BOXES.get(picture.kind, {})),
        words=_words_json(setting.language, setting.read_only),
        beside=_beside_json(instrument, picture, fill, setting, on_page),
        style=picture_path("pictures.css"),
        script=picture_path("picture.js"),
        thermometer=draw_thermometer(instrument, picture, fill, setting) if picture.kind == "thermometer" else None,
        ladder=draw_ladder(instrument, picture, fill, setting) if picture.kind == "ladder" else None,
    )


def _shape(kind: PictureKind, name: str, parts: list[Part]) -> Shape:
    boxes = BOXES[kind][name]
    lines = lines_of(kind, name, [part.name for part in parts])
    width, height = (max(box.x + box.w for box in boxes.values()), max(box.bottom for box in boxes.values()))
    return Shape(name, width + 2, height + 3, lines, tuple((part, boxes[part.name]) for part in parts))


def _may_be_shown(instrument: Instrument, picture: Picture, setting: Setting) -> bool:
    """A picture of which every part is staff's own is not the student's."""
    return any(_is_shown(instrument, item, setting) for item in picture.parts.values())


def _is_shown(instrument: Instrument, item_id: str, setting: Setting) -> bool:
    """What is staff's own, or private, is left out for the student."""
    return not setting.for_student or any(item.id == item_id for item in items_for(instrument, "student"))


def _parts(
    instrument: Instrument, picture: Picture, fill: Fill, setting: Setting, on_page: frozenset[str]
) -> list[Part]:
    _ = words(setting.language)
    choice = turning_item(instrument, picture)
    turning = fill.values.get(choice) if choice else None
    found = []
    for name, title in PARTS[picture.kind].items():
        item_id = picture.parts.get(name)
        if item_id is None or not _is_shown(instrument, item_id, setting):
            continue
        text, empty = _said(instrument, item_id, fill.values, setting)
        key = f"{instrument.id}-{item_id}" if item_id in on_page else None
        target = key if key is None or setting.read_only or _is_table(instrument, item_id) else f"{key}-field"
        found.append(Part(name, item_id, _(title), text, empty, target, item_id == turning))
    return found


def _is_table(instrument: Instrument, item_id: str) -> bool:
    return isinstance(instrument.item(item_id), TableItem)


def _said(instrument: Instrument, item_id: str, values: Mapping[str, object], setting: Setting) -> tuple[str, bool]:
    """What stands in the part, and whether it is only an invitation to write."""
    _ = words(setting.language)
    value = values.get(item_id)
    if state_of(value) == "declined":
        return _("does not want to answer"), False
    text = part_text(instrument.item(item_id), value, setting.language)
    return (text, False) if text.strip() else (empty_words(_, setting.read_only), True)


def empty_words(_: Words, read_only: bool) -> str:
    return _("not answered") if read_only else _("not yet written")


def _beside_json(
    instrument: Instrument, picture: Picture, fill: Fill, setting: Setting, on_page: frozenset[str]
) -> str:
    """What picture.js cannot read from the fields of this page: answers that stand elsewhere, words of given rows."""
    items = [instrument.item(item_id) for item_id in picture.parts.values()]
    tables = [item for item in items if isinstance(item, TableItem)]
    kept = {item.id: fill.values.get(item.id) for item in tables if item.id not in on_page}
    given = {row.id: row.text.say(setting.language) for table in tables for row in table.rows}
    turn = turning_item(instrument, picture)
    found = {"kept": kept, "given": given, "turn": turn if turn in on_page else None}
    return json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)


@cache
def _words_json(language: Language, read_only: bool) -> str:
    said = drawing_words(language) | {"empty": empty_words(words(language), read_only)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@cache
def picture_style() -> str:
    return smaller_css((HERE / "pictures.css").read_text(encoding="utf-8"))


@cache
def picture_script() -> str:
    """A module of its own that exports `wake`. start.js asks for it only where there is a picture."""
    parts = "\n".join(_joinable((HERE / "script" / "pictures" / f"{name}.js").read_text("utf-8")) for name in SCRIPTS)
    return f"{parts}\nexport {{ wake }};\n"


def _joinable(module: str) -> str:
    lines = (line.strip().removeprefix("export ") for line in module.splitlines() if not line.startswith("import "))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


PICTURE_FILES = {"pictures.css": picture_style, "picture.js": picture_script}


@cache
def picture_path(name: str) -> str:
    """The front door keeps what lies under /look/<digest>/ for a year."""
    return f"/look/{hashlib.sha256(PICTURE_FILES[name]().encode()).hexdigest()[:12]}/{name}"
