"""What a talk asks: the pinned edition of an instrument, and which of its items belong where."""

from functools import cache

from conversation_models.models import TalkModel, load_models, own_instrument
from instruments.catalogue import load as load_catalogue
from instruments.items import Item
from instruments.model import Instrument
from instruments.readings import items_for

AGREEMENT, QUADRANT = "development_agreement", "priority_ability"


class NotAsked(Exception):
    """No such talk model, instrument or item here."""

    code = "not_asked"


def find_model(model_id: str) -> TalkModel:
    """Raises NotAsked."""
    try:
        return load_models()[model_id]
    except KeyError as error:
        raise NotAsked(model_id) from error


def find_instrument(instrument_id: str, edition: int | None = None) -> Instrument:
    """From the library, or what a talk model writes along the talk. Raises NotAsked."""
    own = _own_instruments().get(instrument_id)
    if own is not None:
        return own
    try:
        return load_catalogue().instrument(instrument_id, edition)
    except KeyError as error:
        raise NotAsked(instrument_id) from error


def find_item(instrument: Instrument, item_id: str) -> Item:
    """Raises NotAsked."""
    try:
        return instrument.item(item_id)
    except KeyError as error:
        raise NotAsked(item_id) from error


def own_instrument_id(model: TalkModel) -> str:
    return model.own_id


def pin_editions(model: TalkModel) -> dict[str, int]:
    """The newest edition of everything this kind of talk asks, its own notes included."""
    used = [use.id for phase in model.phases for use in phase.instruments]
    names = dict.fromkeys((*model.before, *used, own_instrument_id(model)))
    return {name: find_instrument(name).edition for name in names}


@cache
def items_alone(instrument_id: str, edition: int) -> tuple[Item, ...]:
    """What stands on the student's own page: neither staff's items nor sections that wait for a phase of the talk."""
    instrument = find_instrument(instrument_id, edition)
    waiting = {item.id for section in instrument.sections if section.phase for item in section.items}
    return tuple(item for item in items_for(instrument, "student") if item.id not in waiting)


@cache
def _own_instruments() -> dict[str, Instrument]:
    return {own_instrument_id(model): own_instrument(model) for model in load_models().values()}
