"""A table item on a blank form: ruled where its columns fit beside each other, else field by field, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.items import ChoiceItem, Column, LineItem, ScaleItem, TableItem, TextItem, TickItem
from reports.paper.blocks import Block, Field, Fields, Note, RuledColumn, RuledTable
from reports.paper.sheet import BREADTH
from translations import Words

HEAD_WIDTH = 36.0
FEW_OPTIONS = 6
# How much a hand needs, in millimetres.
WIDTHS = {"tick": 14.0, "scale": 17.0, "date": 24.0, "choice": 34.0, "line": 30.0, "text": 38.0}
HEIGHTS = {"line": 11.0, "text": 17.0}
EMPTY_ROWS, EMPTY_ROWS_AFTER_GIVEN = 8, 3
EMPTY_ENTRIES, EMPTY_ENTRIES_AFTER_GIVEN = 4, 1


def blank_table(item: TableItem, _: Words) -> Iterator[Block]:
    notes = [note for column in item.columns for note in _explained(column, _)]
    yield from map(Note, notes)
    if _needed(item) <= BREADTH:
        shown = _empty(item, EMPTY_ROWS, EMPTY_ROWS_AFTER_GIVEN)
        yield _ruled(item, shown, _)
    else:
        shown = _empty(item, EMPTY_ENTRIES, EMPTY_ENTRIES_AFTER_GIVEN)
        yield from _entries(item, shown, _)
    if item.longest > shown:
        yield Note(_("If there are more, go on on the back or on one more form."))


def _needed(item: TableItem) -> float:
    return (HEAD_WIDTH if item.rows else 0.0) + sum(WIDTHS[column.kind] for column in item.columns)


def _empty(item: TableItem, alone: int, after_given: int) -> int:
    return min(item.longest, after_given if item.rows else alone)


def _ruled(item: TableItem, empty: int, _: Words) -> RuledTable:
    spare = BREADTH - _needed(item)
    growing = [column for column in item.columns if isinstance(column, LineItem | TextItem | ChoiceItem)]
    columns = tuple(
        RuledColumn(
            _head(column, _),
            WIDTHS[column.kind] + (spare / len(growing) if column in growing else 0.0),
            _boxes(column, _),
        )
        for column in item.columns
    )
    return RuledTable(
        columns,
        (*(row.text.say(_.language) for row in item.rows), *("" for _row in range(empty))),
        head_width=HEAD_WIDTH if item.rows else 0.0,
        row_height=max(HEIGHTS.get(column.kind, 10.0) for column in item.columns),
    )


def _entries(item: TableItem, empty: int, _: Words) -> Iterator[Fields]:
    """Each row a small form of its own, the empty ones numbered."""
    fields = tuple(_field(column, _) for column in item.columns)
    titles = [row.text.say(_.language) for row in item.rows]
    titles += [str(number) for number in range(len(titles) + 1, len(titles) + empty + 1)]
    for title in titles:
        yield Fields(title, fields)


def _field(column: Column, _: Words) -> Field:
    if isinstance(column, TickItem):
        return Field("", boxes=(column.label.say(_.language),))
    lines = 2 if isinstance(column, TextItem) else 1
    return Field(_head(column, _), lines, _boxes(column, _))


def _head(column: Column, _: Words) -> str:
    """A scale's numbers stand in the head of its column, where they are written by hand."""
    label = column.label.say(_.language)
    if isinstance(column, ScaleItem):
        return _("{question} ({low}–{high})").format(question=label, low=column.low, high=column.high)
    return label


def _boxes(column: Column, _: Words) -> tuple[str, ...]:
    if isinstance(column, TickItem):
        return ("",)
    if isinstance(column, ChoiceItem) and len(column.options) <= FEW_OPTIONS:
        return tuple(option.text.say(_.language) for option in column.options)
    return ()


def _explained(column: Column, _: Words) -> Iterator[str]:
    """What does not fit into the head of a column."""
    label = column.label.say(_.language)
    if column.help:
        yield _("{question}: {answer}").format(question=label, answer=column.help.say(_.language))
    if isinstance(column, ScaleItem):
        words = {column.low: column.low_words, **column.words_at, column.high: column.high_words}
        said = ", ".join(f"{number} = {words[number].say(_.language)}" for number in sorted(words))
        said = f"{said}. {_('Lower is easier.')}" if column.lower_is_easier else said
        yield _("{question}: {answer}").format(question=label, answer=said)
    if isinstance(column, ChoiceItem) and len(column.options) > FEW_OPTIONS:
        options = "; ".join(option.text.say(_.language) for option in column.options)
        yield _("{question}: {answer}").format(question=label, answer=options)
