from collections.abc import Iterator
from pathlib import Path

import pytest

import translations
from translations import ContradictingTranslation, Words, is_language, message, words

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of the real catalogues."""
    monkeypatch.setattr(translations, "CATALOGUES", tmp_path)
    (tmp_path / "sv").mkdir()
    words.cache_clear()
    yield tmp_path / "sv"
    words.cache_clear()


def write(path: Path, entries: str) -> None:
    path.write_text(f"{HEADER}{PLURALS}\n{entries}", encoding="utf-8")


def test_swedish_comes_from_every_catalogue(catalogues: Path) -> None:
    write(catalogues / "ui.po", 'msgid "Save"\nmsgstr "Spara"\n')
    write(catalogues / "forms.po", 'msgid "Later"\nmsgstr "Senare"\n')
    _ = words("sv")
    assert (_("Save"), _("Later")) == ("Spara", "Senare")


def test_english_is_what_the_code_says(catalogues: Path) -> None:
    write(catalogues / "ui.po", 'msgid "Save"\nmsgstr "Spara"\n')
    assert words("en")("Save") == "Save"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 samtal med {name}"), (1, "1 samtalet med {name}"), (2, "2 samtal med {name}")]
)
def test_the_form_fits_the_number_and_other_places_stay_open(catalogues: Path, number: int, said: str) -> None:
    entry = 'msgid "{n} talk with {name}"\nmsgid_plural "{n} talks with {name}"\n'
    write(catalogues / "ui.po", entry + 'msgstr[0] "{n} samtalet med {name}"\nmsgstr[1] "{n} samtal med {name}"\n')
    assert words("sv").n("{n} talk with {name}", "{n} talks with {name}", number) == said


def test_an_untranslated_or_uncertain_message_is_said_in_english(catalogues: Path) -> None:
    write(catalogues / "ui.po", 'msgid "Save"\nmsgstr ""\n\n#, fuzzy\nmsgid "Close"\nmsgstr "Stänga kanske"\n')
    _ = words("sv")
    assert (_("Save"), _("Close"), _.n("{n} row", "{n} rows", 3)) == ("Save", "Close", "3 rows")


def test_the_same_message_twice_must_say_the_same(catalogues: Path) -> None:
    write(catalogues / "forms.po", 'msgid "Close"\nmsgstr "Stäng"\n')
    write(catalogues / "ui.po", 'msgid "Close"\nmsgstr "Avsluta"\n')
    with pytest.raises(ContradictingTranslation) as raised:
        words("sv")
    assert raised.value.values == {"message": "Close", "first": "Stäng", "second": "Avsluta"}


def test_words_are_read_once() -> None:
    assert words("sv") is words("sv")
    assert isinstance(words("sv"), Words)


def test_a_marked_message_is_itself() -> None:
    assert message("Too long") == "Too long"


@pytest.mark.parametrize(("text", "known"), [("sv", True), ("en", True), ("no", False), ("", False), (None, False)])
def test_only_two_languages_are_known(text: str | None, known: bool) -> None:
    assert is_language(text) is known
