"""Every instrument in every edition: the product's own library, and a school's own wording laid over it.

A library is a folder of folders: `<id>/<edition>.yaml`. The product's own editions are numbered 1-100, a
school's own 101 and up; a school's wording of a known instrument asks exactly the same things.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from instruments.definitions import read_yaml, understand
from instruments.errors import DefinitionError
from instruments.items import ColourItem, JointColourItem
from instruments.model import Instrument
from instruments.text import Part, Text

LIBRARY = Path(__file__).parent / "library"
LAST_OWN_EDITION = 100
CASES = "cases"  # worked examples may lie beside the editions


@dataclass(frozen=True)
class Edition:
    instrument: Instrument
    checksum: str
    file: Path


@dataclass(frozen=True)
class Catalogue:
    """Asking for an instrument or an edition that is not there raises KeyError."""

    _editions: Mapping[str, Mapping[int, Edition]]

    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._editions))

    def editions(self, instrument_id: str) -> tuple[int, ...]:
        return tuple(sorted(self._editions[instrument_id]))

    def instrument(self, instrument_id: str, edition: int | None = None) -> Instrument:
        """The latest edition when none is named. An answer names the edition it was given in."""
        return self._edition(instrument_id, edition).instrument

    def checksum(self, instrument_id: str, edition: int | None = None) -> str:
        return self._edition(instrument_id, edition).checksum

    def all_editions(self) -> tuple[Edition, ...]:
        return tuple(self._editions[name][number] for name in self.ids() for number in self.editions(name))

    def _edition(self, instrument_id: str, edition: int | None) -> Edition:
        editions = self._editions[instrument_id]
        return editions[max(editions) if edition is None else edition]


@cache
def load(extra: Path | None = None) -> Catalogue:
    """Read once and kept: a school that changes its own wording starts the product again.

    Raises DefinitionError for the first definition that cannot be used.
    """
    catalogue, errors = _read_all(extra)
    if errors:
        raise errors[0]
    return catalogue


def errors_in(extra: Path) -> list[DefinitionError]:
    """Everything that stops a school's own wording from being used, one error a file at most."""
    return _read_all(extra)[1]


def _read_all(extra: Path | None) -> tuple[Catalogue, list[DefinitionError]]:
    found: dict[str, dict[int, Edition]] = {}
    errors: list[DefinitionError] = []
    for folder in (LIBRARY, extra):
        for file in _files_in(folder) if folder else ():
            try:
                edition = _read_own(file) if folder is LIBRARY else _read(file, school=True)
                editions = found.setdefault(edition.instrument.id, {})
                _check_structure(edition, editions)
            except DefinitionError as error:
                errors.append(error)
            else:
                editions[edition.instrument.edition] = edition
    catalogue = Catalogue(MappingProxyType({name: MappingProxyType(each) for name, each in found.items() if each}))
    for edition in catalogue.all_editions():
        try:
            _check_follows(edition, catalogue)
        except DefinitionError as error:
            errors.append(error)
    return catalogue, errors


def checksum_of(content: Any) -> str:
    """Of what a definition says, not of how its file is laid out: comments and line breaks may change."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def _files_in(folder: Path) -> list[Path]:
    files = {file for pattern in ("*.y*ml", "*/*.y*ml") for file in folder.glob(pattern)}
    if folder is LIBRARY:
        return sorted(file for file in files if file.stem.isdigit())
    return sorted(file for file in files if file.stem != CASES)


def _read(file: Path, *, school: bool) -> Edition:
    if not file.stem.isdigit() or file.suffix != ".yaml":
        raise DefinitionError(file, None, "file_name")
    content = read_yaml(file)
    instrument = understand(Instrument, content, file)
    if (instrument.id, str(instrument.edition)) != (file.parent.name, file.stem):
        raise DefinitionError(file, None, "wrong_place", id=instrument.id, edition=instrument.edition)
    if school != (instrument.edition > LAST_OWN_EDITION):
        raise DefinitionError(file, None, "edition_number", edition=instrument.edition)
    return Edition(instrument, checksum_of(content), file)


@cache
def _read_own(file: Path) -> Edition:
    """Once, although the library is asked for both with a school's own wording over it and without."""
    return _read(file, school=False)


def _check_structure(edition: Edition, known: Mapping[int, Edition]) -> None:
    """A new edition in the library may ask other things; a school's own wording asks what one of them asks."""
    own = [known[number].instrument for number in sorted(known) if number <= LAST_OWN_EDITION]
    if edition.instrument.edition <= LAST_OWN_EDITION or not own:
        return
    here = _structure(edition.instrument)
    if all(here != _structure(base) for base in own):
        there = _structure(own[-1])
        differing = sorted({name for _, name in {*here, *there} if here.get((_, name)) != there.get((_, name))})
        raise DefinitionError(
            edition.file, None, "changes_structure", difference=", ".join(differing), edition=own[-1].edition
        )


def _structure(instrument: Instrument) -> dict[tuple[str, str], Any]:
    """Everything but the words: who reads and answers it, and each section and item with all its parts."""
    found: dict[tuple[str, str], Any] = {
        ("instrument", name): getattr(instrument, name) for name in ("level", "respondents", "alone")
    }
    for section in instrument.sections:
        found["section", section.id] = _without_words(section.model_copy(update={"items": ()}))
        for item in section.items:
            found["item", item.id] = (section.id, _without_words(item))
    return found


def _without_words(part: Any) -> Any:
    """None for a text: whether there is one, and what it says, is the school's own."""
    if isinstance(part, Text):
        return None
    if isinstance(part, Part):
        fields = ((name, _without_words(getattr(part, name))) for name in type(part).model_fields)
        return {name: kept for name, kept in fields if kept is not None}
    if isinstance(part, tuple):
        return [_without_words(each) for each in part]
    return sorted(part) if isinstance(part, Mapping) and part and isinstance(next(iter(part)), int) else part


def _check_follows(edition: Edition, catalogue: Catalogue) -> None:
    for item in edition.instrument.items():
        if not isinstance(item, JointColourItem) or item.follows is None:
            continue
        name, _, row = item.follows.partition(".")
        rows = catalogue.instrument(name).items() if name in catalogue.ids() else ()
        if not any(isinstance(other, ColourItem) and other.id == row for other in rows):
            raise DefinitionError(edition.file, item.id, "unknown_follows", follows=item.follows)
