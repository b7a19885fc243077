"""Reads the whole form that a browser without JavaScript posts.

Fields are named `instrument.item`. What an item has beside its own field comes after that: `.declined`, `.fits`; of
cards `.place:<card>` and `.own.1`; of a table one field a cell, `.<row>:<column>`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from instruments.answers import DECLINED
from instruments.items import (
    CardsItem,
    ChoicesItem,
    ColourItem,
    Item,
    JointColourItem,
    ScaleItem,
    TableItem,
    TickItem,
)
from instruments.model import Instrument

ASKED = "asked"
Posted = Mapping[str, Sequence[str]]

_CELL = re.compile(r"(own\.[1-9][0-9]{0,9}|[a-z][a-z0-9_]*):([a-z][a-z0-9_]*)")


def read_form(instruments: Iterable[Instrument], posted: Posted) -> dict[tuple[str, str], object]:
    """(instrument id, item id) -> value, for every item that was on the page; None where it was left empty.

    A value is not checked here: `instruments.answers.check` decides whether it fits. An item that was not on the
    page (not named in "asked" and without any field) is not in the result.
    """
    asked = {name for value in posted.get(ASKED, ()) for name in value.split()}
    there = asked | {".".join(name.split(".")[:2]) for name in posted}
    return {
        (instrument.id, item.id): _read_item(item, name, posted)
        for instrument in instruments
        for item in instrument.items()
        if (name := f"{instrument.id}.{item.id}") in there
    }


def _read_item(item: Item, name: str, posted: Posted) -> object:
    by_radio = item.kind in ("colour", "joint_colour", "scale", "choice")
    if f"{name}.declined" in posted or (by_radio and _first(posted, name) == "declined"):
        return dict(DECLINED)
    return _READERS[item.kind](item, name, posted)


def _first(posted: Posted, name: str) -> str | None:
    """None when the field was not there or holds nothing but blanks."""
    found = next(iter(posted.get(name, ())), "")
    return found if found.strip() else None


def _read_words(_item: Item, name: str, posted: Posted) -> object:
    return _first(posted, name)


def _read_tick(_item: TickItem, name: str, posted: Posted) -> object:
    return _first(posted, name) is not None


def _read_number(_item: ScaleItem, name: str, posted: Posted) -> object:
    chosen = _first(posted, name)
    return int(chosen) if chosen and chosen.isascii() and chosen.isdigit() else chosen


def _read_colour(item: ColourItem, name: str, posted: Posted) -> object:
    """Without JavaScript, marks may be left under a colour that is no longer the chosen one: those do not count."""
    colour = _first(posted, name)
    others = {statement.id for choice in item.choices if choice.colour != colour for statement in choice.statements}
    fits = [statement for statement in posted.get(f"{name}.fits", ()) if statement not in others]
    return {"colour": colour, "fits": fits} if colour else None


def _read_joint(_item: JointColourItem, name: str, posted: Posted) -> object:
    colour = _first(posted, name)
    return {"colour": colour} if colour else None


def _read_choices(_item: ChoicesItem, name: str, posted: Posted) -> object:
    return [chosen for chosen in posted.get(name, ()) if chosen.strip()] or None


def _read_cards(item: CardsItem, name: str, posted: Posted) -> object:
    """The picked cards by the place that was written beside them; those without a place come last."""
    own = [_first(posted, f"{name}.own.{number}") or "" for number in range(1, item.blank + 1)]
    while own and not own[-1]:
        own.pop()
    empty = {f"own.{number}" for number in range(1, item.blank + 1) if number > len(own) or not own[number - 1]}
    picked = [card for card in posted.get(name, ()) if card not in empty]
    picked.sort(key=lambda card: _place(_first(posted, f"{name}.place:{card}")))
    return {"picked": picked, "own": own} if picked or own else None


def _place(written: str | None) -> float:
    number = (written or "").strip()
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else float("inf")


def _read_table(item: TableItem, name: str, posted: Posted) -> object:
    """Added rows in the order in which they stood on the page; a cell of an unknown column is left aside."""
    columns = {column.id: column for column in item.columns}
    rows: dict[str, dict[str, object]] = {row.id: {} for row in item.rows}
    for field in posted:
        found = _CELL.fullmatch(field.removeprefix(f"{name}.")) if field.startswith(f"{name}.") else None
        if not found or found[2] not in columns:
            continue
        cell = _READERS[columns[found[2]].kind](columns[found[2]], field, posted)
        if cell is not None and cell is not False:
            rows.setdefault(found[1], {})[found[2]] = cell
    return [{"row": row, **_in_order(cells, columns)} for row, cells in rows.items() if cells] or None


def _in_order(cells: Mapping[str, object], columns: Iterable[str]) -> dict[str, object]:
    return {column: cells[column] for column in columns if column in cells}


# One a kind; a test names the kind that is forgotten here.
_READERS: dict[str, Callable[[Any, str, Posted], object]] = {
    "colour": _read_colour,
    "joint_colour": _read_joint,
    "scale": _read_number,
    "text": _read_words,
    "line": _read_words,
    "date": _read_words,
    "tick": _read_tick,
    "choice": _read_words,
    "choices": _read_choices,
    "cards": _read_cards,
    "table": _read_table,
}
