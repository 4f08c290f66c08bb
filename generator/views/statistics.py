"""How many people stand where: by stage over all, and by stage and branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.audit.audit import Audit
from generator.definitions.model import Procedure
from generator.records.model import Branch
from generator.views.checklist import STATUS_WORDS


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the funnel, in the units of its drawing (width at most 100)."""

    title: str
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class StageRow:
    id: str
    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """`titles` head the columns of `rows`: the stages, then those outside the running procedure."""

    titles: tuple[str, ...]
    rows: tuple[StageRow, ...]
    totals: tuple[int, ...]
    bars: tuple[Bar, ...]

    @property
    def people(self) -> int:
        return sum(self.totals)


def statistics(audit: Audit, branches: Iterable[Branch], procedure: Procedure) -> Statistics:
    """Numbers of these branches; everybody is counted exactly once."""
    keys = [(stage.id, stage.title) for stage in procedure.stages] + [("none", "尚未申请"), ("out", "已暂停或结束")]
    rows = []
    for branch in branches:
        counted = Counter(
            _place(a.progress.status, a.progress.stage)
            for a in audit.assessments.values()
            if a.person.branch == branch.id
        )
        counts = tuple(counted.get(key, 0) for key, _ in keys)
        rows.append(StageRow(branch.id, branch.name, counts, sum(counts)))
    totals = (
        tuple(sum(column) for column in zip(*(row.counts for row in rows), strict=True)) if rows else (0,) * len(keys)
    )
    stages = len(procedure.stages)
    most = max(totals[:stages], default=0) or 1
    bars = tuple(Bar(title, n, 100 * n / most) for (_, title), n in zip(keys[:stages], totals[:stages], strict=True))
    return Statistics(tuple(title for _, title in keys), tuple(rows), totals, bars)


def _place(status: str, stage: str | None) -> str:
    return "out" if status in STATUS_WORDS else stage or "none"
