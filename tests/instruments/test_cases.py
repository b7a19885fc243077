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
from instruments.items import CardsItem, ChoiceItem, ChoicesItem, ColourItem, JointColourItem, ScaleItem, TableItem
from instruments.model import Instrument
from instruments.readings import (
    DatedAnswers,
    DatedNumber,
    Listed,
    Point,
    Said,
    changes,
    colour_moves,
    group_of,
    kept_gone_new,
    left_off_guardian_copy,
    listed,
    near_border,
    proposed_colour,
    row_changes,
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


def then_and_now(case: Case, name: str) -> tuple[Any, Any]:
    """The answer of this case, and before it the latest one that an earlier talk has."""
    before = [talk.answers[name] for talk in case.talks[:-1] if state_of(talk.answers.get(name)) == "answered"]
    return (before[-1] if before else None), case.answers.get(name)


def called(each: Listed) -> str:
    """Options, cards and rows of the definition by their id; what somebody wrote by its words."""
    return each.words if isinstance(each.words, str) else each.key


def lists(case: Case, expected: dict[str, Any]) -> object:
    """{item: {kept: [...], gone: [...], new: [...]}}; what is left out of it is expected to be empty."""
    found = {}
    for name, parts in expected.items():
        item = case.instrument.item(name)
        assert isinstance(item, ChoicesItem | CardsItem | TableItem)
        before, after = then_and_now(case, name)
        change = kept_gone_new(listed(item, before), listed(item, after))
        said_of = {part: [called(each) for each in getattr(change, part)] for part in ("kept", "gone", "new")}
        found[name] = {part: names for part, names in said_of.items() if names or part in parts}
    return found


def changed_rows(case: Case, expected: dict[str, Any]) -> object:
    """{table: {row: [columns that say something else]}} of the rows that are kept and changed."""
    found = {}
    for name in expected:
        item = case.instrument.item(name)
        assert isinstance(item, TableItem)
        before, after = then_and_now(case, name)
        changes_of = row_changes(item, before, item, after)
        found[name] = {called(change.row): list(change.changed) for change in changes_of if change.changed}
    return found


def turns(case: Case, expected: dict[str, Any]) -> object:
    """{choice: [from, to]}"""
    assert all(isinstance(case.instrument.item(name), ChoiceItem) for name in expected)
    return {name: list(then_and_now(case, name)) for name in expected}


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
    "lists": lists,
    "rows": changed_rows,
    "turns": turns,
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
