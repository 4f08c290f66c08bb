"""`age`: the person has reached a number of full years (周岁) on the own day."""

from __future__ import annotations

from datetime import date

from generator.definitions.model import Limit
from generator.procedure.calendar import WorkCalendar, add_months, full_years
from generator.procedure.progress import Deadline
from generator.procedure.scope import Scope
from generator.procedure.verdict import CLEAN, Breach, Verdict, number, own_field, related


def age(limit: Limit, title: str, scope: Scope, calendar: WorkCalendar) -> Verdict:
    born, years = scope.attempt.person.born, number(limit, "years")
    if born is None or years is None:
        return CLEAN
    first = add_months(born, 12 * years)
    entry, name = scope.entry, own_field(limit, "on", "date")
    if entry is None:
        return Verdict(earliest=Deadline(first, limit))
    own = entry.get(name)
    if not isinstance(own, date) or own >= first:
        return CLEAN
    message = f"{title} {own} 时 {full_years(born, own)} 周岁，须满 {years} 周岁，最早 {first}"
    place = scope.attempt.person.place("born")
    return Verdict((Breach(limit.code, message, entry.place(name), related=related(place, f"出生日期 {born}")),))
