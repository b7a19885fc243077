from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation_models.domain.term import Term, TermDates, UnusableTerms, read_term_dates

OWN = read_term_dates("01-08 08-17")


def test_without_a_setting_the_terms_are_the_halves_of_the_year() -> None:
    dates = TermDates()
    assert dates.term_of(date(2026, 3, 10)) == Term("spring", 2026, date(2026, 1, 1), date(2026, 6, 30))
    assert dates.term_of(date(2026, 12, 31)) == Term("autumn", 2026, date(2026, 7, 1), date(2026, 12, 31))


def test_a_school_has_its_own_first_days_and_the_autumn_goes_on_into_january() -> None:
    assert OWN.term_of(date(2026, 1, 7)) == Term("autumn", 2025, date(2025, 8, 17), date(2026, 1, 7))
    assert OWN.term_of(date(2026, 1, 8)) == Term("spring", 2026, date(2026, 1, 8), date(2026, 8, 16))
    assert OWN.term_of(date(2026, 8, 17)).season == "autumn"


def test_the_latest_terms_come_first_and_their_ids_sort_by_time() -> None:
    found = OWN.until(date(2026, 3, 10), 4)
    assert [term.id for term in found] == ["2026-1", "2025-2", "2025-1", "2024-2"]
    assert sorted(term.id for term in found) == [term.id for term in reversed(found)]
    assert all(later.first - earlier.last == timedelta(days=1) for later, earlier in pairwise(found))


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from([TermDates(), OWN, read_term_dates("02-01 12-31")])
)
def test_every_day_lies_in_one_term(day: date, dates: TermDates) -> None:
    term = dates.term_of(day)
    assert term.holds(day)
    assert dates.term_of(term.first) == dates.term_of(term.last) == term
    assert dates.term_of(term.last + timedelta(days=1)).season != term.season


@pytest.mark.parametrize(
    "written", ["", "01-01", "08-17 01-08", "02-29 08-01", "13-01 14-01", "1-1 7-1", "01-01 01-01"]
)
def test_what_is_no_pair_of_days_is_refused(written: str) -> None:
    with pytest.raises(UnusableTerms) as refused:
        read_term_dates(written)
    assert refused.value.values == {"written": written}
