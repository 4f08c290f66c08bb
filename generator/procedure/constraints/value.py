"""`value`: what an own field says, where it says something, is one of the words allowed."""

from __future__ import annotations

from generator.definitions.conditions import canonical
from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, own_field


def value(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    entry, name = scope.entry, own_field(limit, "field", "")
    stated = entry.get(name) if entry is not None else None
    if entry is None or stated is None or canonical(stated) in {canonical(word) for word in limit.params["allowed"]}:
        return CLEAN
    return Verdict((Breach(limit.code, f"{title} {entry.date}：{name} 写的是 {stated}", entry.place(name)),))
