"""Attacked as somebody would who knows the rule: every table that would look the same is tried."""

from collections import defaultdict
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from conversation_models.domain.suppression import FEWEST, Count, shielded, summed

CELLS = "abcd"
tables = st.dictionaries(st.sampled_from(CELLS), st.integers(0, 12), min_size=4)


def look(counts: tuple[int, ...]) -> tuple[int, tuple[Count, ...]]:
    """What leaves the house of such a table: the total, and each cell."""
    shown = shielded(dict(zip(CELLS, counts, strict=False)))
    return sum(counts), tuple(shown.values())


def test_below_five_is_never_shown_and_none_is_none() -> None:
    assert shielded({"a": 12, "b": 3, "c": 4, "d": 0}) == {
        "a": Count(12),
        "b": Count(more=True),
        "c": Count(more=True),
        "d": Count(0),
    }


def test_one_small_cell_takes_another_along() -> None:
    assert shielded({"a": 12, "b": 3, "c": 7}) == {"a": Count(12), "b": Count(more=True), "c": Count(more=True)}


def test_fewer_than_five_together_show_nothing_at_all() -> None:
    assert set(shielded({"a": 4, "b": 0, "c": 0}).values()) == {Count(more=True)}


def test_a_cell_with_everybody_in_it_shows_nothing() -> None:
    assert set(shielded({"a": 25, "b": 0}).values()) == {Count(more=True)}


def test_of_events_one_cell_may_hold_them_all() -> None:
    assert shielded({"a": 25, "b": 0}, of_people=False) == {"a": Count(25), "b": Count(0)}
    assert shielded({"a": 25, "b": 2}, of_people=False) == {"a": Count(more=True), "b": Count(more=True)}


def test_nobody_at_all_is_no_secret() -> None:
    assert set(shielded({"a": 0, "b": 0}).values()) == {Count(0)}


def test_nothing_small_hides_nothing() -> None:
    assert shielded({"a": 5, "b": 9, "c": 0}) == {"a": Count(5), "b": Count(9), "c": Count(0)}


def test_no_hidden_cell_can_be_worked_out_by_whoever_knows_the_rule_and_the_total() -> None:
    """Every table of four cells up to nine each: of those that look alike, a small cell takes several values."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(10), repeat=4):
        alike[look(counts)].append(counts)
    for (total, shown), possible in alike.items():
        for place, count in enumerate(shown):
            values = {counts[place] for counts in possible}
            if count.more and total >= FEWEST and total <= 18:
                assert len(values) > 1, (total, shown, possible)
            if not count.more:
                assert values == {count.known}
                assert count.known == 0 or count.known >= FEWEST


@given(st.lists(tables, min_size=2, max_size=5))
@settings(max_examples=300, deadline=None)
def test_a_larger_set_tells_nothing_that_its_parts_do_not(parts: list[dict[str, int]]) -> None:
    """Two overlapping sets (all groups; all but one) are subtracted: what is left is what that group shows alone."""
    shown = [shielded(part) for part in parts]
    whole = summed(shown)
    for left_out, part in enumerate(parts):
        rest = summed(each for place, each in enumerate(shown) if place != left_out)
        for cell in CELLS:
            difference = whole[cell].known - rest[cell].known
            assert difference == shown[left_out][cell].known
            assert difference == 0 or difference >= FEWEST
            if 0 < part[cell] < FEWEST:
                assert whole[cell].more
                assert difference == 0


def test_the_obvious_way_would_have_told() -> None:
    """The attack works on tables that are hidden each by itself: that is why sums are made of parts."""
    big, small = {"a": 12, "b": 9}, {"a": 2, "b": 6}
    together = {cell: big[cell] + small[cell] for cell in big}
    naive = {cell: count for cell, count in together.items() if count >= FEWEST}
    assert naive["a"] - big["a"] == 2
    safe = summed([shielded(big), shielded(small)])
    assert safe["a"] == Count(12, more=True)
    assert safe["a"].known - shielded(big)["a"].known == 0
