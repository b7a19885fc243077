"""A group's term as counts: as they are for the reader's own eyes, or with the small ones hidden for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from conversation_models.domain.suppression import FEWEST, Count, shielded, summed
from conversation_models.services.asked import find_instrument
from conversation_models.services.group_term import APART, SURVEY, Apart, GroupTerm, Shift, SurveyCell
from instruments.items import Colour, ColourItem
from instruments.model import Group
from instruments.readings import said
from instruments.text import Text

LETTERS: tuple[Group, ...] = ("A", "B", "C", "D")
Near = Literal["near"]
NO_SURVEY = "no_survey"
Move: TypeAlias = "tuple[Group, Group] | Near | Apart"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class RowAnswer:
    """One way to answer a row of the survey: a colour with its words, else a state."""

    state: str
    colour: Colour | None = None
    words: tuple[Text, ...] = ()


@dataclass(frozen=True)
class SurveyRow:
    item: str
    label: Text
    counts: Mapping[RowAnswer, Count]


@dataclass(frozen=True)
class GroupCounts:
    """`moves` counts each student once: from letter to letter, near the border, or why there is nothing to compare.

    For own eyes `near_in` says how many of a move are near the border, and those are among the move's count too.
    Shared, they are counted apart from the moves. `left_out` are groups that may not be shown to others.
    """

    shared: bool
    students: int
    shown_groups: tuple[str, ...]
    left_out: tuple[str, ...]
    moves: Mapping[Move, Count]
    near_in: Mapping[tuple[Group, Group], int]
    survey: tuple[SurveyRow, ...]
    happened: Mapping[str, Count]

    @property
    def compared(self) -> int:
        """Of those whose number may be shown."""
        return sum(count.known for move, count in self.moves.items() if move not in APART)


def group_counts(found: GroupTerm, shared: bool) -> GroupCounts:
    """`shared`: for a screen that others see and for all that leaves the house.

    Then only whole groups of five or more are there: a part of a group, which somebody else may show the whole of, is
    not. What is said of several groups together is put together from what may be said of each.
    """
    parts = [each for each in found.groups if not shared or (each.here == each.all_here and each.here >= FEWEST)]
    ids = [each.group_id for each in parts]
    shifts: dict[str, list[Shift]] = {group_id: [] for group_id in ids}
    for shift in found.shifts:
        shifts.setdefault(shift.group_id, []).append(shift)
    moves = [_told(_moves(shifts[group_id], shared), shared) for group_id in ids]
    labels = _labels()
    answers = {cell: _row_answer(cell) for cell in set().union(*found.survey.values())}
    rows = {
        group_id: _rows([item for item, _label in labels], _said(found, group_id, answers), len(shifts[group_id]))
        for group_id in ids
    }
    happened = [_happened(found, group_id, shared) for group_id in ids]
    return GroupCounts(
        shared=shared,
        students=sum(each.here for each in parts),
        shown_groups=tuple(each.group_name for each in parts),
        left_out=tuple(each.group_name for each in found.groups if each not in parts),
        moves=summed(moves),
        near_in={} if shared else _near_in(found.compared),
        survey=tuple(
            SurveyRow(item, label, summed(_told(rows[group_id].get(item, {}), shared) for group_id in ids))
            for item, label in labels
        ),
        happened=summed(happened),
    )


def every_move() -> tuple[Move, ...]:
    return (*((start, end) for start in LETTERS for end in LETTERS), "near", *APART)


def _moves(shifts: Sequence[Shift], shared: bool) -> dict[Move, int]:
    counted: Counter[Move] = Counter(_move(shift, shared) for shift in shifts)
    return {move: counted[move] for move in every_move()}


def _move(shift: Shift, shared: bool) -> Move:
    if shift.apart is not None:
        return shift.apart
    if shared and shift.near_border:
        return "near"
    return _letter(shift.start.group), _letter(shift.end.group)


def _letter(group: Group | None) -> Group:
    if group is None:
        raise TypeError(group)
    return group


def _near_in(compared: tuple[Shift, ...]) -> Counter[tuple[Group, Group]]:
    return Counter((_letter(each.start.group), _letter(each.end.group)) for each in compared if each.near_border)


def _said(
    found: GroupTerm, group_id: str, answers: Mapping[SurveyCell, RowAnswer]
) -> Iterator[tuple[str, RowAnswer, int]]:
    for cell, many in found.survey.get(group_id, Counter()).items():
        yield cell.item, answers[cell], many


def _rows(
    items: Iterable[str], told: Iterable[tuple[str, RowAnswer, int]], here: int
) -> dict[str, dict[RowAnswer, int]]:
    """Row by row, every student of the group once: who answered no survey in the term is counted as that."""
    counted: dict[str, dict[RowAnswer, int]] = {item: {} for item in items}
    for item, answer, many in told:
        row = counted.setdefault(item, {})
        row[answer] = row.get(answer, 0) + many
    for row in counted.values():
        row[RowAnswer(NO_SURVEY)] = here - sum(row.values())
    return counted


def _row_answer(cell: SurveyCell) -> RowAnswer:
    item = find_instrument(SURVEY, cell.edition).item(cell.item)
    if cell.value is None or not isinstance(item, ColourItem):
        return RowAnswer(cell.state)
    answer = said(item, cell.read)
    return RowAnswer(answer.state, answer.colour, answer.words)


def _labels() -> list[tuple[str, Text]]:
    return [(item.id, item.label) for item in find_instrument(SURVEY).items() if isinstance(item, ColourItem)]


def _happened(found: GroupTerm, group_id: str, shared: bool) -> dict[str, Count]:
    here = found.happened.get(group_id)
    if here is None:
        return {}
    surveys = {"surveys_answered": here.surveys_answered, "surveys_left": here.surveys_asked - here.surveys_answered}
    decisions = {"followed_up": here.followed_up, "due": here.due, "not_yet": here.not_yet}
    few = shared and 0 < here.talks < FEWEST
    talks = {"talks": Count(more=True) if few else Count(here.talks)}
    return talks | _told(surveys, shared, of_people=False) | _told(decisions, shared, of_people=False)


def _told(counts: Mapping[Key, int], shared: bool, *, of_people: bool = True) -> dict[Key, Count]:
    return shielded(counts, of_people) if shared else {key: Count(many) for key, many in counts.items()}
