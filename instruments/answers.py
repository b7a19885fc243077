"""Does this value answer this item? And is it an answer at all?

A value is what JSON can carry. `None` is empty. `{"declined": true}` is an answer too: "I do not want to
answer this". (Not asked is a third thing: then there is no value at all.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias, TypeGuard, assert_never

from instruments.errors import AnswerError
from instruments.items import (
    COLOURS,
    ColourItem,
    DateItem,
    Item,
    JointColourItem,
    LineItem,
    ScaleItem,
    TextItem,
    TickItem,
)

__all__ = ["DECLINED", "AnswerError", "State", "Value", "check", "is_declined", "state_of"]

Value: TypeAlias = bool | int | str | dict[str, "bool | str | list[str]"] | None
State = Literal["answered", "declined", "empty"]

DECLINED: dict[str, bool | str | list[str]] = {"declined": True}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check(item: Item, value: object) -> Value:
    """The value as it is kept; the same value again when checked again.

    Text comes back in NFC with \\n as line break and without control characters; a text of blanks only is
    empty. Marked statements come back in the definition's order. Raises AnswerError, whose codes are:
    may_not_decline, not_a_decline, not_a_text, broken_text, too_long(longest, length), not_a_whole_number,
    outside_the_scale(low, high), not_a_day, not_a_tick, not_a_colour_answer, unknown_colour,
    unknown_statement, statement_of_another_colour(statement, colour).
    """
    if value is None:
        return None
    if isinstance(value, Mapping) and "declined" in value:
        return _check_declined(item, value)
    match item:
        case ColourItem():
            return _check_colour(item, value)
        case JointColourItem():
            return {"colour": _colour_and_fits(value, {"colour"})[0]}
        case ScaleItem():
            return _check_number(item, value)
        case TextItem():
            return _check_text(value, item.longest)
        case LineItem():
            return _check_text(value, item.longest, one_line=True)
        case DateItem():
            return _check_day(value)
        case TickItem():
            return _check_tick(value)
        case _:
            assert_never(item)


def state_of(value: object) -> State:
    if value is None or value == "":
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


def _check_tick(value: object) -> bool:
    if not isinstance(value, bool):
        raise AnswerError("not_a_tick")
    return value


def _check_number(item: ScaleItem, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise AnswerError("not_a_whole_number", low=item.low, high=item.high)
    if not item.low <= value <= item.high:
        raise AnswerError("outside_the_scale", low=item.low, high=item.high)
    return value


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


def _check_day(value: object) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise AnswerError("not_a_day")
    try:
        date.fromisoformat(value)
    except ValueError as reason:
        raise AnswerError("not_a_day") from reason
    return value
