"""`workdays`: the number of working days between two own dates, both inclusive, with 调休."""

from __future__ import annotations

from datetime import date

from generator.definitions.model import Limit
from generator.diagnostics import Severity
from generator.procedure.calendar import WorkCalendar, add_days
from generator.procedure.constraints.within import PROVISIONAL
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, number, own_field, related


def first_counted(limit: Limit, start: date) -> date:
    """The first day of a period that counts: the day itself, or the next one (`publicity_days`)."""
    return add_days(start, 1) if limit.params.get("after_start") is True else start


def workdays(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry, least, most = scope.entry, number(limit, "min"), number(limit, "max")
    if entry is None:
        return CLEAN
    from_name, to_name = own_field(limit, "from", "start"), own_field(limit, "to", "date")
    start, end = entry.get(from_name), entry.get(to_name)
    if not isinstance(start, date) or not isinstance(end, date):
        return CLEAN
    count, provisional = calendar.workdays(first_counted(limit, start), end)
    place, note = entry.place(to_name), PROVISIONAL if provisional else ""
    breaches: list[Breach] = []
    if (least is not None and count < least) or (most is not None and count > most):
        need = f"不少于 {least} 个工作日" if least is not None and count < least else f"不多于 {most} 个工作日"
        message = f"{title} {start} 至 {end} 共 {count} 个工作日，须{need}{_first_end(limit, start, least, calendar)}{note}"
        begun = related(entry.place(from_name), f"自 {start} 起")
        breaches.append(Breach(limit.code, message, place, related=begun, anchor=min(start, end)))
    if provisional:
        text = f"{title} {start} 至 {end} 的工作日数（{count}）为暂计：当年节假日安排未收录"
        breaches.append(Breach("DEV106", text, place, Severity.INFO, hint="节假日安排公布后写入 schema/holidays.yaml。"))
    return Verdict(tuple(breaches))


def _first_end(limit: Limit, start: date, least: int | None, calendar: WorkCalendar) -> str:
    """The earliest day on which the period may end."""
    if least is None:
        return ""
    before = add_days(first_counted(limit, start), -1)
    return f"，最后一日最早 {calendar.add_workdays(before, least).day}"
