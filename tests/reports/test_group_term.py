"""A group's term against a second, slow, obvious program; and attacked by subtraction."""

from collections import Counter
from itertools import combinations

import plotly.graph_objects as go
import pytest
from sqlalchemy import update

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.suppression import FEWEST, Count
from conversation_models.domain.term import TermDates
from conversation_models.services import group_term, look
from conversation_models.services.access import Desk, Refused
from conversation_models.services.group_term import GroupTerm, Scope, Shift
from conversation_models.storage import mentorships, tables
from conversation_models.storage.terms import GroupRow
from instruments.readings import Point
from reports import group_charts, group_tables
from reports.group_counts import GroupCounts, RowAnswer, group_counts
from reports.numbers import path_of
from tests.conversation_models.cast import NOW, TODAY
from tests.conversation_models.counting import counted
from tests.reports import group_by_hand as by_hand
from tests.reports.random_school import fill_school
from tests.tables import frame

pytestmark = pytest.mark.slow

SPRING, AUTUMN = TermDates().until(TODAY, 2)


@pytest.fixture
def school(store, cast):
    fill_school(store, cast, seed=7)
    with store.writing() as unit:
        mentorships.give(unit, Reach(new_id(), cast.counsellor.id, school_id=cast.school.id))
    return by_hand.School(store)


def read(counts: GroupCounts) -> dict:
    return {move: count.known for move, count in counts.moves.items() if count.known}


def said(answer: RowAnswer):
    words = " + ".join(word.sv for word in answer.words)
    return (answer.colour, words) if answer.colour else answer.state


@pytest.mark.parametrize("term", [SPRING, AUTUMN], ids=lambda term: term.id)
@pytest.mark.parametrize("who", ["mentor", "counsellor"])
def test_every_number_is_that_of_the_second_program(school, store, cast, who, term) -> None:
    actor = getattr(cast, who)
    for scope in (Scope(), Scope(school_id=cast.school.id), Scope(group_id=cast.group.id)):
        found = group_term.group_term(Desk(store, actor, NOW), term, scope)
        counts = group_counts(found, shared=False)
        here = by_hand.there(school, actor, TODAY, term.first, scope.group_id)
        of_term = (school, actor, here, term.first, term.last)

        moves, near = by_hand.moves(*of_term)
        assert read(counts) == moves
        assert dict(counts.near_in) == dict(near)
        assert counts.students == len(here)
        for row in counts.survey:
            known = {said(answer): count.known for answer, count in row.counts.items() if count.known}
            assert known == by_hand.survey(*of_term)[row.item], row.item
        happened = {name: count.known for name, count in counts.happened.items() if count.known}
        assert happened == dict(by_hand.happened(*of_term, TODAY))


def test_the_quadrant_has_every_path_as_the_second_program_walks_it(school, store, cast) -> None:
    found = group_term.group_term(Desk(store, cast.counsellor, NOW), AUTUMN)
    walked = {
        shift.student_id: [(point.on, point.priority, point.ability) for point in shift.points]
        for shift in found.shifts
    }
    expected = {
        each.id: by_hand.path(school, cast.counsellor, each.id, AUTUMN.first, AUTUMN.last)
        for each in by_hand.there(school, cast.counsellor, TODAY, AUTUMN.first)
    }
    assert walked == expected
    assert len(found.compared) > 5
    figure = group_charts.paths_chart(found, "sv").figure
    paths, starts, ends = figure.data
    assert len(starts.x) == len(ends.x) == len(found.compared)
    assert sum(x is None for x in paths.x) == len(found.compared)
    for place, student_id in enumerate(group_charts.numbered(found)):
        _, priority, ability = expected[student_id][0]
        assert abs(starts.x[place] - ability) < 0.5
        assert abs(starts.y[place] - priority) < 0.5
        _, priority, ability = expected[student_id][-1]
        assert abs(ends.x[place] - ability) < 0.5
        assert abs(ends.y[place] - priority) < 0.5


def test_it_says_of_each_student_what_the_students_own_page_says(school, store, cast) -> None:
    for actor in (cast.mentor, cast.counsellor):
        desk = Desk(store, actor, NOW)
        found = group_term.group_term(desk, SPRING)
        for shift in found.shifts:
            stops = path_of(look.history(desk, shift.student_id), "sv").stops
            page = [(s.on, s.priority.value, s.ability.value) for s in stops if s.is_complete and SPRING.holds(s.on)]
            assert [(point.on, point.priority, point.ability) for point in shift.points] == page


