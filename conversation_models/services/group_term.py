"""A group, or several, over one term: every student's shift, the survey's latest answers, what was held and agreed.

For the reader's own eyes, within reach. What others see is made of it by `shared_term`, where small counts are hidden.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Literal, TypeAlias, TypeVar

from conversation_models.domain.answer import Manner, Respondent
from conversation_models.domain.ids import is_id
from conversation_models.domain.names import sort_key
from conversation_models.domain.term import Term
from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.asked import QUADRANT, find_instrument
from conversation_models.storage import logs, reaches, tables, terms
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from conversation_models.storage.terms import AnswerRow, GroupRow, Outcome, PairRow, Span, StudentRow
from instruments.answers import Value
from instruments.items import ColourItem
from instruments.readings import Point, near_border

SURVEY = "development_survey"
PRIORITY, ABILITY = "priority", "ability"
MOST_NAMED = 60
_SAID = itemgetter(0, 2, 3, 4, 5)  # of an AnswerRow: without the talk
Row = TypeVar("Row", bound=tuple[Any, ...])
# What stands where an item of a talk was answered several times, by talk, instrument and item: as `standing` takes it,
# with the edition last.
Settled: TypeAlias = dict[tuple[str, str, str], tuple[Any, ...]]
Apart = Literal["no_talk", "not_asked", "unanswered", "once"]
APART: tuple[Apart, ...] = ("no_talk", "not_asked", "unanswered", "once")


@dataclass(frozen=True)
class Scope:
    """Nothing chosen: everybody within reach."""

    school_id: str = ""
    group_id: str = ""


@dataclass(frozen=True)
class Shift:
    """One student's complete answers of the term, by the day of the talk. `apart` says why there is no shift."""

    student_id: str
    group_id: str
    points: tuple[Point, ...] = ()
    apart: Apart | None = None

    @property
    def start(self) -> Point:
        return self.points[0]

    @property
    def end(self) -> Point:
        return self.points[-1]

    @property
    def near_border(self) -> bool:
        """Another letter although neither scale moved two steps from the first to the last."""
        return self.apart is None and near_border(self.start, self.end)


@dataclass(frozen=True)
class SurveyCell:
    """One answer that may be given several times. `value` is what a colour row holds, None when it was not answered."""

    item: str
    edition: int
    state: str
    value: str | None

    @property
    def read(self) -> Value:
        """As readings take it, None when it was not answered."""
        found: Value = json.loads(self.value) if self.value else None
        return found


@dataclass(frozen=True)
class Happened:
    """What a group did in the term. `due` are open decisions whose day has passed."""

    talks: int = 0
    surveys_answered: int = 0
    surveys_left: int = 0
    followed_up: int = 0
    due: int = 0
    not_yet: int = 0


@dataclass(frozen=True)
class GroupTerm:
    """`survey` counts, group by group, the answers of each student's latest answered survey. `names` are empty unless
    asked for."""

    term: Term
    groups: tuple[GroupRow, ...]
    shifts: tuple[Shift, ...]
    survey: dict[str, Counter[SurveyCell]] = field(default_factory=dict)
    happened: dict[str, Happened] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def compared(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.apart is None)


def group_choices(desk: Desk, term: Term) -> tuple[GroupRow, ...]:
    """The groups with somebody within reach, by school and name."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        found = terms.groups_within(unit, reaches.within_reach(desk.actor, desk.today), term.first)
    return tuple(sorted(found, key=lambda each: (sort_key(each.school_name), sort_key(each.group_name))))


def group_term(desk: Desk, term: Term, scope: Scope = Scope(), named: bool = False) -> GroupTerm:
    """Six queries, and one where an item was answered several times in a talk, however many students and talks; one or
    two more when names are asked for, and logged.

    Raises Refused for a school or group with nobody within reach. More than MOST_NAMED are never named.
    """
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        found = _read(desk, unit, term, scope, desk_talks.seen_by(desk.actor))
        wanted = named and len(found.shifts) <= MOST_NAMED
        if not wanted:
            return found
        names = terms.names_of(unit, tables.student.c.id.in_([shift.student_id for shift in found.shifts]))
    _note_seen(desk, found)
    return GroupTerm(**(vars(found) | {"names": {each: " ".join(name) for each, name in names.items()}}))


def term_for_others(desk: Desk, term: Term, scope: Scope = Scope()) -> GroupTerm:
    """As everybody who holds talks may know of it, whoever asks: two readers' counts cannot be subtracted from each
    other, and nothing of student health is told by a number. Raises Refused as `group_term` does."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        return _read(desk, unit, term, scope, desk_talks.seen_by_all(desk.actor))


def _read(desk: Desk, unit: Unit, term: Term, scope: Scope, seen: Seen) -> GroupTerm:
    student, reached = tables.student, reaches.within_reach(desk.actor, desk.today)
    wanted = [
        column == value
        for column, value in ((student.c.school_id, scope.school_id), (student.c.group_id, scope.group_id))
        if value
    ]
    if not all(is_id(value) for value in (scope.school_id, scope.group_id) if value):
        raise Refused(Right.SEE_TALKS)
    here = reached
    for condition in wanted:
        here = here & condition
    span = Span(here, term.first, term.last, seen)
    there = terms.students_of(unit, span, QUADRANT)
    if wanted and not there:
        raise Refused(Right.SEE_TALKS)
    pairs = terms.pairs_in(unit, span, QUADRANT, (PRIORITY, ABILITY))
    rows = terms.latest_answers_in(unit, span, SURVEY, _survey_rows())
    repeated = {*_repeated(pairs, itemgetter(2)), *(talk_id for talk_id, _item in _repeated(rows, itemgetter(1, 2)))}
    settled = _settled(unit, span, repeated)
    points = _points(pairs, settled)
    groups = terms.groups_within(unit, here, term.first)
    happened = _happened(
        {group_id for _id, group_id, _why in there},
        terms.talks_in(unit, span, SURVEY),
        terms.decisions_in(unit, span, desk.today),
    )
    return GroupTerm(
        term,
        tuple(sorted(groups, key=lambda each: (sort_key(each.school_name), sort_key(each.group_name)))),
        tuple(_shift(row, points.get(row[0], ())) for row in there),
        _survey(rows, settled),
        happened,
    )


