"""A group's counts as text, to be kept and read again: the words of the survey are kept as they were said then."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar

from conversation_models.domain.suppression import Count
from instruments.text import Text
from reports.group_counts import GroupPart, Move, RowAnswer, every_move

Key = TypeVar("Key", bound=Hashable)


def to_text(part: GroupPart) -> str:
    told = {
        "students": part.students,
        "moves": {_move(move): _count(count) for move, count in part.moves.items()},
        "survey": {
            item: [_answer(answer, count) for answer, count in row.items()] for item, row in part.survey.items()
        },
        "happened": {name: _count(count) for name, count in part.happened.items()},
    }
    return json.dumps(told, ensure_ascii=False)


def from_text(text: str) -> GroupPart:
    told = json.loads(text)
    moves = {_move(move): move for move in every_move()}
    return GroupPart(
        students=told["students"],
        moves=_counts((moves[name], count) for name, count in told["moves"].items()),
        survey={item: dict(_read_answer(each) for each in row) for item, row in told["survey"].items()},
        happened=_counts(told["happened"].items()),
    )


def _move(move: Move) -> str:
    return move if isinstance(move, str) else ">".join(move)


def _count(count: Count) -> list[Any]:
    return [count.known, count.more]


def _counts(told: Iterable[tuple[Key, list[Any]]]) -> Mapping[Key, Count]:
    return {key: Count(*count) for key, count in told}


def _answer(answer: RowAnswer, count: Count) -> dict[str, Any]:
    words = [word.model_dump() for word in answer.words]
    return {"state": answer.state, "colour": answer.colour, "words": words, "count": _count(count)}


def _read_answer(told: dict[str, Any]) -> tuple[RowAnswer, Count]:
    words = tuple(Text(**word) for word in told["words"])
    return RowAnswer(told["state"], told["colour"], words), Count(*told["count"])
