"""Lengths of time as limits state them: months, days or working days from an anchor, or a fixed day of its year."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from generator.definitions.model import Limit, Ref
from generator.procedure.calendar import WorkCalendar, add_days, add_months, add_months_over
from generator.procedure.verdict import number


class Reach(NamedTuple):
    """The day a length of time leads to, and its wording."""

    day: date
    text: str
    provisional: bool


def reach(limit: Limit, start: date, calendar: WorkCalendar) -> Reach:
    """`start` plus the limit's months, days or workdays; without any of them, the start itself."""
    months, days, workdays = (number(limit, name) for name in ("months", "days", "workdays"))
    fixed = limit.params.get("month_day")
    if isinstance(fixed, str):
        return Reach(_in_year(start, fixed), f"当年 {fixed}", False)
    if months is not None:
        return Reach(months_on(limit, start, months), _text(months, "个月"), False)
    if workdays is not None:
        day, provisional = calendar.add_workdays(start, workdays)
        return Reach(day, _text(workdays, "个工作日"), provisional)
    if days is not None:
        return Reach(add_days(start, days), _text(days, "天"), False)
    return Reach(start, "", False)


def _in_year(start: date, fixed: str) -> date:
    """A day of the calendar (MM-DD) in the year of another; 02-29 is the last of February where there is none."""
    month, day = (int(part) for part in fixed.split("-"))
    return add_months(date(start.year, 1, day), month - 1)


def months_on(limit: Limit, start: date, months: int) -> date:
    """So many natural months on, read at the month's end as the profile says (`month_arithmetic`)."""
    return add_months_over(start, months) if limit.params.get("overflow") is True else add_months(start, months)


def _text(count: int, unit: str) -> str:
    return f"{'后' if count > 0 else '前'} {abs(count)} {unit}" if count else ""


def refs(value: Any) -> tuple[Ref, ...]:
    """References in a parameter: one or several, parsed or as text."""
    items = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return tuple(item if isinstance(item, Ref) else Ref.parse(str(item)) for item in items)
