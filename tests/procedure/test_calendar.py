"""Month and workday arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.definitions.holidays import Holidays
from generator.procedure.calendar import WorkCalendar, add_days, add_months, full_years
from tests.procedure.world import d

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
KNOWN = st.dates(date(2004, 1, 1), date(2026, 12, 31))
CALENDAR = WorkCalendar()


def test_months_are_clamped_at_the_end_of_the_month() -> None:
    assert add_months(d("2021-08-31"), 6) == d("2022-02-28")
    assert add_months(d("2024-02-29"), 12) == d("2025-02-28")
    assert add_months(d("2023-08-31"), 6) == d("2024-02-29")
    assert add_months(d("2022-03-31"), -1) == d("2022-02-28")


@given(DAYS, st.integers(-600, 600))
def test_month_addition_keeps_the_day_or_clamps(day: date, months: int) -> None:
    result = add_months(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day == min(day.day, monthrange(result.year, result.month)[1])


@given(DAYS, DAYS, st.integers(0, 240))
def test_month_addition_is_monotone(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_more_months_are_never_earlier(day: date, fewer: int, more: int) -> None:
    assert add_months(day, min(fewer, more)) <= add_months(day, max(fewer, more))


def test_arithmetic_beyond_the_calendar_does_not_raise() -> None:
    assert add_months(d("9999-06-01"), 12) == date.max
    assert add_months(d("0001-06-01"), -12) == date.min
    assert add_days(date.max, 1) == date.max
    assert CALENDAR.add_workdays(date(9999, 12, 30), 10).day == date.max
    assert CALENDAR.workdays(date.min, date.max).provisional


@given(DAYS, st.integers(0, 100), st.integers(0, 364))
def test_full_years_count_birthdays(born: date, years: int, days: int) -> None:
    birthday = add_months(born, 12 * years)
    assert full_years(born, birthday) == years
    if years:
        assert full_years(born, birthday - timedelta(days=1)) == years - 1


def test_full_years_of_those_born_on_leap_day() -> None:
    assert full_years(d("2004-02-29"), d("2022-02-27")) == 17
    assert full_years(d("2004-02-29"), d("2022-02-28")) == 18


def test_transferred_working_days() -> None:
    worked = ["2024-02-04", "2024-02-18", "2025-01-26", "2025-02-08", "2026-02-14", "2026-02-28"]
    free = ["2024-02-12", "2025-10-08", "2026-02-17", "2026-10-07"]
    assert all(CALENDAR.is_workday(d(day)) == (True, False) for day in worked)
    assert all(CALENDAR.is_workday(d(day)) == (False, False) for day in free)


@given(KNOWN, st.integers(0, 80))
def test_workdays_equal_a_day_by_day_count(start: date, length: int) -> None:
    end = min(start + timedelta(days=length), date(2026, 12, 31))
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    assert CALENDAR.workdays(start, end) == (sum(CALENDAR.is_workday(day).workday for day in days), False)


@given(st.dates(date(2026, 11, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_workdays_beyond_the_known_years_are_provisional(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    days = [start + timedelta(days=n) for n in range(length + 1)]
    count, provisional = CALENDAR.workdays(start, end)
    assert count == sum(CALENDAR.is_workday(day).workday for day in days)
    assert provisional == (end.year > 2026)


@given(KNOWN.filter(lambda day: day.year < 2026), st.integers(1, 40))
def test_the_nth_workday_is_the_last_of_n(start: date, count: int) -> None:
    day, _ = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(day).workday
    assert CALENDAR.workdays(start + timedelta(days=1), day).days == count


def test_an_end_before_the_start_has_no_workdays() -> None:
    assert CALENDAR.workdays(d("2024-05-10"), d("2024-05-09")) == (0, False)


def test_overrides_come_first() -> None:
    calendar = WorkCalendar.with_holidays(Holidays(off=frozenset({d("2027-01-01"), d("2024-05-21")}), work=frozenset({d("2027-01-02")})))
    assert calendar.is_workday(d("2024-05-21")) == (False, False)
    assert calendar.is_workday(d("2027-01-01")) == (False, False)
    assert calendar.is_workday(d("2027-01-02")) == (True, False)
    assert calendar.workdays(d("2027-01-01"), d("2027-01-02")) == (1, False)
    assert calendar.workdays(d("2027-01-01"), d("2027-01-04")) == (2, True)


def test_a_completely_entered_year_is_not_provisional() -> None:
    calendar = WorkCalendar.with_holidays(Holidays(off=frozenset({d("2027-01-01")}), complete_years=frozenset({2027})))
    assert calendar.workdays(d("2027-01-01"), d("2027-01-08")) == (5, False)
    assert calendar.workdays(d("2027-12-30"), d("2028-01-04")).provisional
