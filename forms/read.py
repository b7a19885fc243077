"""Reads the whole form that a browser without JavaScript posts."""

from collections.abc import Iterable, Mapping, Sequence

from instruments.answers import DECLINED
from instruments.items import ColourItem, Item, JointColourItem, ScaleItem, TickItem
from instruments.model import Instrument

ASKED = "asked"
Posted = Mapping[str, Sequence[str]]


def read_form(instruments: Iterable[Instrument], posted: Posted) -> dict[tuple[str, str], object]:
    """(instrument id, item id) -> value, for every item that was on the page; None where it was left empty.

    A value is not checked here: `instruments.answers.check` decides whether it fits. An item that was not on the
    page (not named in "asked" and without any field) is not in the result.
    """
    asked = {name for value in posted.get(ASKED, ()) for name in value.split()}
    return {
        (instrument.id, item.id): _read_item(item, name, posted)
        for instrument in instruments
        for item in instrument.items()
        if (name := f"{instrument.id}.{item.id}") in asked or name in posted or f"{name}.declined" in posted
    }


def _read_item(item: Item, name: str, posted: Posted) -> object:
    chosen = next(iter(posted.get(name, ())), "")
    if f"{name}.declined" in posted or (chosen == "declined" and isinstance(item, _CHOSEN)):
        return dict(DECLINED)
    match item:
        case TickItem():
            return bool(chosen)
        case _ if not chosen.strip():
            return None
        case ColourItem():
            return {"colour": chosen, "fits": _marked(item, chosen, posted.get(f"{name}.fits", ()))}
        case JointColourItem():
            return {"colour": chosen}
        case ScaleItem():
            return int(chosen) if chosen.isascii() and chosen.isdigit() else chosen
        case _:
            return chosen


_CHOSEN = (ColourItem, JointColourItem, ScaleItem)


def _marked(item: ColourItem, colour: str, fits: Sequence[str]) -> list[str]:
    """Without JavaScript, marks may be left under a colour that is no longer the chosen one: those do not count."""
    others = {statement.id for choice in item.choices if choice.colour != colour for statement in choice.statements}
    return [statement for statement in fits if statement not in others]
