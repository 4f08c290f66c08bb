"""`span`: the number of calendar days between two own dates, both inclusive."""

from __future__ import annotations

from datetime import date

from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar
from generator.procedure.constraints.workdays import first_counted
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, number, own_field, related


def span(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry, least = scope.entry, number(limit, "min")
    if entry is None or least is None:
        return CLEAN
    from_name, to_name = own_field(limit, "from", "start"), own_field(limit, "to", "date")
    start, end = entry.get(from_name), entry.get(to_name)
    if not isinstance(start, date) or not isinstance(end, date):
        return CLEAN
    count = max((end - first_counted(limit, start)).days + 1, 0)
    if count >= least:
        return CLEAN
    begun = related(entry.place(from_name), f"自 {start} 起")
    message = f"{title} {start} 至 {end} 共 {count} 天，须不少于 {least} 天"
    return Verdict((Breach(limit.code, message, entry.place(to_name), related=begun, anchor=min(start, end)),))
