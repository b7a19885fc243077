import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from instruments.answers import DECLINED, AnswerError, check, state_of
from instruments.catalogue import load
from instruments.items import COLOURS, ColourItem, DateItem, Item, LineItem, ScaleItem, TextItem, TickItem
from instruments.text import Text

LABEL = Text(sv="Fråga", en="Question")
CATALOGUE = load()
ITEMS = [item for name in CATALOGUE.ids() for item in CATALOGUE.instrument(name).items()]
SURVEY_ROWS = [item for item in ITEMS if isinstance(item, ColourItem)]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
likely_values = st.one_of(
    json_values,
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.fixed_dictionaries(
        {"colour": st.sampled_from([*COLOURS, "blue"])},
        optional={
            "fits": st.lists(st.sampled_from(["green.1", "green.2", "red.1", "red.2", "yellow.3"]), max_size=4),
            "declined": st.booleans(),
        },
    ),
    st.fixed_dictionaries({"declined": st.booleans() | st.integers(0, 1)}),
    st.dates().map(str),
)


@given(st.sampled_from(ITEMS), likely_values)
def test_a_value_is_kept_or_refused_and_once_kept_it_stays(item: Item, value: object) -> None:
    try:
        kept = check(item, value)
    except AnswerError:
        return
    assert check(item, kept) == kept
    assert type(check(item, kept)) is type(kept)


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@example("e\x00\u0301")
@example("\r\r\n\n\r")
@example("\u2028\u0085\u200b")
@example("\ud800")
def test_text_comes_back_in_one_way_of_writing(text: str) -> None:
    item = TextItem(id="notes", label=LABEL)
    if any(unicodedata.category(letter) == "Cs" for letter in text):
        with pytest.raises(AnswerError, match="broken_text"):
            check(item, text)
        return
    kept = check(item, text)
    assert kept is None or isinstance(kept, str)
    if kept is None:
        assert not "".join(letter for letter in text if unicodedata.category(letter) != "Cc").strip()
        return
    assert unicodedata.is_normalized("NFC", kept)
    assert not [letter for letter in kept if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
    kept.encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=100))
def test_no_visible_letter_is_lost(text: str) -> None:
    assert check(TextItem(id="notes", label=LABEL), text) == unicodedata.normalize("NFC", text)


@given(st.sampled_from(SURVEY_ROWS), st.sampled_from(COLOURS), st.data())
def test_marked_statements_come_back_in_the_rows_order(item: ColourItem, colour: str, data: st.DataObject) -> None:
    ids = [statement.id for statement in item.choice(colour).statements]
    marked = data.draw(st.lists(st.sampled_from(ids), max_size=6))
    assert check(item, {"colour": colour, "fits": marked}) == {
        "colour": colour,
        "fits": [name for name in ids if name in marked],
    }


@given(st.integers(-20, 20))
def test_a_scale_takes_its_own_numbers_and_no_other(number: int) -> None:
    item = ScaleItem(id="now", label=LABEL, low=1, high=10, low_words=LABEL, high_words=LABEL)
    if 1 <= number <= 10:
        assert check(item, number) == number
    else:
        with pytest.raises(AnswerError) as caught:
            check(item, number)
        assert (caught.value.code, caught.value.values) == ("outside_the_scale", {"low": 1, "high": 10})


@pytest.mark.parametrize("number", [True, 5.0, "5", [5], float("nan")])
def test_a_scale_takes_nothing_that_only_resembles_a_number(number: object) -> None:
    item = ScaleItem(id="now", label=LABEL, low=1, high=10, low_words=LABEL, high_words=LABEL)
    with pytest.raises(AnswerError, match="not_a_whole_number"):
        check(item, number)


def test_a_line_stays_one_line() -> None:
    assert check(LineItem(id="topic", label=LABEL), "Komma\r\nupp\ti\u2028tid") == "Komma upp i tid"


def test_a_text_of_blanks_is_empty() -> None:
    assert check(TextItem(id="notes", label=LABEL), " \n\t ") is None


def test_length_is_counted_after_the_text_is_put_in_order() -> None:
    item = LineItem(id="topic", label=LABEL, longest=4)
    assert check(item, "cafe\u0301") == "café"
    with pytest.raises(AnswerError) as caught:
        check(item, "caféer")
    assert (caught.value.code, caught.value.values) == ("too_long", {"longest": 4, "length": 6})


def test_an_error_never_repeats_what_was_written() -> None:
    with pytest.raises(AnswerError) as caught:
        check(LineItem(id="topic", label=LABEL, longest=3), "min hemlighet")
    assert "hemlighet" not in f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize(
    "day", ["2025-02-30", "20250228", "2025-W10-1", "2025-1-2", "٢٠٢٥-٠١-٠١", "2025-01-01T00:00", 20250101]
)
def test_what_is_no_day_is_refused(day: object) -> None:
    with pytest.raises(AnswerError, match="not_a_day"):
        check(DateItem(id="follow_up", label=LABEL), day)


def test_declining_is_kept_where_it_is_allowed() -> None:
    assert check(TextItem(id="notes", label=LABEL), {"declined": True}) == DECLINED
    with pytest.raises(AnswerError, match="may_not_decline"):
        check(TickItem(id="right", label=LABEL, may_decline=False), {"declined": True})


@pytest.mark.parametrize("value", [{"declined": False}, {"declined": 1}, {"declined": True, "colour": "green"}])
def test_a_half_declined_answer_is_refused(value: object) -> None:
    with pytest.raises(AnswerError, match="not_a_decline"):
        check(SURVEY_ROWS[0], value)


def test_declined_empty_and_answered_are_three_things() -> None:
    assert state_of({"declined": True}) == "declined"
    assert [state_of(None), state_of("")] == ["empty", "empty"]
    assert [state_of(value) for value in (0, False, "nej", {"colour": "red", "fits": []})] == ["answered"] * 4


def test_one_answer_does_not_change_the_next() -> None:
    first = check(SURVEY_ROWS[0], {"declined": True})
    assert isinstance(first, dict)
    first["declined"] = False
    assert check(SURVEY_ROWS[0], {"declined": True}) == {"declined": True}
