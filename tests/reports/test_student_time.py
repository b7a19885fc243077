"""A student's time line and term, against raw rows."""

from collections import Counter

import plotly.graph_objects as go
from sqlalchemy import select

from conversation_models.domain.term import TermDates
from conversation_models.services import look
from conversation_models.services.access import Desk
from conversation_models.storage import tables
from reports.numbers import path_of
from reports.student_term import term_shift, terms_with_answers, up_to
from reports.theme import PAPER
from reports.time_line import time_line
from tests.conversation_models.cast import NOW, TODAY
from tests.reports import group_by_hand as by_hand
from tests.reports.random_school import fill_school
from tests.tables import frame

SPRING, AUTUMN = TermDates().until(TODAY, 2)
LANES = {"Enkäten": ("development_survey",), "Skalor": ("priority_ability",)}


def test_a_terms_start_and_end_are_those_of_the_second_program(store, cast) -> None:
    made = fill_school(store, cast, seed=31, count=30)
    school, desk = by_hand.School(store), Desk(store, cast.mentor, NOW)
    compared = 0
    for each in made:
        if each.id not in school.reached(cast.mentor, TODAY):
            continue
        path = path_of(look.history(desk, each.id), "sv")
        for term in (SPRING, AUTUMN):
            walked = by_hand.path(school, cast.mentor, each.id, term.first, term.last)
            shift = term_shift(path, term, "sv")
            ends = [(s.on, s.priority.value, s.ability.value) for s in (shift.first, shift.last) if s]
            assert ends == ([walked[0], walked[-1]] if walked else [])
            assert (term in terms_with_answers(path, (SPRING, AUTUMN))) is bool(walked)
            if len(walked) > 1:
                compared += 1
                _check_sentences(shift.sentences, walked)
    assert compared > 5


def _check_sentences(sentences, walked) -> None:
    for place, sentence in ((1, sentences[0]), (2, sentences[1])):
        before, after = walked[0][place], walked[-1][place]
        assert f": {before} (" in sentence
        assert f"{after} (" in sentence
        steps = abs(after - before)
        rule = "samma" if steps == 0 else "två steg eller mer" if steps >= 2 else "mindre än två steg"
        assert rule in sentence
        assert ("Lägre siffra" in sentence or "lägre siffra" in sentence) is (after < before)


def test_the_way_talk_by_talk_ends_where_asked(store, cast) -> None:
    made = fill_school(store, cast, seed=32, count=6)
    desk = Desk(store, cast.counsellor, NOW)
    longest = max(
        (path_of(look.history(desk, each.id), "sv") for each in made if each.group_id == cast.group.id),
        key=lambda path: len(path.stops),
    )
    for number in range(1, len(longest.stops) + 1):
        assert up_to(longest, number).stops == longest.stops[:number]
        assert up_to(longest, number).priority_changes == ()


def test_each_lane_has_as_many_marks_as_there_are_rows_for_it(store, cast) -> None:
    made = fill_school(store, cast, seed=33, count=10)
    school, desk = by_hand.School(store), Desk(store, cast.mentor, NOW)
    with store.reading() as unit:
        decided = unit.connection.execute(select(tables.decision)).all()
    for each in made:
        if each.id not in school.reached(cast.mentor, TODAY):
            continue
        history = look.history(desk, each.id)
        if not history.talks:
            continue
        chart = time_line(history, TODAY, "sv")
        talks = by_hand.held(school, cast.mentor, each.id, *EVER)
        counted = Counter(frame(chart.table)["Vad"])
        assert counted["Samtal"] == len(talks)
        for lane, instruments in LANES.items():
            answered = {
                row.talk_id
                for talk in talks
                for row in school.answers_of[talk.id]
                if row.instrument in instruments and _stands_for_something(school, row)
            }
            assert counted[lane] == len(answered), lane
        ids = {talk.id for talk in talks}
        waiting = {
            row.follow_up
            for row in decided
            if row.talk_id in ids and row.level == "m" and row.status == "open" and row.follow_up
        }
        assert counted["Att följa upp"] == len(waiting)


EVER = (AUTUMN.first, SPRING.last)


def _stands_for_something(school, row) -> bool:
    """The newest of its place is not empty."""
    same = [
        each
        for each in school.answers_of[row.talk_id]
        if (each.instrument, each.item, each.manner) == (row.instrument, row.item, row.manner)
    ]
    return max(same, key=lambda each: each.id).state != "empty"


def test_lanes_are_told_apart_without_colour(store, cast) -> None:
    made = fill_school(store, cast, seed=34, count=8)
    desk = Desk(store, cast.counsellor, NOW)
    histories = [look.history(desk, each.id) for each in made if each.group_id == cast.group.id]
    figure = time_line(max(histories, key=lambda each: len(each.talks)), TODAY, "sv").figure
    shapes = [lane.marker.symbol for lane in figure.data]
    assert len(set(shapes)) == len(shapes) > 3
    assert go.Figure(figure.to_dict()).layout.paper_bgcolor == PAPER
