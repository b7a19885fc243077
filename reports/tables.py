"""Tables for the screen: one table of texts for each chart, all its cells in words, and one sentence that sums it up.

Every cell is text, ready to show: numbers that were not answered say in which way, colours have symbol and word.
What users wrote stands as they wrote it; whoever shows a table never treats a cell as HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence

from conversation_models.domain.agreement import DecisionStatus
from reports.agreements import Agreements, agreements_of
from reports.looked_at import Grid
from reports.matrix import Cell, Matrix, matrix_rows
from reports.numbers import Path, ScaleTopic, path_of, scale_topics
from reports.paper.wording import quoted
from reports.sentences import EASIER, TRUST
from reports.text_table import TextTable, text_table
from translations import Language, Words, words

__all__ = [
    "agreement_table",
    "agreements_of",
    "decision_table",
    "grid_table",
    "lines_table",
    "marked_table",
    "matrix_rows",
    "matrix_table",
    "moves_table",
    "path_of",
    "path_table",
    "say_agreements",
    "say_matrix",
    "say_path",
    "say_scale",
    "scale_table",
    "scale_topics",
    "text_table",
]


def path_table(path: Path, language: Language, letters: bool = False) -> TextTable:
    """One row a talk. `letters` adds the group and the near-the-border mark: for staff alone, never turned around."""
    _ = words(language)
    columns = ["#", _("Talk"), _("How important school is"), _("Belief that I can manage it"), _("How it was given")]
    rows = [
        [
            str(stop.number),
            stop.label,
            stop.priority.text,
            stop.ability.text,
            _given(stop.priority.given, stop.ability.given),
        ]
        for stop in path.stops
    ]
    if letters:
        columns += [_("Group"), _("Near the border")]
        near = _("Near the border: neither scale moved two steps")
        rows = [
            [*row, stop.group or "–", near if stop.near_border else ""]
            for row, stop in zip(rows, path.stops, strict=True)
        ]
    return text_table(columns, rows)


def matrix_table(matrix: Matrix, language: Language, given: bool = False) -> TextTable:
    """Area, row, and one column a talk. `given` adds how each answer was given, and what was sent alone before."""
    _ = words(language)
    rows = [
        [area.title, row.name, *(_cell(cell, given, _) for cell in row.cells)]
        for area in matrix.areas
        for row in area.rows
    ]
    return text_table([_("Area"), _("Row"), *matrix.talks], rows)


def marked_table(matrix: Matrix, language: Language) -> TextTable:
    """The statements the student marked, for those who ask for them: one line each."""
    _ = words(language)
    rows = [
        [talk, row.name, cell.text, statement]
        for place, talk in enumerate(matrix.talks)
        for row in matrix.rows
        for cell in [row.cells[place]]
        for statement in cell.marked
    ]
    return text_table([_("Talk"), _("Row"), _("The student's answer"), _("What fits")], rows)


def moves_table(matrix: Matrix, language: Language) -> TextTable:
    """Which rows moved, at which talk, from which word to which. Latest talk first."""
    _ = words(language)
    rows = [[move.row, move.before_on, move.before, move.after_on, move.after] for move in matrix.moves]
    return text_table([_("Row"), _("Earlier talk"), _("Said then"), _("Later talk"), _("Said later")], rows)


def scale_table(scale: ScaleTopic, language: Language) -> TextTable:
    """A scale that asks for no wanted level has no column for it."""
    _ = words(language)
    wanted = any(stop.wanted.text for stop in scale.stops)
    rows = [
        [stop.label, stop.now.text, *([stop.wanted.text] if wanted else []), _given(stop.now.given, stop.wanted.given)]
        for stop in scale.stops
    ]
    return text_table([_("Talk"), _("Now"), *([_("Wanted")] if wanted else []), _("How it was given")], rows)


def agreement_table(agreements: Agreements, language: Language) -> TextTable:
    """The joint colour beside the student's own, which stays as it was given."""
    _ = words(language)
    rows = [[row.label, row.area, row.row, row.own, row.joint] for row in agreements.rows]
    return text_table([_("Talk"), _("Area"), _("Row"), _("The student's own"), _("Joint colour")], rows)


def decision_table(agreements: Agreements, language: Language) -> TextTable:
    _ = words(language)
    columns = [_("Talk"), _("Area"), _("Decision"), _("Responsible"), _("Follow-up"), _("Status"), _("What came of it")]
    rows = [
        [a.talk, a.area, a.decision.words, a.decision.responsible, a.follow_up, a.status, a.decision.outcome]
        for a in agreements.decisions
    ]
    return text_table(columns, rows)


