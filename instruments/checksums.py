"""A used edition is never edited: its checksum is recorded, and frozen at a release.

    python -m instruments.checksums                  record every edition that is not frozen yet
    python -m instruments.checksums --freeze 1.0.0   record, and freeze them all as of this release

A frozen edition that has changed stops both: give the new words an edition of their own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from instruments.catalogue import LIBRARY, Catalogue, load
from instruments.definitions import read_yaml

RECORD = LIBRARY / "checksums.yaml"
HEADING = (
    "# Written by `python -m instruments.checksums`. A frozen edition is never edited; write a new one beside it.\n"
)


@dataclass(frozen=True)
class Recorded:
    """`frozen` is the release that froze the edition, None before any has."""

    sha256: str
    frozen: str | None = None


def recorded(file: Path = RECORD) -> dict[str, Recorded]:
    """By "<instrument>/<edition>"; nothing when there is no record yet."""
    return {name: Recorded(**entry) for name, entry in read_yaml(file).items()} if file.exists() else {}


def current(catalogue: Catalogue) -> dict[str, str]:
    return {
        f"{edition.instrument.id}/{edition.instrument.edition}": edition.checksum
        for edition in catalogue.all_editions()
    }


def edited_although_frozen(record: Mapping[str, Recorded], now: Mapping[str, str]) -> tuple[str, ...]:
    """The frozen editions that say something else than they did, or are gone."""
    return tuple(name for name, entry in record.items() if entry.frozen and now.get(name) != entry.sha256)


def not_recorded(record: Mapping[str, Recorded], now: Mapping[str, str]) -> tuple[str, ...]:
    """The editions that are new or have been edited since they were recorded, and may be."""
    edited = set(edited_although_frozen(record, now))
    return tuple(
        name for name, sha256 in now.items() if name not in edited and record.get(name, Recorded("")).sha256 != sha256
    )


def renewed(record: Mapping[str, Recorded], now: Mapping[str, str], release: str | None) -> dict[str, Recorded]:
    """The record to write. What is frozen stays as it is; the rest follows the library."""
    kept = {name: entry for name, entry in record.items() if entry.frozen}
    fresh = {name: Recorded(sha256, release) for name, sha256 in now.items() if name not in kept}
    return dict(sorted({**fresh, **kept}.items()))


def write(record: Mapping[str, Recorded], file: Path = RECORD) -> None:
    entries = {name: {"sha256": entry.sha256, "frozen": entry.frozen} for name, entry in record.items()}
    file.write_text(HEADING + yaml.safe_dump(entries, sort_keys=True), encoding="utf-8")


def main(arguments: list[str] | None = None, file: Path = RECORD) -> int:
    parser = argparse.ArgumentParser(prog="python -m instruments.checksums", description="Record what editions say.")
    parser.add_argument("--freeze", metavar="RELEASE", help="freeze every edition as of this release")
    release: str | None = parser.parse_args(arguments).freeze
    record, now = recorded(file), current(load())
    edited = edited_although_frozen(record, now)
    for name in edited:
        sys.stderr.write(f"{name} was frozen in {record[name].frozen} and has changed: undo it, and add an edition\n")
    if edited:
        return 1
    write(renewed(record, now, release), file)
    sys.stdout.write(f"{len(now)} editions recorded\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
