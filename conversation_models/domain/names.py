"""Names as Swedish sorts, searches and compares them."""

import unicodedata
from collections.abc import Iterable

from conversation_models.domain.student import Student

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
RANKS = {letter: str(100 + place) for place, letter in enumerate(ALPHABET)}
# Letters that Swedish files under another letter; all others lose their accents (é is e, and w is not v).
FILED_UNDER = {"ü": "y", "ű": "y", "æ": "ä", "ø": "ö", "œ": "ö", "ő": "ö", "ð": "d", "đ": "d", "ł": "l", "þ": "th"}
FILED_UNDER |= {"ı": "i", "ħ": "h", "ŋ": "n"}
UNHEARD = "'’‘ʼ`´"

SortKey = tuple[str, str, str]


def sort_key(name: str) -> SortKey:
    """First by letters alone, then by accents, last by capitals. Other scripts come after ö, in their own order."""
    plain = tidy(name)
    folded = plain.casefold()
    return "".join(_rank(letter) for letter in _letters(folded)), folded, plain


def student_order(student: Student) -> tuple[SortKey, SortKey]:
    """Family name first, as in a class list."""
    return sort_key(student.family_name), sort_key(student.given_name)


def sorted_students(students: Iterable[Student]) -> list[Student]:
    return sorted(students, key=student_order)


def matches(name: str, search: str) -> bool:
    """Every word of the search begins or lies in the name; capitals and foreign accents make no difference."""
    searched = "".join(_letters(tidy(name).casefold()))
    return all("".join(_letters(word)) in searched for word in tidy(search).casefold().split())


def same_name(name: str) -> str:
    """What two spellings of one name have in common: capitals, spaces and ways to write an accent do not count."""
    return tidy(name).casefold()


def tidy(text: str) -> str:
    """One way to write each letter, single spaces, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in composed)
    return " ".join(seen.split())


def _letters(folded: str) -> Iterable[str]:
    for letter in folded:
        if letter in ALPHABET:
            yield letter
        elif letter in FILED_UNDER:
            yield FILED_UNDER[letter]
        elif letter in UNHEARD:
            continue
        else:
            yield (
                " "
                if letter == "-"
                else "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
            )


def _rank(letters: str) -> str:
    """Digits before letters, letters in Swedish order, anything else after."""
    return "".join(RANKS.get(letter, f"0{letter}" if letter.isascii() else f"2{letter}") for letter in letters)
