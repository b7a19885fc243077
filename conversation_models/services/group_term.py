"""A group, or several, over one term: every student's shift, the survey's latest answers, what was held and agreed.

For the reader's own eyes, within reach. What others see is made of it by `shared_term`, where small counts are hidden.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, Literal

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
from conversation_models.storage.terms import AnswerRow, AskedRow, GroupRow, Span
from instruments.answers import Value
from instruments.items import ColourItem
from instruments.readings import Point, near_border

SURVEY = "development_survey"
PRIORITY, ABILITY = "priority", "ability"
MOST_NAMED = 60
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
    surveys_asked: int = 0
    surveys_answered: int = 0
    followed_up: int = 0
    due: int = 0
    not_yet: int = 0


@dataclass(frozen=True)
class GroupTerm:
    """`survey` counts, group by group, the answers of each student's latest answered survey; `answered` how many
    students that were. `names` are empty unless asked for."""

    term: Term
    groups: tuple[GroupRow, ...]
    shifts: tuple[Shift, ...]
    survey: dict[str, Counter[SurveyCell]] = field(default_factory=dict)
    answered: Counter[str] = field(default_factory=Counter)
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
    """Seven queries, however many students and talks; one or two more when names are asked for, and logged.

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
    there = terms.students_of(unit, span)
    if wanted and not there:
        raise Refused(Right.SEE_TALKS)
    talks = terms.asked_in(unit, span, QUADRANT, SURVEY)
    numbers = terms.answers_in(unit, span, QUADRANT, (PRIORITY, ABILITY))
    rows = terms.latest_answers_in(unit, span, SURVEY, _survey_rows())
    group_of, student_of = dict(there), {talk[0]: talk[1] for talk in talks}
    groups = tuple(each for each in terms.groups_within(unit, here, term.first))
    survey, answered = _survey(rows, student_of, group_of)
    return GroupTerm(
        term,
        tuple(sorted(groups, key=lambda each: (sort_key(each.school_name), sort_key(each.group_name)))),
        tuple(_shifts(there, talks, numbers)),
        survey,
        answered,
        _happened(talks, group_of, terms.decisions_in(unit, span, desk.today)),
    )


def standing(rows: Iterable[AnswerRow]) -> dict[tuple[str, str], AnswerRow]:
    """What stands for each talk and item: what was said in the talk stands over what was sent before it, unless it was
    left empty there; of the same place the newest counts."""
    found: dict[tuple[str, str], AnswerRow] = {}
    several: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in rows:
        place = row[0], row[1]
        known = found.setdefault(place, row)
        if known is not row:
            several.setdefault(place, [known]).append(row)
    return found | {place: _standing_of(given) for place, given in several.items()}


def _standing_of(given: Iterable[AnswerRow]) -> AnswerRow:
    newest: dict[tuple[str, str], AnswerRow] = {}
    for row in sorted(given, key=itemgetter(7)):
        newest[row[2], row[3]] = row
    return max(newest.values(), key=_weight)


def _weight(row: AnswerRow) -> tuple[bool, bool, Any, int]:
    _talk, _item, respondent, manner, state, _value, recorded_at, answer_id, _edition = row
    alone = manner == Manner.ALONE.value and respondent == Respondent.STUDENT.value
    return state != "empty", not alone, recorded_at, answer_id


def _shifts(
    there: Iterable[tuple[str, str]], talks: Iterable[AskedRow], numbers: Iterable[AnswerRow]
) -> Iterable[Shift]:
    known = {place: int(row[5]) for place, row in standing(numbers).items() if row[4] == "answered" and row[5]}
    held = set()
    asked: dict[str, list[tuple[str, date]]] = defaultdict(list)
    for talk_id, student_id, held_on, asks_first, _asks_second, _answered in talks:
        held.add(student_id)
        if asks_first:
            asked[student_id].append((talk_id, held_on))
    for student_id, group_id in there:
        here = asked.get(student_id, [])
        complete = tuple(_points(known, here))
        yield Shift(student_id, group_id, complete, _apart(student_id in held, bool(here), complete))


def _apart(held: bool, asked: bool, complete: tuple[Point, ...]) -> Apart | None:
    if len(complete) > 1:
        return None
    if complete:
        return "once"
    return "unanswered" if asked else "not_asked" if held else "no_talk"


def _points(known: dict[tuple[str, str], int], asked: Iterable[tuple[str, date]]) -> Iterator[Point]:
    """Where both questions were answered."""
    for talk_id, held_on in asked:
        priority, ability = known.get((talk_id, PRIORITY)), known.get((talk_id, ABILITY))
        if priority is not None and ability is not None:
            yield Point(priority, ability, held_on)


def _survey_rows() -> list[str]:
    return [item.id for item in find_instrument(SURVEY).items() if isinstance(item, ColourItem)]


def _survey(
    rows: list[AnswerRow], student_of: dict[str, str], group_of: dict[str, str]
) -> tuple[dict[str, Counter[SurveyCell]], Counter[str]]:
    found: dict[str, Counter[SurveyCell]] = {}
    answered: Counter[str] = Counter()
    place_of = {talk_id: group_of[student_of[talk_id]] for talk_id in {row[0] for row in rows}}
    answered.update(place_of.values())
    counted = Counter(
        (place_of[talk_id], item, edition, state, value)
        for talk_id, item, _by, _how, state, value, _at, _id, edition in standing(rows).values()
    )
    for (group_id, item, edition, state, value), many in counted.items():
        cell = SurveyCell(item, edition, state, value if state == "answered" else None)
        found.setdefault(group_id, Counter())[cell] += many
    return found, answered


def _happened(
    talks: Iterable[AskedRow], group_of: dict[str, str], decisions: Iterable[tuple[str, str, bool, int]]
) -> dict[str, Happened]:
    counted: dict[str, Counter[str]] = {group_id: Counter() for group_id in group_of.values()}
    places = Counter((group_of[talk[1]], talk[4], talk[5]) for talk in talks)
    for (group_id, asked, answered), many in places.items():
        here = counted[group_id]
        here["talks"] += many
        here["surveys_asked"] += many * asked
        here["surveys_answered"] += many * answered
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
