"""Looking back, on paper: the path, the survey's rows talk by talk, the scales and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from conversation_models.services import look, papers
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.look import History
from reports.agreements import Agreements, agreements_of
from reports.from_paper import say_all_from_paper
from reports.matrix import Area, Cell, Matrix, matrix_rows
from reports.numbers import Path, ScaleTopic, path_of, scale_topics
from reports.over_time import answered_instruments, over_time
from reports.over_time_part import over_time_blocks
from reports.paper.blocks import (
    Block,
    ColourCell,
    Heading,
    Note,
    Paragraph,
    Quadrant,
    QuadrantPoint,
    ScaleLine,
    ScalePoint,
    Table,
    Together,
)
from reports.paper.blocks import Cell as PaperCell
from reports.paper.document import Document, render
from reports.paper.levels import Level
from reports.sentences import COLOURS
from reports.tables import say_agreements, say_matrix
from reports.views import views_of
from reports.views_part import views_blocks
from translations import Language, Words, words

TALKS_BESIDE = 4


def student_paper(desk: Desk, student_id: str, language: Language) -> bytes:
    """The PDF of one student over time, for the school's folder; logged. Raises Refused."""
    pdf = render(document_of(look.history(desk, student_id, printed=True), desk, language), language)
    papers.note_history_paper(desk, student_id)
    return pdf


def document_of(history: History, desk: Desk, language: Language) -> Document:
    _ = words(language)
    return Document(
        title=_("Looking back"),
        under_title=" · ".join((history.student.name, history.group.name)),
        blocks=tuple(_blocks(history, desk.today, _)),
        created=desk.now.astimezone(SWEDEN),
        level=_level(history, language),
        school=history.school.name,
        copy=_("The school's copy"),
    )


def _level(history: History, language: Language) -> Level:
    """The highest of what stands on the paper."""
    read = [over_time(history, each.instrument_id, language) for each in answered_instruments(history, language)]
    above = any(section.level == "e" for told in read for section in told.sections)
    return "e" if above or views_of(history, language).level == "e" else "m"


def _blocks(history: History, today: date, _: Words) -> Iterator[Block]:
    yield from map(Note, say_all_from_paper(history.talks, _.language))
    yield from path_blocks(path_of(history, _.language), _)
    yield from survey_blocks(matrix_rows(history, _.language), _)
    scales = scale_topics(history, _.language)
    if scales:
        yield Heading(_("Scales"))
    for scale in scales:
        yield from scale_blocks(scale)
    yield from _decisions(agreements_of(history, _.language, today), _)
    yield from views_blocks(views_of(history, _.language), _)
    for each in answered_instruments(history, _.language):
        yield from over_time_blocks(over_time(history, each.instrument_id, _.language), _)


def path_blocks(path: Path, _: Words) -> Iterator[Block]:
    points = tuple(QuadrantPoint(stop.on, stop.ability.value, stop.priority.value) for stop in path.stops)
    yield Together((Heading(_("School, talk by talk")), Quadrant(points)))
    yield from map(Note, (*path.priority_changes, *path.ability_changes))


def survey_blocks(matrix: Matrix, _: Words) -> Iterator[Block]:
    """A page has room for a few talks beside each other: the others follow in tables of their own."""
    yield Heading(_("The survey, talk by talk"))
    yield Paragraph(say_matrix(matrix, _.language))
    for first in range(0, len(matrix.talks), TALKS_BESIDE):
        here = slice(first, first + TALKS_BESIDE)
        for area in matrix.areas:
            table = _area(area, matrix.talks[here], here, _)
            yield Together((Heading(area.title, level=2), table))
    for move in matrix.latest_moves:
        yield Note(move.sentence)


def _area(area: Area, talks: Sequence[str], here: slice, _: Words) -> Table:
    rows = tuple((row.name, *(_cell(cell, _) for cell in row.cells[here])) for row in area.rows)
    return Table((_("Row"), *talks), rows, (30, *(26 for _talk in talks)))


def _cell(cell: Cell, _: Words) -> PaperCell:
    return ColourCell(cell.colour, _(COLOURS[cell.colour]), cell.meaning) if cell.colour else cell.text


def scale_blocks(scale: ScaleTopic) -> Iterator[Block]:
    points = tuple(ScalePoint(stop.on, stop.now.value, stop.wanted.value) for stop in scale.stops)
    line = ScaleLine(scale.low, scale.high, scale.low_words, scale.high_words, points)
    yield Together((Heading(scale.topic, level=2), line))
    yield from map(Note, scale.changes)


def _decisions(agreements: Agreements, _: Words) -> Iterator[Block]:
    yield Heading(_("What we agreed"))
    yield Paragraph(say_agreements(agreements, _.language))
    if agreements.decisions:
        columns = (_("Talk"), _("Decision"), _("Responsible"), _("Follow-up"), _("Status"))
        rows = tuple(
            (each.talk, each.decision.words, each.decision.responsible, each.follow_up, each.status)
            for each in agreements.decisions
        )
        yield Table(columns, rows, (32, 42, 24, 32, 22))
