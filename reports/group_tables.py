"""A group's term in words and tables: every cell is text, ready to show on a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from conversation_models.domain.suppression import FEWEST, Count
from conversation_models.domain.term import Term
from conversation_models.services.group_term import APART, Apart, GroupTerm
from instruments.items import Colour
from instruments.model import Group
from reports.group_counts import LETTERS, NO_SURVEY, GroupCounts, RowAnswer, SurveyRow
from reports.paper.blocks import SquareField
from reports.paper.wording import dated
from reports.sentences import COLOURS, STATES, SYMBOLS
from reports.text_table import TextTable, text_table
from translations import Language, Words, message, words

MEANINGS: dict[Group, str] = {
    "A": message("A: important, believes less that they can"),
    "B": message("B: important, believes they can"),
    "C": message("C: less important, believes less that they can"),
    "D": message("D: less important, believes they can"),
}
WHY_APART: dict[Apart, str] = {
    "no_talk": message("No talk in the term"),
    "not_asked": message("Talks, but the two questions were not asked"),
    "unanswered": message("Asked, but not both questions answered"),
    "once": message("Both answered once only: nothing to compare with"),
}
HAPPENED = {
    "talks": message("Talks held"),
    "surveys_answered": message("Surveys answered"),
    "surveys_left": message("Surveys not answered"),
    "followed_up": message("Agreements followed up"),
    "due": message("Agreements whose day has passed, not followed up yet"),
    "not_yet": message("Agreements whose day has not come"),
}
SURVEY_NOTE = message(
    "Each student's latest answered survey of the term. Colours are words here: they are not added up or ranked."
)
NO_ANSWER = message("No survey in the term")
COUNTED_ONCE = message(
    "What leaves the house is counted once a term: all later papers say the same, so that nobody who came, left or "
    "answered in between can be worked out."
)
FEW = message("A dash: fewer than {fewest}, or hidden so that nothing small can be worked out.")


def term_name(term: Term, language: Language) -> str:
    _ = words(language)
    season = _("Autumn term {year}") if term.season == "autumn" else _("Spring term {year}")
    return season.format(year=term.year)


def say_count(count: Count, language: Language) -> str:
    """ "12", "at least 12", or a dash for what may not be shown."""
    if count.is_hidden:
        return "–"
    _ = words(language)
    return _("at least {n}").format(n=count.known) if count.more else str(count.known)


def moves_of_group(counts: GroupCounts, language: Language) -> TextTable:
    """From the square of the first complete answer (rows) to that of the last (columns)."""
    _ = words(language)
    rows = [[_(MEANINGS[start]), *(_move_cell(counts, start, end, _) for end in LETTERS)] for start in LETTERS]
    return text_table([_("From, at the start"), *(_("to {letter}").format(letter=end) for end in LETTERS)], rows)


def fields_of_square(counts: GroupCounts, language: Language) -> tuple[SquareField, ...]:
    """How many began and ended in each square: from the cells that may be shown, so never more than those tell."""
    _ = words(language)
    fields = []
    for letter in LETTERS:
        meaning = _(MEANINGS[letter]).partition(": ")[2]
        first = _sum(counts, [(letter, end) for end in LETTERS])
        last = _sum(counts, [(start, letter) for start in LETTERS])
        fields.append(SquareField(letter, meaning, say_count(first, language), say_count(last, language)))
    return tuple(fields)


def _sum(counts: GroupCounts, moves: Sequence[tuple[Group, Group]]) -> Count:
    """Shared, those near the border stand in no square: they may be here too."""
    cells = [counts.moves.get(move, Count()) for move in moves]
    near = counts.shared and counts.moves.get("near", Count()) != Count()
    return Count(sum(cell.known for cell in cells), near or any(cell.more for cell in cells))


def _move_cell(counts: GroupCounts, start: Group, end: Group, _: Words) -> str:
    said = say_count(counts.moves.get((start, end), Count()), _.language)
    near = counts.near_in.get((start, end), 0)
    return _("{n} (of these {near} ≈ near the border)").format(n=said, near=near) if near else said


def apart_table(counts: GroupCounts, language: Language) -> TextTable:
    """How many could not be compared, and why; shared, also those near the border."""
    _ = words(language)
    rows = [[_(WHY_APART[why]), say_count(counts.moves.get(why, Count()), language)] for why in APART]
    if counts.shared:
        near = _("≈ Near the border: another letter, but neither scale moved two steps")
        rows.insert(0, [near, say_count(counts.moves.get("near", Count()), language)])
    return text_table([_("Not in the table above"), _("Students")], rows)


def survey_table(counts: GroupCounts, language: Language) -> TextTable:
    """Each row of the survey with what was said, in words, and by how many. Colours are not ordered or added up."""
    _ = words(language)
    heads = [_("Row"), *(f"{SYMBOLS[colour]} {_(COLOURS[colour])}" for colour in SYMBOLS), _("Not answered")]
    rows = [
        [row.label.say(language), *(_colour_cell(row, colour, language) for colour in SYMBOLS), _not_answered(row, _)]
        for row in counts.survey
    ]
    return text_table(heads, rows)


def _colour_cell(row: SurveyRow, colour: Colour, language: Language) -> str:
    here = [(answer, count) for answer, count in row.counts.items() if answer.colour == colour]
    return "; ".join(sorted(f"{_meaning(answer, language)}: {say_count(count, language)}" for answer, count in here))


def _meaning(answer: RowAnswer, language: Language) -> str:
    return " + ".join(word.say(language) for word in answer.words)


def _not_answered(row: SurveyRow, _: Words) -> str:
    told = {_(STATES[state]): row.counts.get(RowAnswer(state), Count()) for state in ("declined", "empty")}
    told[_(NO_ANSWER)] = row.counts.get(RowAnswer(NO_SURVEY), Count())
    return "; ".join(f"{said}: {say_count(count, _.language)}" for said, count in told.items() if count != Count())


def happened_table(counts: GroupCounts, language: Language) -> TextTable:
    _ = words(language)
    rows = [[_(said), say_count(counts.happened.get(name, Count()), language)] for name, said in HAPPENED.items()]
    return text_table([_("In the term"), _("How many")], rows)


def shift_table(found: GroupTerm, numbers: dict[str, int], language: Language) -> TextTable:
    """Student by student, for the reader's own eyes and when asked for: by the number in the picture."""
    _ = words(language)
    by_id = {shift.student_id: shift for shift in found.compared}
    rows = []
    for student_id, number in numbers.items():
        shift = by_id[student_id]
        ends = [
            _("{day}: important {priority}, belief {ability} ({letter})").format(
                day=dated(point.on, language) if point.on else "",
                priority=point.priority,
                ability=point.ability,
                letter=point.group,
            )
            for point in (shift.start, shift.end)
        ]
        near = _("≈ near the border") if shift.near_border else ""
        rows.append([str(number), found.names.get(student_id, ""), *ends, str(len(shift.points)), near])
    heads = ["#", _("Student"), _("First in the term"), _("Last in the term"), _("Talks compared"), ""]
    return text_table(heads, rows)


