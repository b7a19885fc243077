"""Terms of a Swedish school year: autumn and spring. Together they cover every day, so that no talk falls between."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

Season = Literal["spring", "autumn"]
_FIRST_DAYS = re.compile(r"(\d\d)-(\d\d) (\d\d)-(\d\d)")
_COMMON_YEAR = 2001


class UnusableTerms(Exception):
    """The first days of the terms are not written as `MM-DD MM-DD`, spring before autumn. Holds what was written."""

    code = "unusable_terms"

    def __init__(self, written: str) -> None:
        super().__init__(
            f"JAGMED_TERMS is {written!r}: please write the first day of spring and of autumn, as 01-01 07-01"
        )
        self.values = {"written": written}


@dataclass(frozen=True)
class Term:
    """`year` is that of its first day. `last` is the day before the next term begins."""

    season: Season
    year: int
    first: date
    last: date

    @property
    def id(self) -> str:
        """Sorts by time: "2026-1" is the spring, "2026-2" the autumn."""
        return f"{self.year}-{1 if self.season == 'spring' else 2}"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class TermDates:
    """On which month and day each term begins."""

    spring: tuple[int, int] = (1, 1)
    autumn: tuple[int, int] = (7, 1)

    def term_of(self, day: date) -> Term:
        return next(term for term in self._around(day.year) if term.holds(day))

    def before(self, term: Term) -> Term:
        return self.term_of(term.first - timedelta(days=1))

    def until(self, today: date, count: int) -> tuple[Term, ...]:
        """So many terms, the one that goes on today first."""
        found = [self.term_of(today)]
        while len(found) < count:
            found.append(self.before(found[-1]))
        return tuple(found)

    def _around(self, year: int) -> tuple[Term, ...]:
        begins = [(season, date(each, *day)) for each in range(year - 1, year + 2) for season, day in _in_order(self)]
        return tuple(
            Term(season, first.year, first, then - timedelta(days=1)) for (season, first), (_, then) in pairwise(begins)
        )


def read_term_dates(written: str) -> TermDates:
    """ "01-08 08-15": the first day of spring and of autumn. Raises UnusableTerms."""
    found = _FIRST_DAYS.fullmatch(" ".join(written.split()))
    if found is None:
        raise UnusableTerms(written)
    spring, autumn = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    try:
        in_order = date(_COMMON_YEAR, *spring) < date(_COMMON_YEAR, *autumn)
    except ValueError as error:
        raise UnusableTerms(written) from error
    if not in_order:
        raise UnusableTerms(written)
    return TermDates(spring, autumn)


def _in_order(dates: TermDates) -> tuple[tuple[Season, tuple[int, int]], ...]:
    return ("spring", dates.spring), ("autumn", dates.autumn)
