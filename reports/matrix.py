"""The survey as rows x talks: in each cell a symbol and a word. Nothing is added up, ordered or called better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from instruments.items import Colour, ColourItem
from instruments.readings import DatedAnswers, Said, moved_rows, said
from reports.record import SURVEY, AskedTalk, Told, asked_talks
from reports.sentences import MANNERS, NOT_ASKED, SYMBOLS, say_meaning, say_moved, say_said
from translations import Language, Words, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

Answers: TypeAlias = Mapping[str, Said]


@dataclass(frozen=True)
class Cell:
    """One row's answer at one talk.

    `text` is all of it in words ("◆ Orange: för lite"); `colour`, `symbol` and `meaning` ("för lite") are None and ""
    unless it was answered.
    `marked` are the statements that fit. `given` says how ("alone, before the talk"). `before` is what the student had
    sent alone, when the talk changed it.
    """

    state: str
    text: str
    colour: Colour | None = None
    symbol: str = ""
    meaning: str = ""
    marked: tuple[str, ...] = ()
    given: str = ""
    before: str = ""


@dataclass(frozen=True)
class Row:
    """`cells` stand in the order of the matrix's talks."""

    item_id: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Area:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Move:
    """A row that says another word than the last time it was answered. Days are those of the talks."""

    item_id: str
    row: str
    before: str
    before_on: str
    after: str
    after_on: str
    sentence: str


@dataclass(frozen=True)
class Matrix:
    """`talks` are the labels of the columns. `moves` latest talk first."""

    talks: tuple[str, ...]
    areas: tuple[Area, ...]
    moves: tuple[Move, ...]
    latest_moves: tuple[Move, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for area in self.areas for row in area.rows)


def matrix_rows(history: History, language: Language) -> Matrix:
    """All talks that asked the survey; a row that an older edition asked stands last in its area."""
    _ = words(language)
    talks = asked_talks(history, SURVEY, language)
    laid = _layout(talks, language)
    answers = [_answers(talk) for talk in talks]
    moves = list(_moves(talks, answers, _))
    return Matrix(
        talks=tuple(talk.label for talk in talks),
        areas=tuple(
            Area(
                title,
                tuple(
                    Row(
                        item,
                        name,
                        tuple(_cell(talk, item, said, _) for talk, said in zip(talks, answers, strict=True)),
                    )
                    for item, name in rows
                ),
            )
            for title, rows in laid
        ),
        moves=tuple(move for at_one_talk in reversed(moves) for move in at_one_talk),
        latest_moves=moves[-1] if moves else (),
    )


def _layout(talks: Sequence[AskedTalk], language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Areas and rows as the latest edition has them, then what only older editions asked."""
    titles: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    known: set[str] = set()
    for talk in reversed(talks):
        for section in talk.instrument.sections:
            for item in section.items:
                if isinstance(item, ColourItem) and item.id not in known:
                    known.add(item.id)
                    titles.setdefault(section.id, section.title.say(language))
                    rows.setdefault(section.id, {})[item.id] = item.label.say(language)
    return [(title, list(rows[section].items())) for section, title in titles.items()]


def _cell(talk: AskedTalk, item_id: str, said: Answers, _: Words) -> Cell:
    told = talk.told.get(item_id)
    if told is None:
        return Cell("not_asked", _(NOT_ASKED))
    answer = said[item_id]
    return Cell(
        answer.state,
        say_said(answer, _),
        answer.colour,
        SYMBOLS[answer.colour] if answer.colour else "",
        say_meaning(answer, _.language),
        tuple(text.say(_.language) for text in answer.marked),
        _(MANNERS[told.answer.manner]),
        say_said(_said(talk, item_id, Told(told.before)), _) if told.before else "",
    )


def _answers(talk: AskedTalk) -> Answers:
    asked = {item.id: item for item in talk.instrument.items() if isinstance(item, ColourItem)}
    return {item: said(asked[item], told.value) if item in asked else Said("empty") for item, told in talk.told.items()}


def _said(talk: AskedTalk, item_id: str, told: Told) -> Said:
    item = talk.instrument.item(item_id)
    return said(item, told.value) if isinstance(item, ColourItem) else Said("empty")


def _moves(talks: Sequence[AskedTalk], said: Sequence[Answers], _: Words) -> Iterator[tuple[Move, ...]]:
    """Those of each talk that has answers, against what was answered before it."""
    answered = [
        DatedAnswers(talk.on, talk.instrument, {item: told.value for item, told in talk.told.items()}) for talk in talks
    ]
    for place, moved in enumerate(moved_rows(answered)):
        if talks[place].told:
            yield tuple(
                _move(
                    talks[place].instrument.item(item).label.say(_.language),
                    item,
                    (said[before][item], talks[before].label),
                    (said[place][item], talks[place].label),
                    _,
                )
                for item, before in moved
            )


def _move(name: str, item_id: str, before: tuple[Said, str], after: tuple[Said, str], _: Words) -> Move:
    sentence = say_moved(name, before, after, _)
    return Move(item_id, name, say_said(before[0], _), before[1], say_said(after[0], _), after[1], sentence)