def say_group(counts: GroupCounts, language: Language) -> str:
    _ = words(language)
    students = _.n("{n} student", "{n} students", counts.students)
    compared = Count(counts.compared, any(counts.moves[move].more for move in counts.moves))
    said = _(
        "{students}. Of them {compared} could be compared between the first and the last talk of the term."
    ).format(students=students, compared=say_count(compared, language))
    if counts.shared:
        said = f"{said} {_(FEW).format(fewest=FEWEST)}"
    return said


def say_counted(days: Mapping[str, date | None], language: Language) -> tuple[str, ...]:
    """On which day each group was counted, and why it stays so."""
    _ = words(language)
    known: dict[date, list[str]] = {}
    for name, on in days.items():
        if on is not None:
            known.setdefault(on, []).append(name)
    said = [
        _("Counted on {day}: {groups}.").format(day=dated(on, language), groups=", ".join(names))
        for on, names in sorted(known.items())
    ]
    return (*said, _(COUNTED_ONCE)) if said else ()


def say_left_out(names: Iterable[str], language: Language) -> str:
    """Groups that are not shown to others: too small, or only a part of them within reach."""
    _ = words(language)
    listed = ", ".join(names)
    return _("Not shown to others, too small or not wholly yours: {groups}.").format(groups=listed) if listed else ""
