"""A group's term as counts: as they are for the reader's own eyes, or with the small ones hidden for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from conversation_models.domain.suppression import FEWEST, Count, shielded, summed
from conversation_models.services.asked import find_instrument
from conversation_models.services.group_count import may_be_told
from conversation_models.services.group_term import APART, SURVEY, Apart, GroupTerm, Happened, Shift, SurveyCell
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
class GroupPart:
    """One group's counts. `moves` counts each student once: from letter to letter, near the border, or why there is
    nothing to compare. `survey` by item."""

    students: int
    moves: Mapping[Move, Count]
    survey: Mapping[str, Mapping[RowAnswer, Count]]
    happened: Mapping[str, Count]


@dataclass(frozen=True)
class GroupCounts:
    """Of several groups together.

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
    """As they are in the database now. `shared`: for a screen that others see; what leaves the house is counted once
    (group_shared.py)."""
    return together(found, parts_of(found)) if shared else _for_own_eyes(found)


def parts_of(found: GroupTerm) -> dict[str, GroupPart]:
    """As others may see them, group by group: only groups that may be told of, and in them the small numbers hidden."""
    shifts: dict[str, list[Shift]] = {each.group_id: [] for each in found.groups}
    for shift in found.shifts:
        shifts.setdefault(shift.group_id, []).append(shift)
    answers = {cell: _row_answer(cell) for cell in set().union(*found.survey.values())}
    parts = {}
    for each in found.groups:
        if not may_be_told(each):
            continue
        here = shifts[each.group_id]
        told = ((cell.item, answers[cell], many) for cell, many in found.survey.get(each.group_id, {}).items())
        parts[each.group_id] = GroupPart(
            students=each.here,
            moves=shielded(_moves(here, shared=True)),
            survey={item: shielded(row) for item, row in _rows(told, len(here)).items()},
            happened=_shielded_events(found.happened.get(each.group_id)),
        )
    return parts


def together(found: GroupTerm, parts: Mapping[str, GroupPart]) -> GroupCounts:
    """What is said of several groups together is put together from what may be said of each. No other than `parts`."""
    told = [parts[each.group_id] for each in found.groups if each.group_id in parts]
    return GroupCounts(
        shared=True,
        students=sum(part.students for part in told),
        shown_groups=tuple(each.group_name for each in found.groups if each.group_id in parts),
        left_out=tuple(each.group_name for each in found.groups if each.group_id not in parts),
        moves=summed(part.moves for part in told),
        near_in={},
        survey=_survey_rows({item: summed(part.survey.get(item, {}) for part in told) for item, _label in _labels()}),
        happened=summed(part.happened for part in told),
    )


def _for_own_eyes(found: GroupTerm) -> GroupCounts:
    """Everybody at once, and nothing hidden."""
    cells: Counter[SurveyCell] = Counter()
    for counted in found.survey.values():
        cells.update(counted)
    rows = _rows(((cell.item, _row_answer(cell), many) for cell, many in cells.items()), len(found.shifts))
    events = sum((Counter(vars(each)) for each in found.happened.values()), Counter(vars(Happened())))
    return GroupCounts(
        shared=False,
        students=sum(each.here for each in found.groups),
        shown_groups=tuple(each.group_name for each in found.groups),
        left_out=(),
        moves=_counts(_moves(found.shifts, shared=False)),
        near_in=_near_in(found.compared),
        survey=_survey_rows({item: _counts(row) for item, row in rows.items()}),
        happened=_counts(events),
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


def _rows(told: Iterable[tuple[str, RowAnswer, int]], here: int) -> dict[str, dict[RowAnswer, int]]:
    """Row by row, every student of the group once: who answered no survey in the term is counted as that."""
    counted: dict[str, dict[RowAnswer, int]] = {item: {} for item, _label in _labels()}
    for item, answer, many in told:
        row = counted[item]
        row[answer] = row.get(answer, 0) + many
    for row in counted.values():
        row[RowAnswer(NO_SURVEY)] = here - sum(row.values())
    return counted


def _survey_rows(counts: Mapping[str, Mapping[RowAnswer, Count]]) -> tuple[SurveyRow, ...]:
    return tuple(SurveyRow(item, label, counts[item]) for item, label in _labels())


def _row_answer(cell: SurveyCell) -> RowAnswer:
    item = find_instrument(SURVEY, cell.edition).item(cell.item)
    if cell.value is None or not isinstance(item, ColourItem):
        return RowAnswer(cell.state)
    answer = said(item, cell.read)
    return RowAnswer(answer.state, answer.colour, answer.words)


def _labels() -> list[tuple[str, Text]]:
    return [(item.id, item.label) for item in find_instrument(SURVEY).items() if isinstance(item, ColourItem)]


def _shielded_events(happened: Happened | None) -> dict[str, Count]:
    if happened is None:
        return {}
    few = 0 < happened.talks < FEWEST
    talks = {"talks": Count(more=True) if few else Count(happened.talks)}
    surveys = {"surveys_answered": happened.surveys_answered, "surveys_left": happened.surveys_left}
    decisions = {"followed_up": happened.followed_up, "due": happened.due, "not_yet": happened.not_yet}
    return talks | shielded(surveys, of_people=False) | shielded(decisions, of_people=False)


def _counts(counted: Mapping[Key, int]) -> dict[Key, Count]:
    return {key: Count(many) for key, many in counted.items()}
