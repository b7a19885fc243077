"""Which terms there are at this school: JAGMED_TERMS says when each begins, else the calendar's half-years."""

import os
from datetime import date
from functools import cache

from conversation_models.domain.term import Term, TermDates, read_term_dates

__all__ = ["Term", "TermDates", "find_term", "latest_terms", "term_dates"]
MOST_TERMS = 8


@cache
def term_dates() -> TermDates:
    """Raises UnusableTerms."""
    written = os.environ.get("JAGMED_TERMS", "")
    return read_term_dates(written) if written else TermDates()


def latest_terms(today: date, count: int = MOST_TERMS) -> tuple[Term, ...]:
    """The one that goes on first."""
    return term_dates().until(today, count)


def find_term(term_id: str, today: date) -> Term:
    """The one that goes on for an id that is none of the latest."""
    known = latest_terms(today)
    return next((term for term in known if term.id == term_id), known[0])
