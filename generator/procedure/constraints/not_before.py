"""`not_before`: the own day is no earlier than (strict: later than) the anchor plus a length of time."""

from __future__ import annotations

from datetime import date

from generator.definitions.conditions import canonical
from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar, add_days
from generator.procedure.constraints.spans import reach
from generator.procedure.constraints.within import PROVISIONAL
from generator.procedure.progress import Deadline
from generator.procedure.scope import FIELD_NAMES, Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, own_field, related


def not_before(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    anchor = scope.first(limit.of)
    if anchor is None:
        return CLEAN
    start = reach(limit, anchor.day, calendar)
    first = add_days(start.day, 1) if canonical(limit.params.get("strict")) == "true" else start.day
    entry, name = scope.entry, own_field(limit, "on", "date")
    if entry is None:
        earliest = Deadline(first, limit, start.provisional) if name == "date" else None
        return Verdict(earliest=earliest, anchor=anchor.day, anchor_index=anchor.index)
    own = entry.get(name)
    if not isinstance(own, date) or own >= first:
        return CLEAN
    label = title if name == "date" else f"{title}的{FIELD_NAMES.get(name, name)}"
    note = PROVISIONAL if start.provisional else ""
    bound = f"最早 {first}（{anchor.meaning} {anchor.day}{' ' + start.text if start.text else ''}）{note}"
    breach = Breach(
        limit.code, f"{label} {own} 过早，{bound}", entry.place(name),
        related=related(anchor.place, f"{anchor.meaning} {anchor.day}"), anchor=min(anchor.day, own),
    )  # fmt: skip
    return Verdict((breach,), anchor=anchor.day, anchor_index=anchor.index)
