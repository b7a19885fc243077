"""The words of the application. English is what the code says; Swedish lies in `sv/<package>.po`.

`_ = words(language)`, then `_("Saved {time}").format(time=...)` and `_.n("{n} talk", "{n} talks", count)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeGuard, TypeVar, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: Mapping[Language, str] = {"sv": "Svenska", "en": "English"}  # each said in itself
CATALOGUES = Path(__file__).parent

T = TypeVar("T", str, tuple[str, str])


class ContradictingTranslation(Exception):
    """Two catalogues translate the same message differently."""

    code = "contradicting_translation"

    def __init__(self, message: str, first: str, second: str) -> None:
        super().__init__(f"{message!r} is both {first!r} and {second!r}")
        self.values = {"message": message, "first": first, "second": second}


@dataclass(frozen=True)
class Words:
    """Says messages in one language. A message without a translation is said in English."""

    language: Language
    single: Mapping[str, str]
    plural: Mapping[str, tuple[str, str]]

    def __call__(self, message: str) -> str:
        return self.single.get(message, message)

    def n(self, one: str, many: str, number: int) -> str:
        """The form that fits the number, which stands in for `{n}`; other places stay open for `.format`."""
        form_one, form_many = self.plural.get(one, (one, many))
        return (form_one if number == 1 else form_many).replace("{n}", str(number))


def message(text: str) -> str:
    """Marks a message that is said later, where the language is known: `_(SENTENCES[code])`."""
    return text


def is_language(text: str | None) -> TypeGuard[Language]:
    return text in LANGUAGES


@cache
def words(language: Language) -> Words:
    """Raises ContradictingTranslation."""
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, str]] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        _read(path, single, plural)
    return Words(language, single, plural)


def _read(path: Path, single: dict[str, str], plural: dict[str, tuple[str, str]]) -> None:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    for entry in catalogue:
        if not entry.id or entry.fuzzy or not all(_forms(entry.string)):
            continue
        if isinstance(entry.id, str):
            _add(single, entry.id, str(entry.string))
        else:
            one, many = _forms(entry.string)
            _add(plural, entry.id[0], (one, many))


def _forms(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str) or string is None else tuple(string)


def _add(known: dict[str, T], text: str, translation: T) -> None:
    if known.setdefault(text, translation) != translation:
        raise ContradictingTranslation(text, str(known[text]), str(translation))
