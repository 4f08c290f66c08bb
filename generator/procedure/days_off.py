"""Holidays as runs of days, with what they are called, and the weekend days that are worked in exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.procedure.calendar import WorkCalendar, add_days


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A run of days without work that holds at least one that would have been worked. `name` is empty for days a school adds."""

    first: date
    last: date
    name: str


def days_off(calendar: WorkCalendar, first: date, last: date) -> tuple[DaysOff, ...]:
    """The holidays that touch first … last, each whole, weekends that adjoin included."""
    off = set(calendar.exceptions().off)
    found: list[DaysOff] = []
    for day in _days(first, last):
        if day not in off or (found and day <= found[-1].last):
            continue
        start, end = day, day
        while not calendar.is_workday(add_days(start, -1)).workday:
            start = add_days(start, -1)
        while not calendar.is_workday(add_days(end, 1)).workday:
            end = add_days(end, 1)
        found.append(DaysOff(start, end, _name(start, end)))
    return tuple(found)


def days_worked(calendar: WorkCalendar, first: date, last: date) -> tuple[date, ...]:
    """Saturdays and Sundays that are worked."""
    return tuple(day for day in calendar.exceptions().worked if first <= day <= last and day.weekday() >= 5)


def _name(first: date, last: date) -> str:
    from chinese_calendar.constants import Holiday, holidays

    chinese = {each.value: each.chinese for each in Holiday}
    names = (chinese.get(holidays[day], "") for day in _days(first, last) if day in holidays)
    return "、".join(dict.fromkeys(name for name in names if name))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
