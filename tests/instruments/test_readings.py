from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation_models.models import load_models, own_instrument
from instruments.answers import check
from instruments.catalogue import load
from instruments.items import (
    Card,
    CardsItem,
    ChoicesItem,
    ColourItem,
    GivenRow,
    LineItem,
    Option,
    ScaleItem,
    TableItem,
    TickItem,
)
from instruments.model import Text
from instruments.readings import (
    Change,
    DatedAnswers,
    DatedNumber,
    Point,
    changes,
    colour_moves,
    group_of,
    items_for,
    kept_gone_new,
    listed,
    near_border,
    row_changes,
    said,
    table_rows,
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


def word(sv: str) -> Text:
    return Text(sv=sv, en=f"{sv} (en)")


MEANS = ChoicesItem(
    id="means", label=word("Vad"), options=tuple(Option(id=name, text=word(name)) for name in ("bus", "walk", "lift"))
)
DECK = CardsItem(
    id="deck",
    label=word("Kort"),
    deck="white",
    cards=tuple(Card(id=name, text=word(name)) for name in ("calm", "music")),
)
STEPS = TableItem(
    id="steps",
    label=word("Steg"),
    columns=(
        LineItem(id="step", label=word("Steg")),
        ScaleItem(id="now", label=word("Nu"), low=0, high=10, low_words=word("lätt"), high_words=word("svårt")),
        TickItem(id="done", label=word("Klart")),
    ),
    rows=(GivenRow(id="gate", text=word("Grinden")),),
    add=word("Lägg till"),
)


def keys(then_and_now) -> tuple[list[str], ...]:
    return tuple([each.key for each in part] for part in (then_and_now.kept, then_and_now.gone, then_and_now.new))


def test_what_is_kept_gone_and_new_stands_in_its_own_order() -> None:
    before, after = listed(MEANS, ["bus", "walk"]), listed(MEANS, ["walk", "lift"])
    assert keys(kept_gone_new(before, after)) == (["walk"], ["bus"], ["lift"])
    assert keys(kept_gone_new((), after)) == ([], [], ["walk", "lift"])


@pytest.mark.parametrize("value", [None, {"declined": True}, [], ""])
@pytest.mark.parametrize("item", [MEANS, DECK, STEPS], ids=lambda item: item.kind)
def test_what_was_not_answered_lists_nothing(item, value) -> None:
    assert listed(item, value) == ()


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_everything_is_exactly_one_of_kept_gone_and_new(before, after) -> None:
    options = {letter: Option(id=letter, text=word(letter)) for letter in "abcdef"}
    item = ChoicesItem(id="all", label=word("Alla"), options=tuple(options.values()))
    kept, gone, new = keys(kept_gone_new(listed(item, before), listed(item, after)))
    assert sorted(kept + new) == sorted(after)
    assert sorted(kept + gone) == sorted(before)


def test_a_blank_card_is_known_again_by_its_words_and_never_mistaken_for_a_printed_one() -> None:
    before = listed(DECK, {"picked": ["own.1", "calm"], "own": ["Min  hund"]})
    after = listed(DECK, {"picked": ["own.2", "own.1"], "own": ["calm", "min hund"]})
    change = kept_gone_new(before, after)
    assert [each.words for each in change.kept] == ["min hund"]
    assert [each.key for each in change.gone] == ["calm"]
    assert [each.words for each in change.new] == ["calm"]


def test_a_card_that_was_written_but_not_picked_is_not_in_the_list() -> None:
    assert [each.words for each in listed(DECK, {"picked": ["own.2"], "own": ["ett", "två"]})] == ["två"]


def test_a_row_is_known_again_by_its_words_and_a_given_one_by_its_id() -> None:
    before = [
        {"row": "gate", "now": 7},
        {"row": "own.1", "step": "Bussen", "now": 5},
        {"row": "own.2", "step": "Trappan"},
    ]
    after = [
        {"row": "gate", "now": 4},
        {"row": "own.1", "step": "Korridoren"},
        {"row": "own.3", "step": "bussen", "now": 5},
    ]
    found = {change.row.words if isinstance(change.row.words, str) else change.row.key: change
             for change in row_changes(STEPS, before, STEPS, after)}  # fmt: skip
    assert {name: (change.standing, change.changed) for name, change in found.items()} == {
        "gate": ("kept", ("now",)),
        "Korridoren": ("new", ()),
        "bussen": ("kept", ("step",)),
        "Trappan": ("gone", ()),
    }
    assert found["gate"].before == {"now": 7}
    assert found["gate"].after == {"now": 4}


def test_an_unticked_field_is_a_change_and_an_untouched_one_is_none() -> None:
    ticked = check(STEPS, [{"row": "gate", "now": 3, "done": True}])
    unticked = check(STEPS, [{"row": "gate", "now": 3, "done": False}])
    (change,) = row_changes(STEPS, ticked, STEPS, unticked)
    assert change.changed == ("done",)
    assert row_changes(STEPS, ticked, STEPS, ticked)[0].changed == ()


def test_rows_with_the_same_words_are_told_apart_and_none_is_lost() -> None:
    value = [{"row": "own.1", "step": "Ringa"}, {"row": "own.2", "step": "ringa "}, {"row": "own.3", "now": 2}]
    rows = table_rows(STEPS, value)
    assert len({row.key for row, _cells in rows}) == 3
    assert [cells for _row, cells in rows] == [{"step": "Ringa"}, {"step": "ringa "}, {"now": 2}]
