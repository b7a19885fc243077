"""The parts of a talk's paper: survey, quadrant and scales, what was written along the talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conversation_models.domain.talk import Talk
from conversation_models.services.asked import find_model, own_instrument_id
from conversation_models.services.look import History
from instruments.items import Respondent, TextItem
from reports.agreement_part import private_rows, shared_rows
from reports.manner import GIVEN, most_common_manner
from reports.matrix import Row, matrix_rows
from reports.numbers import ScaleTopic, path_of, scale_topics
from reports.paper.blocks import QuadrantPoint, ScalePoint
from reports.paper.talk_paper import ColourSaid, OwnWords, ScaleAsked, State, SurveyArea, SurveyRow, TalkPaper
from reports.record import SURVEY, AskedTalk, asked_talks
from translations import Language, words

STATES: dict[str, State] = {
    "answered": "answered",
    "declined": "declined",
    "empty": "empty",
    "not_asked": "not_asked",
}
BRING_UP = "bring_up"
STAFF: tuple[Respondent, ...] = ("mentor", "counsellor")


def with_survey(paper: TalkPaper, record: History, so_far: History, language: Language) -> TalkPaper:
    """Nothing where the survey was not asked. `so_far` holds the talks before too: for which rows moved."""
    asked = next(iter(asked_talks(record, SURVEY, language)), None)
    if asked is None or not asked.told:
        return paper
    matrix = matrix_rows(record, language)
    private, shared = private_rows(record, language), shared_rows(record, language)
    bring_up = asked.value(BRING_UP)
    return replace(
        paper,
        survey=tuple(
            SurveyArea(area.title, tuple(_survey_row(row, private, shared) for row in area.rows))
            for area in matrix.areas
        ),
        survey_given=most_common_manner(asked),
        survey_remarks=tuple(_survey_remarks(asked, matrix.rows, language)),
        bring_up=bring_up if isinstance(bring_up, str) else "",
        moves=tuple(move.sentence for move in matrix_rows(so_far, language).latest_moves),
    )


def with_numbers(paper: TalkPaper, talk: Talk, so_far: History, language: Language) -> TalkPaper:
    path = path_of(so_far, language)
    scales = [scale for scale in scale_topics(so_far, language) if scale.stops[-1].talk_id == talk.id]
    paper = replace(paper, scales=tuple(map(_scale, scales)))
    if not any(stop.is_complete for stop in path.stops):
        return paper
    return replace(
        paper,
        points=tuple(QuadrantPoint(stop.on, stop.ability.value, stop.priority.value) for stop in path.stops),
        point_remarks=(*path.priority_changes, *path.ability_changes),
    )


def with_written(paper: TalkPaper, record: History, language: Language) -> TalkPaper:
    """The student's own words, and on the school's copy alone the staff's notes, by phase."""
    model = find_model(record.talks[0].model)
    asked = next(iter(asked_talks(record, own_instrument_id(model), language)), None)
    if asked is None:
        return paper
    notes = tuple(_written(asked, STAFF, language)) if paper.copy == "school" else ()
    own = tuple(_written(asked, ("student",), language))
    level = asked.instrument.level if own or notes else paper.level
    return replace(paper, words=own, notes=notes, level=level)


def _survey_row(row: Row, private: frozenset[str], shared: frozenset[str]) -> SurveyRow:
    cell = row.cells[-1]
    said = ColourSaid(cell.colour, cell.meaning) if cell.colour else None
    is_private, is_shared = row.item_id in private, row.item_id in shared
    return SurveyRow(row.name, STATES[cell.state], said, cell.marked, is_private, is_shared)


def _survey_remarks(asked: AskedTalk, rows: tuple[Row, ...], language: Language) -> Iterator[str]:
    """The rows that were given otherwise than most."""
    _ = words(language)
    usual = most_common_manner(asked)
    for row in rows:
        cell, told = row.cells[-1], asked.told.get(row.item_id)
        if cell.before:
            yield _("{row}: before the talk, alone: {before}.").format(row=row.name, before=cell.before)
        elif told and GIVEN[told.answer.manner] != usual:
            yield _("{row}: {given}.").format(row=row.name, given=cell.given)


def _scale(scale: ScaleTopic) -> ScaleAsked:
    return ScaleAsked(
        scale.topic,
        scale.low,
        scale.high,
        scale.low_words,
        scale.high_words,
        tuple(ScalePoint(stop.on, stop.now.value, stop.wanted.value) for stop in scale.stops),
        tuple(OwnWords(question, answer) for question, answer in scale.stops[-1].words),
        scale.changes,
    )


def _written(asked: AskedTalk, by: tuple[Respondent, ...], language: Language) -> Iterator[OwnWords]:
    """Under the name of its phase; in the preparation, under its question."""
    for section in asked.instrument.sections:
        for item in section.items:
            text = asked.value(item.id)
            if isinstance(item, TextItem) and item.by in by and isinstance(text, str):
                about = section.title if section.phase else item.label
                yield OwnWords(about.say(language), text)