def grid_table(grid: Grid) -> TextTable:
    return text_table(grid.columns, grid.rows)


def lines_table(lines: Sequence[ScaleTopic], language: Language) -> TextTable:
    """One numbered row a line, one column a talk."""
    _ = words(language)
    rows = [
        [str(number), line.topic, *(stop.now.text for stop in line.stops)] for number, line in enumerate(lines, start=1)
    ]
    return text_table(["#", _("Row"), *(stop.label for stop in lines[0].stops)] if lines else [], rows)


def say_path(path: Path, language: Language) -> str:
    _ = words(language)
    complete = [stop for stop in path.stops if stop.is_complete]
    if not complete:
        return _("There is no answer to both questions yet.")
    first, last = complete[0], complete[-1]
    if first is last:
        return _("{day}: how important school is {priority}, belief that I can manage it {ability}.").format(
            day=first.label, priority=first.priority.text, ability=first.ability.text
        )
    said = _(
        "From {first} to {last}: how important school is from {priority} to {priority_now}, "
        "belief that I can manage it from {ability} to {ability_now}."
    ).format(
        first=first.label,
        last=last.label,
        priority=first.priority.text,
        priority_now=last.priority.text,
        ability=first.ability.text,
        ability_now=last.ability.text,
    )
    fell = any(
        before is not None and after is not None and after < before
        for before, after in (
            (first.priority.value, last.priority.value),
            (first.ability.value, last.ability.value),
        )
    )
    return f"{said} {_(TRUST)}" if fell else said


def say_matrix(matrix: Matrix, language: Language) -> str:
    """Which rows moved at the latest talk; never in which direction that would be."""
    _ = words(language)
    if not matrix.talks:
        return _("The survey has not been answered yet.")
    if len(matrix.talks) == 1:
        return _("The survey has been answered once, {day}.").format(day=matrix.talks[0])
    if not matrix.latest_moves:
        return _("No row says another word than last time.")
    last = matrix.latest_moves[0].after_on
    rows = ", ".join(quoted(move.row, language) for move in matrix.latest_moves)
    many = _.n("{n} row says another word than last time: {rows}.", "{n} rows say another word than last time: {rows}.",
               len(matrix.latest_moves))  # fmt: skip
    return _("{day}: {said}").format(day=last, said=many.format(rows=rows))


def say_scale(scale: ScaleTopic, language: Language) -> str:
    """ "Sleep: from 3 (3 March 2026) to 5 (12 May 2026), wanted 7." Without the name where the scale has none."""
    _ = words(language)
    said = _say_numbers(scale, _)
    return _("{topic}: {said}").format(topic=scale.topic, said=said) if scale.topic else said[:1].upper() + said[1:]


def _say_numbers(scale: ScaleTopic, _: Words) -> str:
    answered = [stop for stop in scale.stops if stop.now.value is not None]
    if not answered:
        return _("no number yet.")
    first, last = answered[0], answered[-1]
    wanted = next((stop.wanted.value for stop in reversed(scale.stops) if stop.wanted.value is not None), None)
    said = (
        _("{now} ({day})").format(now=last.now.text, day=last.label)
        if first is last
        else _("from {before} ({first}) to {now} ({day})").format(
            before=first.now.text, first=first.label, now=last.now.text, day=last.label
        )
    )
    said = _("{said}, wanted {wanted}.").format(said=said, wanted=wanted) if wanted is not None else f"{said}."
    if scale.lower_is_easier:
        return f"{said} {_(EASIER)}"
    fell = first.now.value is not None and last.now.value is not None and last.now.value < first.now.value
    return f"{said} {_(TRUST)}" if fell else said


def say_agreements(agreements: Agreements, language: Language) -> str:
    _ = words(language)
    made = agreements.decisions
    if not made:
        return _("Nothing has been decided yet.")
    still_open = sum(each.decision.status is DecisionStatus.OPEN for each in made)
    return _("{decided}, {still_open}.").format(
        decided=_.n("{n} decision", "{n} decisions", len(made)),
        still_open=_.n("{n} of them open", "{n} of them open", still_open),
    )


def _given(*given: str) -> str:
    return "; ".join(dict.fromkeys(each for each in given if each))


def _cell(cell: Cell, given: bool, _: Words) -> str:
    if not given or not cell.given:
        return cell.text
    said = f"{cell.text} ({cell.given})"
    return (
        _("{answer}. Before the talk, alone: {before}").format(answer=said, before=cell.before) if cell.before else said
    )
