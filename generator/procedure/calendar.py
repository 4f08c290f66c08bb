"""Day arithmetic: natural months, full years, working days. Nothing here ever raises for a valid date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from generator.definitions.holidays import Holidays

DayKind = Literal["workday", "holiday"]
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=65536)
def add_months(day: date, months: int) -> date:
    """The same day `months` natural months later (or earlier), clamped at the month's end: 08-31 + 6 is 02-28.

    Beyond the years a date can hold: the last (first) possible day.
    """
    try:
        return day + relativedelta(months=months)
    except (ValueError, OverflowError):
        return date.max if months > 0 else date.min


def add_months_over(day: date, months: int) -> date:
    """As `add_months`, but a day that the month does not have becomes the first of the next: 08-31 + 6 is 03-01."""
    reached = add_months(day, months)
    return reached if reached.day == day.day or reached in (date.max, date.min) else add_days(reached, 1)


def add_days(day: date, days: int) -> date:
    """`days` later; clamped at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def full_years(born: date, day: date) -> int:
    """周岁 on a day: the largest n with born + n years ≤ day; born on 02-29 counts on 02-28 in common years. Never negative."""
    years = day.year - born.year
    if years > 0 and add_months(born, 12 * years) > day:
        years -= 1
    return max(years, 0)


class DayStatus(NamedTuple):
    """Whether a day is worked; `provisional`: guessed from the weekday, no official calendar is known for that year."""

    workday: bool
    provisional: bool


class WorkdayCount(NamedTuple):
    """A number of working days; `provisional` when any of the days was."""

    days: int
    provisional: bool


class WorkdaySum(NamedTuple):
    """A day reached by counting working days."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """The official calendar: statutory days off and 调休 days worked, within the years it covers."""

    first: date
    last: date
    off: frozenset[date]
    worked: frozenset[date]


@cache
def _known() -> _Known:
    # Imported on first use: most commands never count a working day.
    from chinese_calendar.constants import holidays, workdays

    years = {day.year for day in holidays}
    return _Known(date(min(years), 1, 1), date(max(years), 12, 31), frozenset(holidays), frozenset(workdays))


class Exceptions(NamedTuple):
    """A calendar as what differs from Monday to Friday. Outside `first` … `last` and the `complete` years a working day is a guess,
    unless it is among the days."""

    first: date
    last: date
    off: tuple[date, ...]
    """Days off, and …"""
    worked: tuple[date, ...]
    """… days worked, as far as the weekday does not say so already; overrides are among them whatever their weekday."""
    complete: tuple[int, ...]


class WorkCalendar:
    """China's working days with 调休, corrected or extended by `overrides` (schema/holidays.yaml)."""

    def __init__(self, overrides: Mapping[date, DayKind] | None = None, complete_years: Collection[int] = ()) -> None:
        """`complete_years`: years beyond the official calendar whose overrides are complete, so that they are not provisional."""
        self._overrides: dict[date, DayKind] = dict(overrides or {})
        self._complete = frozenset(complete_years)

    @classmethod
    def with_holidays(cls, holidays: Holidays) -> WorkCalendar:
        """The calendar with schema/holidays.yaml."""
        days: dict[date, DayKind] = dict.fromkeys(holidays.off, "holiday")
        days.update((day, "workday") for day in holidays.work)
        return cls(days, holidays.complete_years)

    def exceptions(self) -> Exceptions:
        """All that is needed to count the same working days elsewhere."""
        known = _known()
        off = {day for day in known.off if day.weekday() < 5}
        worked = {day for day in known.worked if day.weekday() >= 5}
        for day, kind in self._overrides.items():
            (worked if kind == "holiday" else off).discard(day)
            (off if kind == "holiday" else worked).add(day)
        return Exceptions(known.first, known.last, tuple(sorted(off)), tuple(sorted(worked)), tuple(sorted(self._complete)))

    def is_workday(self, day: date) -> DayStatus:
        """Overrides first, then the official calendar, else Monday to Friday and provisional."""
        override = self._overrides.get(day)
        if override is not None:
            return DayStatus(override == "workday", False)
        known = _known()
        if not known.first <= day <= known.last:
            return DayStatus(day.weekday() < 5, day.year not in self._complete)
        if day in known.worked:
            return DayStatus(True, False)
        return DayStatus(day.weekday() < 5 and day not in known.off, False)

    def workdays(self, start: date, end: date) -> WorkdayCount:
        """Working days from start to end, both inclusive; 0 when end lies before start."""
        if end < start:
            return WorkdayCount(0, False)
        known = _known()
        count, provisional = 0, False
        for first, last in ((start, min(end, known.first - ONE_DAY)), (max(start, add_days(known.last, 1)), end)):
            if first <= last:
                days, guessed = self._beyond(first, last)
                count, provisional = count + days, provisional or guessed
        day = max(start, known.first)
        while day <= min(end, known.last):
            count += self.is_workday(day).workday
            day += ONE_DAY
        return WorkdayCount(count, provisional)

    def _beyond(self, first: date, last: date) -> tuple[int, bool]:
        """Monday to Friday by arithmetic (a range may span centuries), then the overrides inside it."""
        weeks, rest = divmod((last - first).days + 1, 7)
        count = weeks * 5 + sum((first.weekday() + offset) % 7 < 5 for offset in range(rest))
        stated = {day: kind for day, kind in self._overrides.items() if first <= day <= last}
        for day, kind in stated.items():
            count += (kind == "workday") - (day.weekday() < 5)
        plain = range(first.year, last.year + 1)
        guessed = any(year not in self._complete for year in plain) and len(stated) < (last - first).days + 1
        return count, guessed

    def add_workdays(self, start: date, days: int) -> WorkdaySum:
        """The `days`-th working day after start (start itself does not count); clamped at the end of the calendar."""
        day, provisional = start, False
        while days > 0 and day < date.max:
            day += ONE_DAY
            status = self.is_workday(day)
            provisional = provisional or status.provisional
            days -= status.workday
        return WorkdaySum(day, provisional)
