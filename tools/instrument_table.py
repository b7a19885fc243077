"""Writes docs/instruments.md: what there is of each instrument, read from the library and from the code that shows it.

python -m tools.instrument_table
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from instruments.catalogue import LIBRARY, Catalogue, load
from instruments.definitions import read_yaml
from instruments.items import DateItem, Item, LineItem, ScaleItem, TableItem
from instruments.model import Instrument, Level
from reports.answer_blocks import LONG, SHORT
from reports.by_kind import READINGS, TOPIC
from reports.over_rows import is_diary
from reports.over_time import OWN_VIEWS
from reports.paper.blank_form import ANSWER_SPACES

PAGE = Path(__file__).parents[1] / "docs" / "instruments.md"
LEVELS: dict[Level, str] = {"m": "mentor", "e": "student health", "p": "private"}
HEADS = (
    "Instrument",
    "Level",
    "Items",
    "Kinds",
    "Languages",
    "Cases",
    "Phone page",
    "Over time",
    "PDF",
    "Blank form",
)
OWN_VIEW_WORDS = {
    "development_survey": "rows x talks, in words; rows that moved",
    "priority_ability": "dated path in the quadrant",
    "scale_question": "a line for each topic, with the wanted level",
    "development_agreement": "joint colour beside the student's own; decisions until followed up",
}
WAYS = {
    "colour": "from this word to that",
    "joint_colour": "from this word to that",
    "text": "words beside each other",
    "line": "words beside each other",
    "date": "from this day to that",
    "tick": "ticked then and now",
    "choice": "from this word to that",
    "choices": "kept, gone, new",
    "cards": "kept, gone, new, as laid",
}
INTRO = """# The instruments

Written by `python -m tools.instrument_table`; a test holds it to the library. Every instrument is a folder under
`instruments/library/`. *Level*: who may read the answers; a section may have its own. *Cases*: worked examples in
`cases.yaml`, run through the checks and readings of the product. *Phone page*: whether a student can answer it alone
by a link. *Over time*: how it is looked at beside earlier talks. *PDF*: how its answers are printed with the talk.
"""


class Forgotten(Exception):
    """A kind that something here does not know."""

    code = "forgotten_kind"


def main() -> None:
    PAGE.write_text(instrument_page(load()), encoding="utf-8")


def instrument_page(catalogue: Catalogue) -> str:
    rows = [row_of(catalogue.instrument(name)) for name in catalogue.ids()]
    lines = [_line(HEADS), _line("---" for _head in HEADS), *map(_line, rows)]
    total = (
        f"{len(rows)} instruments, {sum(int(row[2]) for row in rows)} items, {sum(int(row[5]) for row in rows)} cases."
    )
    return "\n".join((INTRO, *lines, "", total, ""))


def row_of(instrument: Instrument) -> tuple[str, ...]:
    items = instrument.items()
    for item in items:
        if item.kind not in READINGS or item.kind not in ANSWER_SPACES or item.kind not in {*SHORT, *LONG}:
            raise Forgotten(instrument.id, item.kind)
    return (
        f"`{instrument.id}` {instrument.edition}<br>{instrument.title.en}",
        _level(instrument),
        str(len(items)),
        _kinds(items),
        ", ".join(instrument.languages),
        str(len(read_yaml(LIBRARY / instrument.id / "cases.yaml")["cases"])),
        _phone_page(instrument),
        _over_time(instrument),
        _pdf(instrument),
        "yes",
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _level(instrument: Instrument) -> str:
    own = {section.level for section in instrument.sections if section.level} - {instrument.level}
    parts = "".join(f"; parts {LEVELS[level]}" for level in sorted(own))
    return LEVELS[instrument.level] + parts


def _kinds(items: Iterable[Item]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(Counter(item.kind for item in items).items()))


def _phone_page(instrument: Instrument) -> str:
    if instrument.alone:
        return "yes"
    staff = {"mentor", "counsellor"}
    if set(instrument.respondents) <= staff or all(item.by in staff for item in instrument.items()):
        return "no: staff fill it in"
    return "no: belongs to the talk"


def _over_time(instrument: Instrument) -> str:
    if instrument.id in OWN_VIEWS:
        return OWN_VIEW_WORDS[instrument.id]
    return "; ".join(dict.fromkeys(way for item in instrument.items() for way in _ways(instrument, item)))


def _ways(instrument: Instrument, item: Item) -> Iterable[str]:
    if isinstance(item, ScaleItem):
        section = instrument.section_of(item.id)
        by_topic = any(each.id == TOPIC and isinstance(each, LineItem) for each in section.items)
        line = "a line for each topic" if by_topic else "a line"
        yield f"{line}, lower is easier" if item.lower_is_easier else line
    elif isinstance(item, TableItem):
        yield from _ways_of_rows(item)
    else:
        yield WAYS[item.kind]


def _ways_of_rows(item: TableItem) -> Iterable[str]:
    if is_diary(item):
        yield "rows by their own days"
        return
    yield "rows kept, gone, new, changed"
    scales = [column for column in item.columns if isinstance(column, ScaleItem)]
    if scales:
        easier = ", lower is easier" if any(scale.lower_is_easier for scale in scales) else ""
        yield f"a small line for each row{easier}"
    if any(column.kind in ("tick", "choice") for column in item.columns):
        yield "status of each row"
    if any(isinstance(column, DateItem) for column in item.columns):
        yield "dates of each row"


def _pdf(instrument: Instrument) -> str:
    if instrument.level == "p":
        return "no: private to its author, never printed with a talk"
    if instrument.id in OWN_VIEWS:
        return "a part of its own"
    pictures = sorted({section.picture.kind for section in instrument.sections if section.picture})
    return f"every section, with {', '.join(pictures)}" if pictures else "every section"


if __name__ == "__main__":
    main()
