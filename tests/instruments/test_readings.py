from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation_models.models import load_models, own_instrument
from instruments.catalogue import load
from instruments.items import ColourItem
from instruments.readings import (
    Change,
    DatedAnswers,
    DatedNumber,
    Point,
    changes,
    colour_moves,
    group_of,
    items_for,
    near_border,
    said,
)

SURVEY = load().instrument("development_survey")
DAYS = [date(2025, 1, 20), date(2025, 3, 4), date(2025, 5, 13), date(2025, 10, 7)]
numbers = st.none() | st.integers(0, 10)


def test_the_border_goes_between_five_and_six() -> None:
    quadrant = {(p, a): group_of(p, a) for p in range(1, 11) for a in range(1, 11)}
    assert [sum(group == letter for group in quadrant.values()) for letter in "ABCD"] == [25, 25, 25, 25]
    assert [quadrant[point] for point in ((6, 5), (6, 6), (5, 5), (5, 6))] == ["A", "B", "C", "D"]


def test_a_missing_number_gives_no_group() -> None:
    assert [group_of(None, 9), group_of(9, None), group_of(None, None)] == [None, None, None]


def test_a_letter_that_changes_without_two_steps_is_near_the_border() -> None:
    assert near_border(Point(5, 5), Point(6, 6))
    assert not near_border(Point(5, 5), Point(5, 7))
    assert not near_border(Point(5, 5), Point(4, 4))
    assert not near_border(Point(5, 5), Point(6, None))


def test_a_change_names_the_days_it_compares() -> None:
    points = [DatedNumber(DAYS[0], 7), DatedNumber(DAYS[1], None), DatedNumber(DAYS[2], 6), DatedNumber(DAYS[3], 4)]
    assert changes(points) == (
        Change("two_steps", (DAYS[2], DAYS[3]), (6, 4), "down"),
        Change("twice_in_a_row", (DAYS[0], DAYS[2], DAYS[3]), (7, 6, 4), "down"),
        Change("since_the_first", (DAYS[0], DAYS[3]), (7, 4), "down"),
    )


def test_two_answers_are_too_few_for_a_direction() -> None:
    found = changes([DatedNumber(DAYS[0], 4), DatedNumber(DAYS[1], 5)])
    assert found == (Change("too_few", (DAYS[0], DAYS[1]), (4, 5)),)
    assert changes([]) == (Change("too_few", (), ()),)


@given(st.lists(numbers, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_typing_does_not_matter(values: list[int | None], chance: object) -> None:
    points = [DatedNumber(DAYS[0] + timedelta(days=7 * week), value) for week, value in enumerate(values)]
    shuffled = list(points)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert changes(shuffled) == changes(points)


@given(st.lists(numbers, max_size=8))
def test_a_talk_without_an_answer_changes_nothing(values: list[int | None]) -> None:
    points = [DatedNumber(DAYS[0] + timedelta(days=7 * week), value) for week, value in enumerate(values)]
    assert changes([point for point in points if point.value is not None]) == changes(points)


@given(st.lists(st.integers(0, 10), max_size=8))
def test_a_scale_turned_upside_down_turns_every_direction(values: list[int]) -> None:
    def found(numbers_then: list[int]) -> list[tuple[str, str | None]]:
        points = [DatedNumber(DAYS[0] + timedelta(days=week), number) for week, number in enumerate(numbers_then)]
        return [(change.rule, change.direction) for change in changes(points)]

    turned = {"up": "down", "down": "up", None: None}
    assert found([10 - number for number in values]) == [(rule, turned[way]) for rule, way in found(values)]


def test_a_move_is_told_with_both_days_and_both_words() -> None:
    before = DatedAnswers(DAYS[0], SURVEY, {"workload": {"colour": "orange", "fits": []}})
    empty = DatedAnswers(DAYS[1], SURVEY, {"workload": None})
    after = DatedAnswers(DAYS[2], SURVEY, {"workload": {"colour": "red", "fits": ["red.3"]}})
    (move,) = colour_moves([after, before, empty])
    assert (move.before_on, move.after_on) == (DAYS[0], DAYS[2])
    assert [move.before.words[0].say("en"), move.after.words[0].say("en")] == ["too little", "too much"]
    assert [text.en for text in move.after.marked] == ["I get stressed by everything I have to do."]


def test_the_same_colour_twice_is_no_move_and_a_row_not_answered_last_is_not_told() -> None:
    green = {"colour": "green", "fits": []}
    talks = [
        DatedAnswers(DAYS[0], SURVEY, {"peers": green, "staff": green}),
        DatedAnswers(DAYS[1], SURVEY, {"peers": {"colour": "green", "fits": ["green.1"]}}),
    ]
    assert colour_moves(talks) == ()
    assert colour_moves(talks[:1]) == colour_moves([]) == ()


def test_new_wording_is_no_move_of_the_students() -> None:
    reworded = SURVEY.model_copy(update={"edition": 2, "sections": _with_other_words()})
    talks = [
        DatedAnswers(DAYS[0], SURVEY, {"workload": {"colour": "red", "fits": []}}),
        DatedAnswers(DAYS[1], reworded, {"workload": {"colour": "red", "fits": []}}),
    ]
    row = reworded.item("workload")
    assert isinstance(row, ColourItem)
    assert said(row, {"colour": "red", "fits": []}).words[0].sv == "andra ord"
    assert colour_moves(talks) == ()


def _with_other_words() -> tuple[object, ...]:
    section = SURVEY.sections[0]
    row = section.items[0]
    assert isinstance(row, ColourItem)
    other = row.choices[3].model_copy(update={"word": row.choices[3].word.model_copy(update={"sv": "andra ord"})})
    items = (row.model_copy(update={"choices": (*row.choices[:3], other)}), *section.items[1:])
    return (section.model_copy(update={"items": items}), *SURVEY.sections[1:])


@pytest.mark.parametrize("reader", ["student", "guardian"])
def test_staffs_own_items_never_stand_before_a_student(reader: str) -> None:
    talk = own_instrument(load_models()["development"])
    seen = {item.id for item in items_for(talk, reader)}  # type: ignore[arg-type]
    assert seen == {"words_looking", "words_now", "words_agreement", "words_reading_back"}
    assert items_for(talk, "mentor") == talk.items()
