"""Every instrument in every edition: the product's own library, and a school's own wording laid over it.

A library is a folder of folders: `<id>/<edition>.yaml`. The product's own editions are numbered 1-100, a
school's own 101 and up; a school's wording of a known instrument asks exactly the same things.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from instruments.definitions import read_yaml, understand
from instruments.errors import DefinitionError
from instruments.items import ColourItem, JointColourItem, ScaleItem
from instruments.model import Instrument

LIBRARY = Path(__file__).parent / "library"
LAST_OWN_EDITION = 100


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
    found: dict[str, dict[int, Edition]] = {}
    for folder in (LIBRARY, extra):
        for edition in _read_library(folder) if folder else ():
            _check_number(edition, school=folder is not LIBRARY)
            editions = found.setdefault(edition.instrument.id, {})
            _check_structure(edition, editions)
            editions[edition.instrument.edition] = edition
    catalogue = Catalogue(MappingProxyType({name: MappingProxyType(editions) for name, editions in found.items()}))
    for edition in catalogue.all_editions():
        _check_follows(edition, catalogue)
    return catalogue


def checksum_of(content: Any) -> str:
    """Of what a definition says, not of how its file is laid out: comments and line breaks may change."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def _read_library(folder: Path) -> Iterator[Edition]:
    for file in sorted(folder.glob("*/*.yaml")):
        if file.stem.isdigit():
            content = read_yaml(file)
            instrument = understand(Instrument, content, file)
            if (instrument.id, str(instrument.edition)) != (file.parent.name, file.stem):
                raise DefinitionError(file, None, "wrong_place", id=instrument.id, edition=instrument.edition)
            yield Edition(instrument, checksum_of(content), file)


def _check_number(edition: Edition, *, school: bool) -> None:
    if school != (edition.instrument.edition > LAST_OWN_EDITION):
        raise DefinitionError(edition.file, None, "edition_number", edition=edition.instrument.edition)


def _check_structure(edition: Edition, known: Mapping[int, Edition]) -> None:
    """A new edition in the library may ask other things; a school's own wording may not."""
    own = [number for number in known if number <= LAST_OWN_EDITION]
    if edition.instrument.edition <= LAST_OWN_EDITION or not own:
        return
    base = known[max(own)].instrument
    here, there = _structure(edition.instrument), _structure(base)
    if here != there:
        differing = sorted({item_id for _, item_id, *_ in here ^ there})
        raise DefinitionError(
            edition.file, None, "changes_structure", difference=", ".join(differing), edition=base.edition
        )


def _structure(instrument: Instrument) -> set[tuple[str, str, str, tuple[int, int] | None]]:
    return {
        (section.id, item.id, item.kind, (item.low, item.high) if isinstance(item, ScaleItem) else None)
        for section in instrument.sections
        for item in section.items
    }


def _check_follows(edition: Edition, catalogue: Catalogue) -> None:
    for item in edition.instrument.items():
        if not isinstance(item, JointColourItem) or item.follows is None:
            continue
        name, _, row = item.follows.partition(".")
        rows = catalogue.instrument(name).items() if name in catalogue.ids() else ()
        if not any(isinstance(other, ColourItem) and other.id == row for other in rows):
            raise DefinitionError(edition.file, item.id, "unknown_follows", follows=item.follows)
