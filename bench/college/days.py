"""Day arithmetic of a college's life: natural months, working days with 调休, never a meeting on a weekend."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import chinese_calendar


@cache
def is_workday(day: date) -> bool:
    """Whether people work on that day; outside the published years Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def previous_workday(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """`count` working days after a day, not counting the day itself."""
    while count > 0:
        day = next_workday(day + timedelta(days=1))
        count -= 1
    return day


def add_months(day: date, months: int) -> date:
    """Natural months, clamped at the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
