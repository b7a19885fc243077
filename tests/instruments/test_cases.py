"""Every instrument's worked cases, through the same checks and readings the product uses."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from instruments.answers import check, state_of
from instruments.catalogue import LIBRARY, load
from instruments.definitions import read_yaml
from instruments.errors import AnswerError
from instruments.items import ColourItem, JointColourItem, ScaleItem
from instruments.model import Instrument
from instruments.readings import (
    DatedAnswers,
    DatedNumber,
    Point,
    Said,
    changes,
    colour_moves,
    group_of,
    left_off_guardian_copy,
    near_border,
    proposed_colour,
    said,
)

COVERS = {"lowest", "highest", "border", "missing", "declined", "contradictory"}
FILES = sorted(LIBRARY.glob("*/cases.yaml"))
CASES = [
    pytest.param(file, case, id=f"{file.parent.name}: {case['name']}")
    for file in FILES
    for case in read_yaml(file)["cases"]
]


class Case:
    """One case of a file, its answers checked as they would be when saved."""

    def __init__(self, file: Path, case: dict[str, Any]) -> None:
        content = read_yaml(file)
        self.instrument: Instrument = load().instrument(content["instrument"], content["edition"])
        self.refused: dict[str, str] = {}
        self.answers = self._checked(case["answers"])
        self.on = date.fromisoformat(case.get("on", "2025-10-07"))
        earlier = [(date.fromisoformat(talk["on"]), self._checked(talk["answers"])) for talk in case.get("earlier", [])]
        self.talks = [DatedAnswers(on, self.instrument, answers) for on, answers in earlier]
        self.talks.append(DatedAnswers(self.on, self.instrument, self.answers))
        survey = load().instrument("development_survey")
        own = case.get("own_answers", {})
        self.own_answers = {name: check(survey.item(name), value) for name, value in own.items()}

    def _checked(self, answers: dict[str, Any]) -> dict[str, Any]:
        kept = {}
        for name, value in answers.items():
            try:
                kept[name] = check(self.instrument.item(name), value)
            except AnswerError as error:
                self.refused[name] = error.code
        return kept

    def said(self, name: str) -> Said:
        item = self.instrument.item(name)
        assert isinstance(item, ColourItem | JointColourItem)
        return said(item, self.answers.get(name))

    def points(self) -> list[Point]:
        def number(talk: DatedAnswers, name: str) -> int | None:
            value = talk.answers.get(name)
            return value if isinstance(value, int) else None

        return [Point(number(talk, "priority"), number(talk, "ability"), talk.on) for talk in self.talks]


def states(case: Case, expected: dict[str, str]) -> object:
    return {name: state_of(case.answers.get(name)) for name in expected}


def words(case: Case, expected: dict[str, list[str]]) -> object:
    return {name: [word.sv for word in case.said(name).words] for name in expected}


def marked(case: Case, expected: dict[str, int]) -> object:
    return {name: len(case.said(name).marked) for name in expected}


def kept(case: Case, expected: dict[str, Any]) -> object:
    return {name: case.answers[name] for name in expected}


def group(case: Case, _: object) -> object:
    point = case.points()[-1]
    return group_of(point.priority, point.ability)


def is_near_border(case: Case, _: object) -> object:
    before, after = case.points()[-2:]
    return near_border(before, after)


def moves(case: Case, _: object) -> object:
    def sv(part: Said) -> list[str]:
        return [word.sv for word in part.words]

    return {move.item_id: [sv(move.before), sv(move.after)] for move in colour_moves(case.talks)}


def rules(case: Case, expected: dict[str, list[str]]) -> object:
    found = {}
    for name in expected:
        assert isinstance(case.instrument.item(name), ScaleItem)
        values = [(talk.on, talk.answers.get(name)) for talk in case.talks]
        points = [DatedNumber(on, value if isinstance(value, int) else None) for on, value in values]
        found[name] = [" ".join(filter(None, (change.rule, change.direction))) for change in changes(points)]
    return found


def proposed(case: Case, expected: dict[str, str | None]) -> object:
    rows = {name: case.instrument.item(name) for name in expected}
    return {
        name: proposed_colour(row, case.own_answers) for name, row in rows.items() if isinstance(row, JointColourItem)
    }


READ: dict[str, Callable[[Case, Any], object]] = {
    "states": states,
    "words": words,
    "marked": marked,
    "kept": kept,
    "group": group,
    "near_border": is_near_border,
    "moves": moves,
    "changes": rules,
    "proposed": proposed,
    "left_off": lambda case, expected: sorted(
        left_off_guardian_copy(case.instrument, case.answers), key=expected.index
    ),
    "refused": lambda case, _: case.refused,
}


@pytest.mark.parametrize(("file", "case"), CASES)
def test_a_case_reads_as_it_says(file: Path, case: dict[str, Any]) -> None:
    worked = Case(file, case)
    assert case["expect"], "a case that expects nothing proves nothing"
    assert worked.refused == case["expect"].get("refused", {})
    for name, expected in case["expect"].items():
        assert READ[name](worked, expected) == expected, name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_the_cases_cover_every_kind(file: Path) -> None:
    assert {case["covers"] for case in read_yaml(file)["cases"]} == COVERS


def test_every_instrument_has_cases() -> None:
    assert tuple(file.parent.name for file in FILES) == load().ids()
