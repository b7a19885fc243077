"""What a talk asks: the pinned edition of an instrument, and which of its items belong where, before whose eyes."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from conversation_models.models import TalkModel, load_models, own_instrument
from conversation_models.storage import talks
from conversation_models.storage.store import Store
from instruments.catalogue import Catalogue
from instruments.catalogue import load as load_catalogue
from instruments.items import Item, Respondent, SchoolForm
from instruments.model import Instrument, Level, Section
from instruments.readings import items_for

AGREEMENT, QUADRANT = "development_agreement", "priority_ability"
_wording: list[Path] = []
_remembered: list[Any] = []
Made = TypeVar("Made")


class EditionGone(Exception):
    """Talks ask an edition that is neither in the library nor in the school's own wording."""

    code = "edition_gone"

    def __init__(self, instrument: str, edition: int) -> None:
        super().__init__(
            f"{instrument} edition {edition} is asked in talks and is gone: please put {instrument}/{edition}.yaml "
            "back into the folder of the school's own wording"
        )
        self.values = {"instrument": instrument, "edition": edition}


class NotAsked(Exception):
    """No such talk model, instrument or item here, or none for this person."""

    code = "not_asked"


def remembered(make: Callable[..., Made]) -> Callable[..., Made]:
    """What is made of the library alone, once for each argument, until another wording is laid over it."""
    known = cache(make)
    _remembered.append(known)
    return known


def use_wording(folder: Path | None) -> None:
    """Lays a school's own wording over the library, once, when the program starts. Raises DefinitionError."""
    load_catalogue(folder)
    _wording[:] = [folder] if folder else []
    forget_wording()


def require_editions(store: Store) -> None:
    """Raises EditionGone when a talk asks an edition that is not here any more: its answers would have no words."""
    with store.reading() as unit:
        pinned = talks.pinned_editions(unit)
    for name, edition in pinned:
        try:
            find_instrument(name, edition)
        except NotAsked as error:
            raise EditionGone(name, edition) from error


def forget_wording() -> None:
    """What was read of the library before is read again."""
    for known in _remembered:
        known.cache_clear()


def catalogue() -> Catalogue:
    """The library with the school's own wording over it."""
    return load_catalogue(_wording[0] if _wording else None)


def find_model(model_id: str) -> TalkModel:
    """Raises NotAsked."""
    try:
        return load_models()[model_id]
    except KeyError as error:
        raise NotAsked(model_id) from error


def models_at(levels: frozenset[str]) -> tuple[TalkModel, ...]:
    """Those that whoever reads these levels may hold, in the order of their titles in the library."""
    return tuple(model for model in load_models().values() if model.level in levels)


def find_instrument(instrument_id: str, edition: int | None = None) -> Instrument:
    """From the library, or what a talk model writes along the talk. Raises NotAsked."""
    own = _own_instruments().get(instrument_id)
    if own is not None:
        return own
    try:
        return catalogue().instrument(instrument_id, edition)
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


@remembered
def asks_by_school_form(instrument_id: str, edition: int) -> bool:
    """Whether it asks one thing in one form of school and another in another."""
    instrument = find_instrument(instrument_id, edition)
    return any(instrument.within(form) is not instrument for form in get_args(SchoolForm))


@remembered
def items_alone(instrument_id: str, edition: int, respondent: Respondent = "student") -> tuple[Item, ...]:
    """What stands on the student's own page: neither staff's items nor sections that wait for a phase of the talk.

    On a guardian's page only what is asked of guardians.
    """
    instrument = find_instrument(instrument_id, edition)
    waiting = {item.id for section in instrument.sections if section.phase for item in section.items}
    private = {item.id for item in instrument.items() if instrument.level_of(item.id) == "p"}
    found = tuple(item for item in items_for(instrument, respondent) if item.id not in waiting | private)
    if respondent != "guardian":
        return found
    return tuple(item for item in found if instrument.respondent_of(item.id) == "guardian")


@remembered
def places_alone(
    instrument_id: str, edition: int, respondent: Respondent = "student"
) -> Mapping[str, tuple[Item, Level]]:
    """The same by id, each with who may read the answer: a class sends all of them within a minute."""
    level_of = find_instrument(instrument_id, edition).level_of
    return {item.id: (item, level_of(item.id)) for item in items_alone(instrument_id, edition, respondent)}


def levels_alone(instrument_id: str, edition: int, respondent: Respondent = "student") -> frozenset[str]:
    """What one must read to send this to a student, or to a guardian; nothing when it has nothing to answer alone."""
    instrument = find_instrument(instrument_id, edition)
    return frozenset(instrument.level_of(item.id) for item in items_alone(instrument_id, edition, respondent))


@remembered
def readable(instrument_id: str, edition: int, levels: frozenset[str]) -> Instrument | None:
    """The instrument with the sections of these levels only; None when it has none. A picture that would be drawn from
    what is left out is left out too. Raises NotAsked."""
    instrument = find_instrument(instrument_id, edition)
    kept = tuple(each for each in instrument.sections if (each.level or instrument.level) in levels)
    if kept == instrument.sections:
        return instrument
    asked = {item.id for section in kept for item in section.items}
    sections = tuple(_without_picture(section, asked) for section in kept)
    return instrument.model_copy(update={"sections": sections}) if sections else None


def _without_picture(section: Section, asked: set[str]) -> Section:
    whole = section.picture is None or set(section.picture.parts.values()) <= asked
    return section if whole else section.model_copy(update={"picture": None})


@remembered
def _own_instruments() -> dict[str, Instrument]:
    return {model.own_id: own_instrument(model) for model in load_models().values()}
