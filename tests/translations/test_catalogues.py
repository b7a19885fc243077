"""Swedish is complete: nothing is said without it, and nothing is kept that is no longer said."""

import string

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.translations.extraction import ROOT, SOURCES, Said, said_in
from translations import words

CATALOGUES = sorted(path.stem for path in (ROOT / "translations" / "sv").glob("*.po"))


def package_of(catalogue: str) -> str | None:
    """A large package may spread its words: `reports_paper.po` belongs to `reports`."""
    return next((name for name in SOURCES if catalogue == name or catalogue.startswith(f"{name}_")), None)


def read(catalogue: str) -> Catalog:
    with (ROOT / "translations" / "sv" / f"{catalogue}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries(catalogue: str) -> list[Message]:
    return [entry for entry in read(catalogue) if entry.id]


def first(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def forms(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def is_translated(said: Said) -> bool:
    swedish = words("sv")
    return said.one in (swedish.single if said.many is None else swedish.plural)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_package_has_a_catalogue_and_every_catalogue_a_package() -> None:
    assert {package_of(catalogue) for catalogue in CATALOGUES} == set(SOURCES)


@pytest.mark.parametrize("package", SOURCES)
def test_everything_said_has_swedish(package: str) -> None:
    missing = [f"{said.where}: {said.one}" for said in said_in(package) if not is_translated(said)]
    assert missing == [], f"write these in translations/sv/{package}.po"


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_nothing_is_kept_that_is_no_longer_said(catalogue: str) -> None:
    package = package_of(catalogue)
    assert package, catalogue
    said = {(message.one, message.many is not None) for message in said_in(package)}
    stale = [first(entry) for entry in entries(catalogue) if (first(entry), entry.pluralizable) not in said]
    assert stale == [], f"delete these from translations/sv/{catalogue}.po"


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_swedish_is_finished_and_keeps_the_places_for_values(catalogue: str) -> None:
    for entry in entries(catalogue):
        assert not entry.fuzzy, first(entry)
        for form in forms(entry):
            assert form.strip(), first(entry)
            assert places(form) <= places(first(entry)) | {"n"}, first(entry)
            assert places(first(entry)) - {"n"} <= places(form), first(entry)


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_no_message_is_written_twice_in_one_catalogue(catalogue: str) -> None:
    lines = (ROOT / "translations" / "sv" / f"{catalogue}.po").read_text(encoding="utf-8").splitlines()
    written = sum(line.startswith("msgid ") for line in lines)
    assert written == len(entries(catalogue)) + 1, "beside the head, each once: Babel keeps only the last of two"
    assert read(catalogue).obsolete == {}, "delete the entries that begin with #~"