def test_it_takes_seven_queries_however_many_students(store, cast) -> None:
    """One is the log's question when names are shown, two are the names and the log itself."""
    numbers = []
    for seed in (1, 2):
        fill_school(store, cast, seed, count=10)
        with counted(store) as statements:
            group_term.group_term(Desk(store, cast.mentor, NOW), SPRING)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 7


def test_a_plan_is_made_for_the_days_of_this_term(store, cast) -> None:
    """They stand in the statements: of days that are given beside it, PostgreSQL makes one plan for any."""
    with counted(store) as statements:
        group_term.group_term(Desk(store, cast.mentor, NOW), SPRING)
    of_talks = [each for each in statements if "held_on >=" in each]
    assert len(of_talks) == 5
    assert all(f"held_on >= '{SPRING.first}'" in each for each in of_talks)
    assert all(f"held_on <= '{SPRING.last}'" in each for each in of_talks)


def test_names_only_when_asked_for_and_then_it_is_logged(store, cast) -> None:
    fill_school(store, cast, seed=3, count=12)
    desk = Desk(store, cast.mentor, NOW)
    assert group_term.group_term(desk, SPRING).names == {}
    named = group_term.group_term(desk, SPRING, named=True)
    group_term.group_term(desk, SPRING, named=True)
    assert set(named.names) == {shift.student_id for shift in named.shifts}
    with store.reading() as unit:
        seen = unit.connection.execute(tables.log_entry.select().where(tables.log_entry.c.action == "seen")).all()
    assert Counter(row.student_id for row in seen) == Counter(dict.fromkeys(named.names, 1))
    numbers = group_charts.numbered(named)
    in_order = [named.names[each] for each in numbers]
    assert in_order == sorted(in_order), "by name, never by what was answered"


def test_nobody_reaches_another_group_and_a_stranger_none(store, cast) -> None:
    fill_school(store, cast, seed=4, count=8)
    for actor, scope in (
        (cast.mentor, Scope(group_id=cast.far_group.id)),
        (cast.mentor, Scope(school_id=cast.far_school.id)),
        (cast.outsider, Scope(group_id=cast.group.id)),
        (cast.far_counsellor, Scope(group_id=cast.group.id)),
        (cast.mentor, Scope(group_id="' OR 1=1 --")),
        (cast.administrator, Scope()),
    ):
        with pytest.raises(Refused):
            group_term.group_term(Desk(store, actor, NOW), SPRING, scope)
    assert group_term.group_term(Desk(store, cast.outsider, NOW), SPRING).shifts == (
        Shift(cast.far.id, cast.far_group.id, (), "no_talk"),
    )


# ---- what others see


def made_up(groups: dict[str, list[str]], here: dict[str, int] | None = None) -> GroupTerm:
    """Groups of students, each told by where they went: "AB" from A to B, "A~B" near the border, "-" no talk."""
    rows = tuple(
        GroupRow(name, name, "school", "Skolan", len(each), (here or {}).get(name, len(each)))
        for name, each in groups.items()
    )
    shifts = [
        _shift(f"{name}-{number}", name, told) for name, each in groups.items() for number, told in enumerate(each)
    ]
    return GroupTerm(SPRING, rows, tuple(shifts))


def _shift(student_id: str, group_id: str, told: str) -> Shift:
    clear = {"A": (9, 2), "B": (9, 9), "C": (2, 2), "D": (2, 9)}
    at_border = {"A": (6, 5), "B": (6, 6), "C": (5, 5), "D": (5, 6)}
    if told == "-":
        return Shift(student_id, group_id, (), "no_talk")
    where = at_border if "~" in told else clear
    return Shift(student_id, group_id, (Point(*where[told[0]]), Point(*where[told[-1]])))


def test_own_eyes_see_all_and_others_no_small_number() -> None:
    found = made_up({"1a": ["AB"] * 7 + ["CC"] * 2 + ["A~B"] * 6 + ["-"] * 5})
    own, others = group_counts(found, shared=False), group_counts(found, shared=True)
    assert own.moves["A", "B"] == Count(13)
    assert own.near_in["A", "B"] == 6
    assert own.moves["C", "C"] == Count(2)
    assert others.moves["C", "C"] == Count(more=True)
    assert others.moves["A", "B"] == Count(7)
    assert others.moves["near"] == Count(6)
    assert others.moves["no_talk"].is_hidden, "else the two could be worked out of the total"
    assert others.near_in == {}


