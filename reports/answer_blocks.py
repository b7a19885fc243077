"""Questions and answers of any kind as blocks for paper: short ones as rows, long ones under their question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from conversation_models.domain.answer import Respondent
from instruments.answers import Value, is_declined, state_of
from instruments.items import CardsItem, ChoicesItem, ColourItem, Item, JointColourItem, ScaleItem, TableItem, TextItem
from instruments.readings import Listed, listed, said, table_rows
from reports.paper.blocks import Block, Cell, ColourCell, Facts, Heading, Note, Paragraph, Table, TickLine, Together
from reports.paper.blocks import Words as WordsBlock
from reports.paper.sheet import BREADTH
from reports.sayings import say_cell, say_ends, say_entry, say_listed, say_unlaid, say_value
from reports.sentences import COLOURS, say_meaning
from translations import Words, message

NARROW = {"tick": 17.0, "scale": 17.0, "date": 26.0}  # mm; columns of words share what is left
NARROWEST_WORDS, SMALL_FROM = 21.0, 5
RESPONDENTS: dict[Respondent, str] = {
    Respondent.STUDENT: "",
    Respondent.GUARDIAN: message("a guardian's answer"),
    Respondent.MENTOR: message("the mentor's answer"),
    Respondent.COUNSELLOR: message("the counsellor's answer"),
}


@dataclass(frozen=True)
class Asked:
    """One question with what was answered. `remark` says who answered, when it was not the student."""

    item: Item
    value: Value
    remark: str = ""


def answer_blocks(asked: Sequence[Asked], _: Words) -> Iterator[Block]:
    """In the order of the form. What was left empty is named at the end, in one line."""
    answered = [each for each in asked if state_of(each.value) != "empty"]
    for is_short, group in groupby(answered, lambda each: is_declined(each.value) or each.item.kind in SHORT):
        if is_short:
            yield Table((), tuple(_short_row(each, _) for each in group), (58, 112))
        else:
            for each in group:
                yield from _long(each, _)
    empty = [each.item.label.say(_.language) for each in asked if state_of(each.value) == "empty"]
    if empty:
        yield Note(_("Left empty: {questions}").format(questions="; ".join(empty)))


def _short_row(asked: Asked, _: Words) -> tuple[Cell, ...]:
    return _question(asked, _), _declined(asked, _) or SHORT[asked.item.kind](asked.item, asked.value, _)


def _declined(asked: Asked, _: Words) -> str:
    return say_value(asked.item, asked.value, _.language) if is_declined(asked.value) else ""


def _question(asked: Asked, _: Words) -> str:
    label = asked.item.label.say(_.language)
    return f"{label}\n({asked.remark})" if asked.remark else label


def _long(asked: Asked, _: Words) -> Iterator[Block]:
    blocks = tuple(LONG[asked.item.kind](asked.item, asked.value, _))
    question: tuple[Block, ...] = (Heading(asked.item.label.say(_.language), level=3),)
    if asked.remark:
        question += (Note(asked.remark),)
    yield Together(question, then=blocks)


def _text(_item: TextItem, value: Value, _: Words) -> Iterator[Block]:
    yield WordsBlock(str(value))


def _choices(item: ChoicesItem, value: Value, _: Words) -> Iterator[Block]:
    for words in say_listed(listed(item, value), _.language):
        yield TickLine(words, ticked=True)


def _cards(item: CardsItem, value: Value, _: Words) -> Iterator[Block]:
    """In the order they were laid; what was written on a card that was not laid stands after them."""
    laid = say_listed(listed(item, value), _.language)
    if laid:
        yield Table((), tuple((str(place), words) for place, words in enumerate(laid, start=1)), (12, 158))
    else:
        yield Paragraph(_("No card laid"))
    unlaid = say_unlaid(value, _.language)
    if unlaid:
        yield Note(unlaid)


def _table(item: TableItem, value: Value, _: Words) -> Iterator[Block]:
    """Columns that say nothing in any row are left out. Too many for the page: each row as a list of its own."""
    rows = table_rows(item, value)
    columns = [column for column in item.columns if any(column.id in cells for _row, cells in rows)]
    heads = tuple(column.label.say(_.language) for column in columns)
    cells = [tuple(say_cell(column, filled.get(column.id), _.language) for column in columns) for _row, filled in rows]
    named = any(_is_given(row) for row, _cells in rows)
    widths = _widths([column.kind for column in columns], named)
    yield from (Note(note) for column in columns for note in _ends(column, _))
    if widths is None:
        yield from _rows_as_facts([say_entry(row, _.language) for row, _cells in rows], heads, cells)
    elif named:
        names = [say_entry(row, _.language) if _is_given(row) else "" for row, _cells in rows]
        laid = tuple((name, *filled) for name, filled in zip(names, cells, strict=True))
        yield Table(("", *heads), laid, widths, small=len(widths) >= SMALL_FROM)
    else:
        yield Table(heads, tuple(cells), widths, row_heads=False, small=len(widths) >= SMALL_FROM)


def _is_given(row: Listed) -> bool:
    """Rows of the definition are called by it; what an added row says stands in its columns."""
    return not isinstance(row.words, str)


def _ends(column: Item, _: Words) -> Iterator[str]:
    if isinstance(column, ScaleItem):
        label = column.label.say(_.language)
        yield _("{question}: {answer}").format(question=label, answer=_said_ends(column, _))


def _said_ends(item: ScaleItem, _: Words) -> str:
    ends = say_ends(item, _.language)
    return f"{ends}. {_('Lower is easier.')}" if item.lower_is_easier else ends


def _widths(kinds: Sequence[str], named: bool) -> tuple[float, ...] | None:
    """None when the columns of words would become too narrow to read."""
    wordy = [kind for kind in kinds if kind not in NARROW] + (["name"] if named else [])
    left = BREADTH - sum(NARROW.get(kind, 0.0) for kind in kinds)
    if wordy and left / len(wordy) < NARROWEST_WORDS:
        return None
    each = left / len(wordy) if wordy else 0.0
    return (*([each] if named else []), *(NARROW.get(kind, each) for kind in kinds))


def _rows_as_facts(names: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[Block]:
    for number, (name, filled) in enumerate(zip(names, cells, strict=True), start=1):
        yield Paragraph(f"{number}. {name}", bold=True)
        yield Facts(tuple((head, cell) for head, cell in zip(heads, filled, strict=True) if cell))


def _colour(item: ColourItem | JointColourItem, value: Value, _: Words) -> Cell:
    answer = said(item, value)
    if answer.colour is None:
        return say_value(item, value, _.language)
    marked = tuple(text.say(_.language) for text in answer.marked)
    return ColourCell(answer.colour, _(COLOURS[answer.colour]), say_meaning(answer, _.language), marked)


def _number(item: ScaleItem, value: Value, _: Words) -> Cell:
    return f"{value}\n({_said_ends(item, _)})"


def _said(item: Item, value: Value, _: Words) -> Cell:
    return say_value(item, value, _.language)


# Each kind stands in one of the two; a test names the kind that is forgotten.
SHORT: Mapping[str, Callable[[Any, Value, Words], Cell]] = {
    "colour": _colour,
    "joint_colour": _colour,
    "scale": _number,
    "line": _said,
    "date": _said,
    "tick": _said,
    "choice": _said,
}
LONG: Mapping[str, Callable[[Any, Value, Words], Iterator[Block]]] = {
    "text": _text,
    "choices": _choices,
    "cards": _cards,
    "table": _table,
}
