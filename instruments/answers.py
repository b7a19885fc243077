"""Does this value answer this item? And is it an answer at all?

A value is what JSON can carry. `None` is empty. `{"declined": true}` is an answer too: "I do not want to
answer this". (Not asked is a third thing: then there is no value at all.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias, TypeGuard

from instruments.errors import AnswerError
from instruments.items import (
    COLOURS,
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    ColourItem,
    DateItem,
    Item,
    LineItem,
    ScaleItem,
    TableItem,
    TextItem,
    TickItem,
)

__all__ = ["DECLINED", "AnswerError", "Cell", "State", "Value", "check", "is_declined", "state_of"]

Cell: TypeAlias = bool | int | str
Value: TypeAlias = bool | int | str | list[str] | list[dict[str, Cell]] | dict[str, "bool | str | list[str]"] | None
State = Literal["answered", "declined", "empty"]

DECLINED: dict[str, bool | str | list[str]] = {"declined": True}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OWN = re.compile(r"own\.[1-9][0-9]{0,9}")
LONGEST_CARD = 200


def check(item: Item, value: object) -> Value:
    """The value as it is kept; the same value again when checked again.

    Text comes back in NFC with \\n as line break and without control characters; a text of blanks only is
    empty. Marked statements and chosen options come back in the definition's order. Raises AnswerError, whose
    codes are: may_not_decline, not_a_decline, not_a_text, broken_text, too_long(longest, length),
    not_a_whole_number, outside_the_scale(low, high), not_a_day, not_a_tick, not_a_colour_answer, unknown_colour,
    unknown_statement, statement_of_another_colour(statement, colour), unknown_option, not_choices,
    not_cards, unknown_card, card_twice, too_many_own_cards(most), not_a_table, unknown_row, row_twice,
    unknown_column, too_many_rows(most).
    """
    if value is None:
        return None
    if isinstance(value, Mapping) and "declined" in value:
        return _check_declined(item, value)
    return _CHECKS[item.kind](item, value)


def state_of(value: object) -> State:
    if value is None or value == "" or value == []:
        return "empty"
    return "declined" if is_declined(value) else "answered"


def is_declined(value: object) -> bool:
    return isinstance(value, Mapping) and value.get("declined") is True


def _check_declined(item: Item, value: Mapping[object, object]) -> Value:
    if not item.may_decline:
        raise AnswerError("may_not_decline")
    if len(value) > 1 or value["declined"] is not True:
        raise AnswerError("not_a_decline")
    return dict(DECLINED)


def _check_colour(item: ColourItem, value: object) -> Value:
    colour, marked = _colour_and_fits(value, {"colour", "fits"})
    colour_of = {statement.id: choice.colour for choice in item.choices for statement in choice.statements}
    for statement in marked:
        if statement not in colour_of:
            raise AnswerError("unknown_statement")
        if colour_of[statement] != colour:
            raise AnswerError("statement_of_another_colour", statement=statement, colour=colour)
    return {"colour": colour, "fits": [name for name in colour_of if name in marked]}


def _colour_and_fits(value: object, allowed: set[str]) -> tuple[str, Sequence[str]]:
    if not isinstance(value, Mapping) or not set(value) <= allowed:
        raise AnswerError("not_a_colour_answer")
    colour, marked = value.get("colour"), value.get("fits", [])
    if not isinstance(colour, str) or not _are_texts(marked):
        raise AnswerError("not_a_colour_answer")
    if colour not in COLOURS:
        raise AnswerError("unknown_colour")
    return colour, marked


def _are_texts(value: object) -> TypeGuard[Sequence[str]]:
    return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)


def _check_tick(_item: TickItem, value: object) -> bool:
    if not isinstance(value, bool):
        raise AnswerError("not_a_tick")
    return value


def _check_number(item: ScaleItem, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise AnswerError("not_a_whole_number", low=item.low, high=item.high)
    if not item.low <= value <= item.high:
        raise AnswerError("outside_the_scale", low=item.low, high=item.high)
    return value


def _check_joint(_item: Item, value: object) -> Value:
    return {"colour": _colour_and_fits(value, {"colour"})[0]}


def _check_text(value: object, longest: int, *, one_line: bool = False) -> str | None:
    if not isinstance(value, str):
        raise AnswerError("not_a_text")
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        raise AnswerError("broken_text")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        text = re.sub(r"[\n\t\u2028\u2029]", " ", text)
    # Controls go before NFC: one of them between a letter and its accent would keep the two apart.
    text = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    text = unicodedata.normalize("NFC", text)
    if len(text) > longest:
        raise AnswerError("too_long", longest=longest, length=len(text))
    return text if text.strip() else None


def _check_day(_item: DateItem, value: object) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise AnswerError("not_a_day")
    try:
        date.fromisoformat(value)
    except ValueError as reason:
        raise AnswerError("not_a_day") from reason
    return value


def _check_choice(item: ChoiceItem, value: object) -> str | None:
    if value == "":
        return None
    if value not in [option.id for option in item.options]:
        raise AnswerError("unknown_option")
    return str(value)


def _check_choices(item: ChoicesItem, value: object) -> list[str] | None:
    if not _are_texts(value):
        raise AnswerError("not_choices")
    known = [option.id for option in item.options]
    if not set(value) <= set(known):
        raise AnswerError("unknown_option")
    return [name for name in known if name in value] or None


def _check_cards(item: CardsItem, value: object) -> Value:
    if not isinstance(value, Mapping) or not set(value) <= {"picked", "own"}:
        raise AnswerError("not_cards")
    picked, written = value.get("picked", []), value.get("own", [])
    if not _are_texts(picked) or not _are_texts(written):
        raise AnswerError("not_cards")
    if len(written) > item.blank:
        raise AnswerError("too_many_own_cards", most=item.blank)
    own = [_check_text(words, LONGEST_CARD, one_line=True) or "" for words in written]
    known = {card.id for card in item.cards} | {f"own.{number}" for number, words in enumerate(own, 1) if words}
    kept = [name for name in picked if name in known]
    if any(name not in known and not _OWN.fullmatch(name) for name in picked):
        raise AnswerError("unknown_card")
    if len(set(kept)) < len(kept):
        raise AnswerError("card_twice")
    while own and not own[-1]:
        own.pop()
    return {"picked": kept, "own": own} if kept or own else None


def _check_table(item: TableItem, value: object) -> list[dict[str, Cell]] | None:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise AnswerError("not_a_table")
    names = [row.get("row") for row in value]
    if any(not isinstance(name, str) for name in names):
        raise AnswerError("unknown_row")
    if len(set(names)) < len(names):
        raise AnswerError("row_twice")
    rows = {str(row["row"]): _check_cells(item, row) for row in value}
    given = [row.id for row in item.rows]
    added = [name for name in rows if name not in given]
    if any(not _OWN.fullmatch(name) for name in added):
        raise AnswerError("unknown_row")
    if len(added) > item.longest:
        raise AnswerError("too_many_rows", most=item.longest)
    in_order = [name for name in given if name in rows] + added
    return [{"row": name, **rows[name]} for name in in_order if rows[name]] or None


def _check_cells(item: TableItem, row: Mapping[object, object]) -> dict[str, Cell]:
    """The fields of a row that say something, in the columns' order. An unticked box says nothing here."""
    columns = {column.id: column for column in item.columns}
    if not set(row) <= {*columns, "row"}:
        raise AnswerError("unknown_column")
    found: dict[str, Cell] = {}
    for name, column in columns.items():
        cell = check(column.model_copy(update={"may_decline": False}), row.get(name))
        if isinstance(cell, bool | int | str) and cell is not False:
            found[name] = cell
    return found


def _check_words(item: TextItem, value: object) -> str | None:
    return _check_text(value, item.longest)


def _check_line(item: LineItem, value: object) -> str | None:
    return _check_text(value, item.longest, one_line=True)


# One a kind; a test names the kind that is forgotten here.
_CHECKS: dict[str, Callable[[Any, object], Value]] = {
    "colour": _check_colour,
    "joint_colour": _check_joint,
    "scale": _check_number,
    "text": _check_words,
    "line": _check_line,
    "date": _check_day,
    "tick": _check_tick,
    "choice": _check_choice,
    "choices": _check_choices,
    "cards": _check_cards,
    "table": _check_table,
}
