"""When a committee has to inspect the dossiers next, where its profile gives an interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.audit.committees import CommitteeSubject
from generator.procedure.calendar import add_months
from generator.records.model import Entry

INTERVAL = "committee_inspection_months"
BOUND_BY = "DEV122"
"""The steps whose `pitfalls` name this code are the inspections meant."""


@dataclass(frozen=True, slots=True)
class NextInspection:
    """`latest`: last day on which it is in time. `last` None: none is recorded, the clock runs from the first entry at all."""

    months: int
    last: Entry | None
    latest: date
    step: str


def next_inspection(subject: CommitteeSubject) -> NextInspection | None:
    """None where no interval is set, or where nothing has been recorded that could be inspected."""
    months = int(subject.profile.settings.get(INTERVAL, 0))
    steps = [id for id, step in subject.steps.items() if BOUND_BY in step.pitfalls]
    if months <= 0 or not steps or not subject.entries:
        return None
    last = max(subject.at(BOUND_BY), key=lambda entry: entry.date, default=None)
    start = last or subject.entries[0]
    return NextInspection(months, last, add_months(start.date, months), start.step if last else steps[0])
