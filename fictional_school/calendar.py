"""Days on which a Swedish school holds talks, counted back from today."""

from datetime import date, timedelta
from random import Random

WEEKEND = 5
HOLIDAYS = (((6, 12), (8, 19)), ((12, 19), (12, 31)), ((1, 1), (1, 9)))


def school_day(day: date) -> date:
    """That day, or the nearest earlier one when the school is open."""
    while day.weekday() >= WEEKEND or _on_holiday(day):
        day -= timedelta(days=1)
    return day


def talk_days(today: date, count: int, random: Random) -> list[date]:
    """So many days, oldest first: the last one some weeks ago, six to nine weeks between them."""
    days, day = [], today - timedelta(days=random.randint(10, 40))
    for _ in range(count):
        day = school_day(day)
        days.append(day)
        day -= timedelta(days=random.randint(42, 66))
    return days[::-1]


def coming_day(today: date, random: Random) -> date:
    """A weekday within three weeks."""
    day = today + timedelta(days=random.randint(1, 20))
    return day + timedelta(days=2) if day.weekday() >= WEEKEND else day


def _on_holiday(day: date) -> bool:
    return any(begin <= (day.month, day.day) <= end for begin, end in HOLIDAYS)
