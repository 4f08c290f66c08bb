"""Lengths of time as limits state them: months, days or working days from an anchor."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar, add_days, add_months
from generator.procedure.verdict import number


class Reach(NamedTuple):
    """The day a length of time leads to, and its wording."""

    day: date
    text: str
    provisional: bool


def reach(limit: Limit, start: date, calendar: WorkCalendar) -> Reach:
    """`start` plus the limit's months, days or workdays; without any of them, the start itself."""
    months, days, workdays = (number(limit, name) for name in ("months", "days", "workdays"))
    if months is not None:
        return Reach(add_months(start, months), _text(months, "个月"), False)
    if workdays is not None:
        day, provisional = calendar.add_workdays(start, workdays)
        return Reach(day, _text(workdays, "个工作日"), provisional)
    if days is not None:
        return Reach(add_days(start, days), _text(days, "天"), False)
    return Reach(start, "", False)


def _text(count: int, unit: str) -> str:
    return f"{'后' if count > 0 else '前'}{abs(count)}{unit}" if count else ""
