"""The work desk: what is overdue and what falls due within 7, 30 and 90 days, by branch and by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.audit.agenda import Duty, agenda
from generator.audit.audit import Audit
from generator.diagnostics import Severity
from generator.records.model import Branch
from generator.views.checklist import day_text

HORIZONS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """`person` is empty for a duty of the branch as such."""

    person: str
    name: str
    branch: str
    branch_name: str
    step: str
    title: str
    latest: str
    actor: str


@dataclass(frozen=True, slots=True)
class BranchRow:
    """Numbers of one branch; `within` are counted up to each horizon, those before it included."""

    id: str
    name: str
    people: int
    overdue: int
    within: tuple[int, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class DutySpan:
    """Duties of one span: overdue, or those that fall due after the span before it."""

    id: str
    title: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    people: int
    branches: tuple[BranchRow, ...]
    spans: tuple[DutySpan, ...]

    @property
    def overdue(self) -> int:
        return len(self.spans[0].rows)


def dashboard(audit: Audit, branches: Iterable[Branch]) -> Dashboard:
    """The desk for these branches on the as-of day of the audit."""
    rows, duties = [], []
    for branch in branches:
        mine = agenda(audit, branch.id, HORIZONS[-1])
        duties += [(duty, branch) for duty in mine]
        rows.append(_branch_row(audit, branch, mine))
    spans = [DutySpan("overdue", "逾期", tuple(_row(d, b) for d, b in duties if d.overdue))]
    lower = -1
    for days in HORIZONS:
        within = tuple(_row(d, b) for d, b in duties if not d.overdue and lower < _days(audit, d) <= days)
        spans.append(DutySpan(f"within-{days}", f"{days} 天内" if lower < 0 else f"{lower + 1}–{days} 天", within))
        lower = days
    return Dashboard(sum(row.people for row in rows), tuple(rows), tuple(spans))


def _branch_row(audit: Audit, branch: Branch, duties: list[Duty]) -> BranchRow:
    mine = [a for a in audit.assessments.values() if a.person.branch == branch.id]
    found = [f.severity for a in mine for f in a.findings]
    open_ = [_days(audit, d) for d in duties if not d.overdue]
    return BranchRow(
        branch.id,
        branch.name,
        len(mine),
        sum(d.overdue for d in duties),
        tuple(sum(n <= days for n in open_) for days in HORIZONS),
        found.count(Severity.ERROR),
        found.count(Severity.WARNING),
    )


def _days(audit: Audit, duty: Duty) -> int:
    """Days left; a day already past without being overdue counts as today."""
    return max((duty.latest.day - audit.as_of).days, 0) if duty.latest else HORIZONS[-1] + 1


def _row(duty: Duty, branch: Branch) -> DutyRow:
    id, name = (duty.person.id, duty.person.name) if duty.person else ("", "本支部")
    return DutyRow(id, name, branch.id, branch.name, duty.step, duty.title, day_text(duty.latest), duty.actor)
