"""A talk model: the phases of a talk, what each one asks for, and what helps the mentor in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from instruments.catalogue import Catalogue
from instruments.catalogue import load as load_catalogue
from instruments.definitions import read_yaml, understand
from instruments.errors import DefinitionError
from instruments.items import Item, TextItem, TickItem
from instruments.model import Instrument, Section, Source
from instruments.text import Id, Part, Text

LIBRARY = Path(__file__).parent / "library"
TalkLevel = Literal["m", "e"]
PhaseKind = Literal["opening", "listening", "exploring", "agreeing", "reading_back"]


class InstrumentUse(Part):
    """An instrument in a phase: all of it, or the named sections only."""

    id: Id
    sections: tuple[Id, ...] | None = None


class Phase(Part):
    """`support` speaks to the mentor. `notes` is a field of the mentor's, `words` one of the student's."""

    id: Id
    title: Text
    kind: PhaseKind
    support: tuple[Text, ...] = Field(min_length=1)
    instruments: tuple[InstrumentUse, ...] = ()
    notes: bool = False
    words: bool = False


class ChecklistLine(Part):
    id: Id
    text: Text


class TalkModel(Part):
    """`before` names the instruments a student is invited to; `worry` what to do when something is serious.

    `level` says who may prepare and hold the talk, and read what is written along it: m mentor, e student health
    only. A `process` is several talks: the next one begins in the phase where the last one ended.
    """

    id: Id
    edition: Annotated[int, Field(ge=1)]
    source: Source
    title: Text
    purpose: Text
    level: TalkLevel = "m"
    process: bool = False
    participants: tuple[Text, ...]
    minutes: Annotated[int, Field(ge=5, le=240)] = 45
    preparation: tuple[ChecklistLine, ...] = Field(min_length=1)
    before: tuple[Id, ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    closing: tuple[Text, ...] = Field(min_length=1)
    worry: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> TalkModel:
        for ids in ([phase.id for phase in self.phases], [line.id for line in self.preparation]):
            for name in ids:
                if ids.count(name) > 1:
                    raise PydanticCustomError("duplicate_id", "the id {name} is used twice", {"name": name})
        return self

    @property
    def own_id(self) -> str:
        """Of what is written along the talk. `mentor_talk` is an instrument of the library, `mentor_notes` is this."""
        return f"{self.id}_notes"

    def phase(self, phase_id: str) -> Phase:
        """Raises KeyError when the talk has no such phase."""
        for phase in self.phases:
            if phase.id == phase_id:
                return phase
        raise KeyError(phase_id)


@cache
def load_models(library: Path = LIBRARY) -> dict[str, TalkModel]:
    """Every talk model by its id. Raises DefinitionError for the first that cannot be used."""
    catalogue = load_catalogue()
    models = {}
    for file in sorted(library.glob("*.yaml")):
        model = understand(TalkModel, read_yaml(file), file)
        _check_instruments(model, catalogue, file)
        models[model.id] = model
    return models


def own_instrument(model: TalkModel) -> Instrument:
    """What is written along the talk itself, as an instrument, so that it is saved like every answer."""
    return Instrument(
        id=model.own_id,
        edition=model.edition,
        level=model.level,
        source=model.source,
        title=model.title,
        short=Text(sv="Anteckningar och egna ord under samtalet", en="Notes and own words during the talk"),
        intro=model.purpose,
        respondents=("mentor", "student"),
        minutes=model.minutes,
        sections=(_preparation(model), *(_along(phase) for phase in model.phases if phase.notes or phase.words)),
    )


def _preparation(model: TalkModel) -> Section:
    ticks = [TickItem(id=line.id, label=line.text, by="mentor", may_decline=False) for line in model.preparation]
    observations = TextItem(
        id="observations",
        label=Text(sv="Det jag själv vill börja med", en="What I want to open with"),
        help=Text(
            sv="Något du har sett och som fungerar. Konkret, och så att du kan säga det högt till eleven.",
            en="Something you have seen that works. Concrete, and such that you can say it aloud to the student.",
        ),
        by="mentor",
        may_decline=False,
    )
    gather = TextItem(
        id="gather",
        label=Text(sv="Det jag behöver ta reda på före samtalet", en="What I need to find out before the talk"),
        by="mentor",
        may_decline=False,
    )
    title = Text(sv="Förberedelse", en="Preparation")
    return Section(id="preparation", title=title, items=(*ticks, observations, gather))


def _along(phase: Phase) -> Section:
    notes = TextItem(
        id=f"notes_{phase.id}", label=Text(sv="Mina anteckningar", en="My notes"), by="mentor", may_decline=False
    )
    words = TextItem(id=f"words_{phase.id}", label=Text(sv="Med mina egna ord", en="In my own words"), by="student")
    items: list[Item] = [*([notes] if phase.notes else []), *([words] if phase.words else [])]
    return Section(id=phase.id, title=phase.title, phase=phase.id, items=tuple(items))


def _check_instruments(model: TalkModel, catalogue: Catalogue, file: Path) -> None:
    for name in model.before:
        if name not in catalogue.ids():
            raise DefinitionError(file, model.id, "unknown_instrument", instrument=name)
    for phase in model.phases:
        for use in phase.instruments:
            if use.id not in catalogue.ids():
                raise DefinitionError(file, phase.id, "unknown_instrument", instrument=use.id)
            known = {section.id for section in catalogue.instrument(use.id).sections}
            for section in use.sections or ():
                if section not in known:
                    raise DefinitionError(file, phase.id, "unknown_section", instrument=use.id, section=section)
