"""Which font a word is drawn with.

One font a word, the first that has all its characters, so that a name never changes shape in the
middle. A word that no single font has is divided; a character that no font has is shown as its
number. The character maps are read here because a shaped text gives no warning for what it lacks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from reports.paper.wording import number_of

FOLDER = Path(__file__).resolve().parent.parent / "fonts"


@dataclass(frozen=True)
class Face:
    """`bold` is None where the script has no bold file: the regular one is used."""

    regular: str
    bold: str | None = None

    def file(self, bold: bool) -> str:
        return self.bold if bold and self.bold else self.regular


def _noto(script: str, bold: bool = False) -> Face:
    name = f"NotoSans{script}"
    return Face(f"{name}-Regular.ttf", f"{name}-Bold.ttf" if bold else None)


BODY = Face("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
FACES = (
    BODY,
    Face("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    Face("JagmedSymbols-Regular.ttf", "JagmedSymbols-Bold.ttf"),
    *(_noto(script, bold=True) for script in ("Arabic", "Hebrew", "Ethiopic")),
    *(_noto(script) for script in ("Armenian", "Georgian", "Syriac", "Thaana", "Thai", "Lao", "Khmer", "Myanmar")),
    *(_noto(script) for script in ("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu")),
    *(_noto(script) for script in ("Kannada", "Malayalam", "Sinhala")),
    Face("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    *(Face(f"DroidSansFallback-{part}.ttf") for part in ("Common", "Hangul", "Rare")),
    Face("SymbolaEmoji.ttf"),
)

# Loose accents, Hebrew to Thaana, the scripts of South and South-East Asia, Khmer: letters that meet.
_SHAPED = re.compile("[\u0300-\u036f\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


@dataclass(frozen=True)
class Run:
    """A piece of a word in one font file."""

    text: str
    file: str

    @property
    def shaped(self) -> bool:
        return _SHAPED.search(self.text) is not None


def reads_right_to_left(text: str) -> bool:
    """Whether any of it does; the rest of the line then has to be put in order too."""
    return _RIGHT_TO_LEFT.search(text) is not None


@cache
def characters_of(file: str) -> frozenset[int]:
    with TTFont(FOLDER / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def runs_of(word: str, bold: bool) -> tuple[Run, ...]:
    """The word in as few fonts as can be; nothing of it is ever left out."""
    whole = _file_for(word, bold)
    if whole:
        return (Run(word, whole),)
    runs: list[Run] = []
    for letter in _letters(word):
        file = _file_for(letter, bold)
        for run in [Run(letter, file)] if file else [_visible(character, bold) for character in letter]:
            joins = bool(runs) and runs[-1].file == run.file
            runs.append(Run(runs.pop().text + run.text, run.file) if joins else run)
    return tuple(runs)


def _file_for(text: str, bold: bool) -> str | None:
    needed = {ord(character) for character in text}
    for face in FACES:
        for file in dict.fromkeys((face.file(bold), face.regular)):
            if needed <= characters_of(file):
                return file
    return None


def _visible(character: str, bold: bool) -> Run:
    file = _file_for(character, bold)
    return Run(character, file) if file else Run(number_of(character), BODY.file(bold))


def _letters(word: str) -> list[str]:
    """The word letter by letter, each with the accents that belong to it."""
    letters: list[str] = []
    for character in word:
        if letters and unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
            letters[-1] += character
        else:
            letters.append(character)
    return letters
