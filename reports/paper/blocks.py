"""What a document on paper is made of. Texts are in its language already; what users wrote is printed as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from instruments.model import Instrument, Section

Colour = Literal["green", "yellow", "orange", "red"]


@dataclass(frozen=True)
class Heading:
    """Level 1 begins a part of the document and stands in the outline; level 2 a piece of it; level 3 is a question."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class Paragraph:
    text: str
    bold: bool = False


@dataclass(frozen=True)
class Note:
    """Small print: how something is to be read. `with_next`: it stands on the same page as what it speaks of."""

    text: str
    with_next: bool = False


@dataclass(frozen=True)
class Words:
    """What a person wrote, in their own words, set apart by a rule. `by` says whose and about what."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Facts:
    """Label and value, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ColourCell:
    """Symbol, colour word and what it means in this row; `lines` are the statements.

    `box` and `boxes` are for a blank form: a box to tick for the colour, and one for each line.
    """

    colour: Colour
    word: str
    meaning: str = ""
    lines: tuple[str, ...] = ()
    box: bool = False
    boxes: bool = False


Cell: TypeAlias = str | ColourCell


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page's width. No `columns`: no head. The first column is bold when `row_heads`.

    `small`: in small print, where many columns share the page.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    row_heads: bool = True
    small: bool = False


@dataclass(frozen=True)
class QuadrantPoint:
    """One talk's two answers. None: not answered."""

    day: date
    ability: int | None
    priority: int | None


@dataclass(frozen=True)
class Quadrant:
    """The dated path, 1-10 each way. No points: the empty square to mark by hand."""

    points: tuple[QuadrantPoint, ...] = ()


@dataclass(frozen=True)
class SquareField:
    """One of a group's four squares; how many stood there is said in words, with the small numbers hidden."""

    letter: str
    meaning: str
    first: str
    last: str


@dataclass(frozen=True)
class GroupSquare:
    """A, B, C, D. Nobody's path is in it."""

    fields: tuple[SquareField, ...]


@dataclass(frozen=True)
class ScalePoint:
    day: date
    now: int | None
    wanted: int | None = None


@dataclass(frozen=True)
class ScaleLine:
    """One scale over its talks, the same way up for all of them."""

    low: int
    high: int
    low_words: str
    high_words: str
    points: tuple[ScalePoint, ...]


@dataclass(frozen=True)
class ScaleBoxes:
    """A row of numbers to ring in, on a blank form."""

    low: int
    high: int
    low_words: str
    high_words: str
    words_at: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class TickLine:
    """A box and its sentence. `ticked` None: empty, to fill in by hand."""

    text: str
    ticked: bool | None = None


@dataclass(frozen=True)
class WritingLines:
    """Empty lines to write on, after an optional label on the first."""

    count: int
    label: str = ""


@dataclass(frozen=True)
class CardBoxes:
    """Cards to tick and number by hand, `blank` of them to write on."""

    cards: tuple[str, ...]
    blank: int = 0


@dataclass(frozen=True)
class RuledColumn:
    """`boxes`: what may be ticked in each row; one empty text is a box alone. None: room to write."""

    head: str
    width: float
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuledTable:
    """A table to write in by hand. `rows` are the heads of its rows; an empty one is a row without a head."""

    columns: tuple[RuledColumn, ...]
    rows: tuple[str, ...]
    head: str = ""
    head_width: float = 0.0
    row_height: float = 11.0


@dataclass(frozen=True)
class Field:
    """`boxes` to tick, else `lines` to write on: one short line may share its row with another."""

    label: str
    lines: int = 1
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fields:
    """One row of a table that has too many columns to lie beside each other: its fields under a title."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Picture:
    """The picture of a section. `values` by item id; None is an empty drawing to write in.

    `values` holds only what the paper's reader may see: a part that is left out of them is drawn empty.
    """

    instrument: Instrument
    section: Section
    values: Mapping[str, object] | None = None


@dataclass(frozen=True)
class SignatureLines:
    """Who signs: role, and the name printed under the line (empty: to be written)."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page if one page can hold them. What comes `then` begins there too and may go on."""

    blocks: tuple[Block, ...]
    then: tuple[Block, ...] = ()


@dataclass(frozen=True)
class PageBreak:
    pass


Block: TypeAlias = (
    Heading
    | Paragraph
    | Note
    | Words
    | Facts
    | Table
    | Quadrant
    | GroupSquare
    | ScaleLine
    | ScaleBoxes
    | TickLine
    | WritingLines
    | CardBoxes
    | RuledTable
    | Fields
    | Picture
    | SignatureLines
    | Together
    | PageBreak
)
