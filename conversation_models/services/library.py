"""The library: which instruments and talk models there are for whoever works here. Nothing here holds an answer."""

from conversation_models.domain.staff import Role, Staff
from conversation_models.models import TalkModel, load_models
from conversation_models.services import asked
from conversation_models.services.access import LEVELS
from conversation_models.services.asked import NotAsked
from instruments.catalogue import Edition
from instruments.model import Instrument

PRIVATE = "p"
EVERY_LEVEL = frozenset({"m", "e", PRIVATE})


def instruments_for(actor: Staff) -> list[Instrument]:
    """In their newest edition, with the sections that this person uses."""
    library, read = asked.catalogue(), _levels_of(actor)
    found = (asked.readable(name, library.instrument(name).edition, read) for name in library.ids())
    return sorted((each for each in found if each), key=lambda each: each.title.sv)


def models_for(actor: Staff) -> list[TalkModel]:
    return sorted(
        (each for each in load_models().values() if each.level in _levels_of(actor)), key=lambda each: each.title.sv
    )


def instrument_for(actor: Staff, name: str) -> Instrument:
    """Raises NotAsked for one that is not there or not for this person."""
    for instrument in instruments_for(actor):
        if instrument.id == name:
            return instrument
    raise NotAsked(name)


def editions_of(name: str) -> tuple[Edition, ...]:
    """Oldest first: the product's own, then the school's own wording."""
    return tuple(each for each in asked.catalogue().all_editions() if each.instrument.id == name)


def _levels_of(actor: Staff) -> frozenset[str]:
    """Whose forms these are. An administrator reads no answers, and may know what there is to be asked."""
    return EVERY_LEVEL if actor.role is Role.ADMINISTRATOR else LEVELS[actor.role] | {PRIVATE}
