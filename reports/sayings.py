"""An answer of any kind as one text: for tables, for sentences from this to that, for remarks beside an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from instruments.answers import Cell, Value, state_of
from instruments.items import ChoiceItem, ColourItem, Item, JointColourItem, ScaleItem, TableItem, TickItem
from instruments.readings import Listed, ListItem, listed, said, table_rows
from instruments.text import Language
from reports.paper.wording import dated
from reports.sentences import STATES, say_said
from translations import Words, message, words

# Words alone: a sign that the body font lacks would cost a paper a font of its own.
TICKED, UNTICKED, YES = message("Ticked"), message("Not ticked"), message("Yes")


def say_value(item: Item, value: Value | None, language: Language) -> str:
    """What was answered, or which of the ways it was not answered in. What a person wrote stands as it was typed."""
    _ = words(language)
    state = state_of(value)
    return _(STATES[state]) if state != "answered" else SAID[item.kind](item, value, _)


def say_cell(item: Item, cell: Cell | None, language: Language) -> str:
    """A field of a table; "" when it is empty. A scale's words stand once, over the table."""
    if isinstance(item, TickItem):
        return words(language)(YES) if cell is True else ""
    if isinstance(item, ScaleItem):
        return "" if cell is None else str(cell)
    return "" if cell is None else say_value(item, cell, language)


def say_listed(entries: Iterable[Listed], language: Language) -> list[str]:
    return [say_entry(entry, language) for entry in entries]


def say_entry(entry: Listed, language: Language) -> str:
    """ "–" for an added row whose first words are missing."""
    return (entry.words if isinstance(entry.words, str) else entry.words.say(language)) or "–"


def say_unlaid(value: Value | None, language: Language) -> str:
    """What was written on blank cards that were not laid. "" when there is none."""
    _ = words(language)
    picked, own = (value.get("picked"), value.get("own")) if isinstance(value, dict) else (None, None)
    written, laid = (part if isinstance(part, list) else [] for part in (own, picked))
    unlaid = [said for number, said in enumerate(written, start=1) if said and f"own.{number}" not in laid]
    return _("Written on a card, but not laid: {words}").format(words="; ".join(unlaid)) if unlaid else ""


def say_row(item: TableItem, cells: Mapping[str, Cell], language: Language) -> str:
    """ "Now: 7; When: 3 March 2026"."""
    _ = words(language)
    filled = [(column, cells[column.id]) for column in item.columns if column.id in cells]
    return "; ".join(
        _answered(column.label.say(language), say_cell(column, cell, language), _) for column, cell in filled
    )


def _answered(question: str, answer: str, _: Words) -> str:
    """No colon after a question mark."""
    return (
        f"{question} {answer}"
        if question.endswith("?")
        else _("{question}: {answer}").format(question=question, answer=answer)
    )


def say_ends(item: ScaleItem, language: Language) -> str:
    """ "0 = not at all, 5 = halfway, 10 = fully"."""
    worded = {item.low: item.low_words, **item.words_at, item.high: item.high_words}
    return ", ".join(f"{number} = {worded[number].say(language)}" for number in sorted(worded))


def _colour(item: ColourItem | JointColourItem, value: Value, _: Words) -> str:
    answer = said(item, value)
    marked = "; ".join(text.say(_.language) for text in answer.marked)
    return _("{answer} ({marked})").format(answer=say_said(answer, _), marked=marked) if marked else say_said(answer, _)


def _number(item: ScaleItem, value: Value, _: Words) -> str:
    worded = {item.low: item.low_words, **item.words_at, item.high: item.high_words}
    words_of = worded.get(value) if isinstance(value, int) else None
    return f"{value} ({words_of.say(_.language)})" if words_of else str(value)


def _written(_item: Item, value: Value, _: Words) -> str:
    return str(value)


def _day(_item: Item, value: Value, _: Words) -> str:
    return dated(date.fromisoformat(str(value)), _.language)


def _tick(_item: Item, value: Value, _: Words) -> str:
    return _(TICKED if value is True else UNTICKED)


def _choice(item: ChoiceItem, value: Value, _: Words) -> str:
    return item.option(str(value)).text.say(_.language)


def _choices(item: ListItem, value: Value, _: Words) -> str:
    return "; ".join(say_listed(listed(item, value), _.language))


def _cards(item: ListItem, value: Value, _: Words) -> str:
    laid = say_listed(listed(item, value), _.language)
    return "; ".join(f"{number}. {words}" for number, words in enumerate(laid, start=1)) or _("No card laid")


def _table(item: TableItem, value: Value, _: Words) -> str:
    return "\n".join(_row(item, row, cells, _) for row, cells in table_rows(item, value))


def _row(item: TableItem, row: Listed, cells: Mapping[str, Cell], _: Words) -> str:
    """An added row is called what its first words say: they are not said once more."""
    own = next((column.id for column in item.columns if column.id in cells and cells[column.id] == row.words), "")
    name = say_entry(row, _.language)
    told = say_row(item, {column: cell for column, cell in cells.items() if column != own}, _.language)
    return _("{question}: {answer}").format(question=name, answer=told) if told else name


# One a kind; a test names the kind that is forgotten here.
SAID: dict[str, Callable[[Any, Any, Words], str]] = {
    "colour": _colour,
    "joint_colour": _colour,
    "scale": _number,
    "text": _written,
    "line": _written,
    "date": _day,
    "tick": _tick,
    "choice": _choice,
    "choices": _choices,
    "cards": _cards,
    "table": _table,
}
