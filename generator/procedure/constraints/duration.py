"""`duration`: days or hours of a training; reaching either minimum is enough."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, number
from generator.records.model import Entry


def duration(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry = scope.entry
    if entry is None:
        return CLEAN
    need_days, need_hours = number(limit, "days"), number(limit, "hours")
    days, hours = _days(entry), _amount(entry.get("hours"))
    if days is None and hours is None:
        return CLEAN
    if need_days is not None and days is not None and days >= need_days:
        return CLEAN
    if need_hours is not None and hours is not None and hours >= need_hours:
        return CLEAN
    has = "、".join(f"{value} {unit}" for value, unit in ((days, "天"), (hours, "学时")) if value is not None)
    need = " 或 ".join(f"{value} {unit}" for value, unit in ((need_days, "天"), (need_hours, "学时")) if value is not None)
    name = "hours" if hours is not None else "days" if entry.get("days") is not None else "start"
    return Verdict((Breach(limit.code, f"{title}为 {has}，须达到 {need}", entry.place(name)),))


def _amount(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _days(entry: Entry) -> Decimal | None:
    """Days as recorded, else from start to the entry's date, both inclusive."""
    stated, start = _amount(entry.get("days")), entry.get("start")
    if stated is None and isinstance(start, date) and start <= entry.date:
        return Decimal((entry.date - start).days + 1)
    return stated
