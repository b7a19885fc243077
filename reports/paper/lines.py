"""A text -> lines of pieces, each piece in one font and one reading direction, in the order they are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from reports.paper.fonts import BODY, Run, characters_of, reads_right_to_left, runs_of

# A word with the spaces after it. Chinese and Japanese may break after each sign.
_SIGNS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_SIGNS}] *|[^ {_SIGNS}]+ *| +")
_NARROWEST = 0.6  # mm; no letter printed here is narrower, which bounds the search in _broken

Measure = Callable[[Run, bool], float]


@dataclass(frozen=True)
class Piece:
    """`right_to_left` is the direction of its letters; `width` is in millimetres."""

    run: Run
    width: float
    right_to_left: bool = False


@dataclass(frozen=True)
class Line:
    pieces: tuple[Piece, ...]
    right_to_left: bool = False

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True)
class _Levelled:
    """A run with its embedding level by the Unicode rules: odd reads from right to left."""

    run: Run
    level: int


@dataclass(frozen=True)
class _Word:
    """`bare` is its width without the spaces after it."""

    start: int
    end: int
    runs: tuple[_Levelled, ...]
    width: float
    bare: float


class _Paragraph:
    def __init__(self, text: str, bold: bool, measure: Measure, base: TextDirection | None) -> None:
        self.text, self.bold = text, bold
        self._measure = measure
        self.backwards = False
        self._levels = [0] * len(text)
        if reads_right_to_left(text):
            bidi = BidiParagraph(text, base, preserve_bn_chars=True)
            self.backwards = bidi.base_direction is TextDirection.RTL
            for character in bidi.get_characters_with_embedding_level():
                self._levels[character.character_index] = character.embedding_level

    def lines(self, width: float) -> Iterator[Line]:
        lying: list[_Word] = []
        used = 0.0
        for word in self._words(width):
            if lying and used + word.bare > width:
                yield self._line(lying)
                lying, used = [], 0.0
            lying.append(word)
            used += word.width
        yield self._line(lying)

    def _words(self, width: float) -> Iterator[_Word]:
        for found in _WORD.finditer(self.text):
            word = self._word(found.start(), found.end())
            if word.bare <= width:
                yield word
            else:
                yield from self._broken(word, width)

    def _word(self, start: int, end: int) -> _Word:
        letters = self.text[start:end].rstrip(" ")
        levelled = [item for a, b in self._level_spans(start, start + len(letters)) for item in self._runs(a, b)]
        bare = sum(self._width(item) for item in levelled)
        spaces = end - start - len(letters)
        if spaces:
            file = levelled[-1].run.file if levelled else BODY.regular
            file = file if ord(" ") in characters_of(file) else BODY.regular
            levelled.append(_Levelled(Run(" " * spaces, file), self._levels[end - 1]))
        return _Word(start, end, tuple(levelled), bare + (self._width(levelled[-1]) if spaces else 0.0), bare)

    def _level_spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for here in range(start + 1, end + 1):
            if here == end or self._levels[here] != self._levels[start]:
                yield start, here
                start = here

    def _runs(self, start: int, end: int) -> Iterator[_Levelled]:
        for run in runs_of(self.text[start:end], self.bold):
            yield _Levelled(run, self._levels[start])

    def _broken(self, word: _Word, width: float) -> Iterator[_Word]:
        """A word wider than the line, in pieces that fit. Halving keeps 20,000 letters without a space quick."""
        start = word.start
        while start < word.end:
            fits, too_many = 1, min(word.end - start, int(width / _NARROWEST)) + 1
            while too_many - fits > 1:
                tried = (fits + too_many) // 2
                if self._word(start, start + tried).bare <= width:
                    fits = tried
                else:
                    too_many = tried
            yield self._word(start, start + fits)
            start += fits

    def _line(self, words: list[_Word]) -> Line:
        levelled = [item for word in words for item in word.runs]
        while levelled and not levelled[-1].run.text.strip(" "):
            levelled.pop()
        ordered = _in_drawing_order(_joined(levelled))
        pieces = tuple(Piece(item.run, self._width(item), item.level % 2 == 1) for item in ordered)
        return Line(pieces, self.backwards)

    def _width(self, item: _Levelled) -> float:
        return self._measure(item.run, item.level % 2 == 1)


def lines_of(text: str, width: float, bold: bool, measure: Measure, our_own: bool = False) -> list[Line]:
    """`text` is clean. A blank paragraph gives an empty line, so that what was typed keeps its shape.

    A paragraph reads in the direction of its first letter, unless it is `our_own`: a line in Swedish or English
    that begins with an Arabic name still begins at the left.
    """
    base = TextDirection.LTR if our_own else None
    file = BODY.file(bold)
    lines: list[Line] = []
    for part in text.split("\n"):
        plain = _plain_lines(part, width, file, measure) if characters_of(file).issuperset(map(ord, part)) else None
        lines += plain or _Paragraph(part, bold, measure, base).lines(width)
    return lines


def _plain_lines(text: str, width: float, file: str, measure: Measure) -> list[Line] | None:
    """The quick way for what most texts are: words in the body font. None if a word is wider than the line."""

    def width_of(piece: str) -> float:
        return measure(Run(piece, file), False)

    lines, start, used, space = [], 0, 0.0, width_of(" ")
    for found in _WORD.finditer(text):
        word = found.group().rstrip(" ")
        bare = width_of(word)
        if bare > width:
            return None
        if used and used + bare > width:
            lines.append(text[start : found.start()])
            start, used = found.start(), 0.0
        used += bare + space * (len(found.group()) - len(word))
    lines.append(text[start:])
    return [_plain_line(line.rstrip(" "), file, width_of) for line in lines]


def _plain_line(text: str, file: str, width_of: Callable[[str], float]) -> Line:
    return Line((Piece(Run(text, file), width_of(text)),) if text else ())


def _joined(items: list[_Levelled]) -> list[_Levelled]:
    """Neighbours in one font and direction as one run: fewer operators, and spaces stay in the text."""
    joined: list[_Levelled] = []
    for item in items:
        before = joined[-1] if joined else None
        if before and before.level == item.level and _belong_together(before, item):
            joined[-1] = _Levelled(Run(before.run.text + item.run.text, item.run.file), item.level)
        else:
            joined.append(item)
    return joined


def _belong_together(before: _Levelled, after: _Levelled) -> bool:
    """What reads from right to left is always shaped (its brackets turn), so it joins whatever it holds."""
    if before.run.file != after.run.file:
        return False
    return before.level % 2 == 1 or before.run.shaped == after.run.shaped or not after.run.text.strip(" ")


def _in_drawing_order(items: list[_Levelled]) -> list[_Levelled]:
    """Rule L2 of the Unicode bidirectional algorithm, on whole runs."""
    for level in range(max((item.level for item in items), default=0), 0, -1):
        ordered: list[_Levelled] = []
        turned: list[_Levelled] = []
        for item in items:
            if item.level >= level:
                turned.insert(0, item)
            else:
                ordered += [*turned, item]
                turned = []
        items = ordered + turned
    return items