def standing(given: Iterable[Row]) -> Row:
    """Of one item in one talk: what was said in the talk stands over what was sent before it, unless it was left empty
    there; of the same place the newest counts. Each begins with what was said, as `terms` tells it."""
    newest = {told[:2]: told for told in sorted(given, key=itemgetter(5))}
    return max(newest.values(), key=_weight)


def _weight(told: tuple[Any, ...]) -> tuple[bool, bool, Any, int]:
    respondent, manner, state, _value, recorded_at, answer_id = told[:6]
    alone = manner == Manner.ALONE.value and respondent == Respondent.STUDENT.value
    return state != "empty", not alone, recorded_at, answer_id


def _repeated(rows: Iterable[Row], place: Callable[[Row], Any]) -> list[Any]:
    """Places that have several rows. Mostly none: so the rows are bare, and what decides is read of these alone."""
    return [at for at, many in Counter(map(place, rows)).items() if many > 1]


def _settled(unit: Unit, span: Span, talk_ids: Iterable[str]) -> Settled:
    given: dict[tuple[str, str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for talk_id, instrument, item, *told in terms.said_in(unit, span, (QUADRANT, SURVEY), sorted(talk_ids)):
        given[talk_id, instrument, item].append(tuple(told))
    return {place: standing(each) for place, each in given.items()}


def _points(pairs: Iterable[PairRow], settled: Settled) -> dict[str, tuple[Point, ...]]:
    """By student, where both questions were answered. Students share the points that are alike."""
    by_talk = {pair[2]: pair for pair in pairs}
    for talk_id in by_talk.keys() & {talk_id for talk_id, _instrument, _item in settled}:
        one, other = (settled[talk_id, QUADRANT, item] for item in (PRIORITY, ABILITY))
        by_talk[talk_id] = (*by_talk[talk_id][:3], *one[2:4], *other[2:4])
    point = cache(_point)
    found: dict[str, list[tuple[Any, str, Point]]] = defaultdict(list)
    for student_id, day, talk_id, state, value, state2, value2 in by_talk.values():
        if state == state2 == "answered" and value and value2:
            found[student_id].append((day, talk_id, point(day, value, value2)))
    return {student_id: tuple([point for _day, _id, point in sorted(here)]) for student_id, here in found.items()}


def _point(day: date | str, priority: str, ability: str) -> Point:
    return Point(int(priority), int(ability), date.fromisoformat(day) if isinstance(day, str) else day)


def _shift(row: StudentRow, points: tuple[Point, ...]) -> Shift:
    student_id, group_id, why_no_answer = row
    apart: Apart | None = None if len(points) > 1 else "once" if points else why_no_answer
    return Shift(student_id, group_id, points, apart)


def _survey_rows() -> list[str]:
    return [item.id for item in find_instrument(SURVEY).items() if isinstance(item, ColourItem)]


def _survey(rows: Iterable[AnswerRow], settled: Settled) -> dict[str, Counter[SurveyCell]]:
    by_place = {row[1:3]: row for row in rows}
    for (talk_id, instrument, item), told in settled.items():
        if instrument == SURVEY and (talk_id, item) in by_place:
            group_id = by_place[talk_id, item][0]
            by_place[talk_id, item] = (group_id, talk_id, item, told[6], told[2], told[3])
    found: dict[str, Counter[SurveyCell]] = defaultdict(Counter)
    for (group_id, item, edition, state, value), many in Counter(map(_SAID, by_place.values())).items():
        found[group_id][SurveyCell(item, edition, state, value if state == "answered" else None)] += many
    return dict(found)


def _happened(
    group_ids: Iterable[str],
    talks: Iterable[tuple[str, Outcome, int]],
    decisions: Iterable[tuple[str, str, bool, int]],
) -> dict[str, Happened]:
    counted: dict[str, Counter[str]] = {group_id: Counter() for group_id in group_ids}
    for group_id, outcome, many in talks:
        counted[group_id]["talks"] += many
        if outcome != "not_asked":
            counted[group_id][f"surveys_{outcome}"] += many
    for group_id, status, due, many in decisions:
        counted[group_id]["followed_up" if status != "open" else "due" if due else "not_yet"] += many
    return {group_id: Happened(**each) for group_id, each in counted.items()}


def _note_seen(desk: Desk, found: GroupTerm) -> None:
    """Whose path was shown by name: once a person, student and quarter of an hour, as when the record is opened."""
    ids = [shift.student_id for shift in found.shifts]
    with desk.store.reading() as unit:
        noted = logs.students_noted_since(unit, desk.actor.id, access.SEEN, ids, desk.now - access.READ_NOTED_FOR)
    missing = [each for each in ids if each not in noted]
    if missing:
        with desk.writing() as unit:
            for each in missing:
                logs.add(unit, desk.entry(access.SEEN, "student", each, each))