def test_a_small_group_and_a_part_of_a_group_are_not_shown_to_others() -> None:
    found = made_up({"1a": ["AB"] * 6 + ["CD"] * 6, "1b": ["AB"] * 4, "1c": ["AB"] * 20}, here={"1c": 25})
    others = group_counts(found, shared=True)
    assert others.shown_groups == ("1a",)
    assert others.left_out == ("1b", "1c")
    assert others.students == 12
    assert others.moves == group_counts(made_up({"1a": ["AB"] * 6 + ["CD"] * 6}), shared=True).moves
    assert "1b, 1c" in group_tables.say_left_out(others.left_out, "sv")


def test_subtracting_overlapping_groups_tells_nothing_small(store, cast) -> None:
    """Every two unions of groups that somebody could look at, one inside the other: the difference of what is shown is
    never a number below five, neither of moves nor of the survey nor of what happened."""
    fill_school(store, cast, seed=11, count=60)
    with store.writing() as unit:
        mentorships.give(unit, Reach(new_id(), cast.counsellor.id, school_id=cast.school.id))
        unit.connection.execute(update(tables.talk).values(status="closed"))
    desk = Desk(store, cast.counsellor, NOW)
    everybody = group_term.group_term(desk, SPRING)
    assert len(everybody.groups) == 2
    split = {shift.student_id: number % 5 for number, shift in enumerate(everybody.shifts)}
    groups = {f"{each}": [s for s in everybody.shifts if split[s.student_id] == each] for each in range(5)}
    looked = {}
    for size in range(1, 6):
        for chosen in combinations(groups, size):
            rows = tuple(GroupRow(each, each, "s", "S", len(groups[each]), len(groups[each])) for each in chosen)
            part = tuple(Shift(s.student_id, each, s.points, s.apart) for each in chosen for s in groups[each])
            looked[frozenset(chosen)] = group_counts(GroupTerm(SPRING, rows, part), shared=True)
    compared = 0
    for larger, smaller in combinations(looked, 2):
        part, whole = sorted((larger, smaller), key=len)
        if not part < whole:
            continue
        for move, count in looked[whole].moves.items():
            left = count.known - looked[part].moves[move].known
            compared += 1
            assert left == 0 or left >= FEWEST
    assert compared > 1_000


def test_the_same_holds_between_a_mentor_and_a_counsellor_who_look_at_one_group(store, cast) -> None:
    """The mentor has a part of the group: what the counsellor shows of the whole cannot be subtracted from it."""
    fill_school(store, cast, seed=12, count=50)
    mine = group_counts(group_term.group_term(Desk(store, cast.mentor, NOW), SPRING), shared=True)
    whole = group_counts(group_term.group_term(Desk(store, cast.counsellor, NOW), SPRING), shared=True)
    assert mine.shown_groups == ()
    assert all(count == Count() for count in mine.moves.values())
    assert whole.shown_groups == (cast.group.name,)


def test_on_the_screen_a_dash_stands_for_what_is_hidden() -> None:
    counts = group_counts(made_up({"1a": ["AB"] * 7 + ["CC"] * 2 + ["-"] * 5}), shared=True)
    table = frame(group_tables.moves_of_group(counts, "sv"))
    assert table.loc[0, "till B"] == "–" or table.loc[0, "till B"] == "7"
    assert table.loc[2, "till C"] == "–"
    assert "2" not in table.to_numpy().ravel().tolist()
    figure = group_charts.flows_chart(counts, "sv").figure
    assert not any(note.text == "2" for note in figure.layout.annotations)


def test_plotly_takes_every_property_of_the_figures(store, cast) -> None:
    fill_school(store, cast, seed=13, count=20)
    found = group_term.group_term(Desk(store, cast.mentor, NOW), AUTUMN, named=True)
    for chart in (
        group_charts.paths_chart(found, "sv"),
        group_charts.flows_chart(group_counts(found, shared=False), "en"),
        group_charts.flows_chart(group_counts(found, shared=True), "sv"),
    ):
        assert go.Figure(chart.figure.to_dict()).layout.height
        assert chart.alt
        assert chart.table.rows
    names = set(found.names.values())
    assert not any(name in group_charts.paths_chart(found, "sv").figure.to_json() for name in names)
