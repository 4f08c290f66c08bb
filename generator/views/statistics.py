"""How many people stand where, and how many dossiers are without error: by branch and over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.definitions.model import Procedure
from generator.diagnostics import Severity
from generator.records.model import Branch
from generator.views.standing_words import STATUS_WORDS

BEFORE, OUTSIDE = "none", "out"
"""Stand for those who have not applied, and those whose procedure has been suspended or has ended."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """`clean`: people about whose dossier no error is found."""

    id: str
    name: str
    counts: tuple[int, ...]
    total: int
    clean: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """`stages` are the ids of the columns of `rows`, `titles` their names: the stages, then those outside the running procedure."""

    stages: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[StageRow, ...]
    totals: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.totals)

    @property
    def clean(self) -> int:
        return sum(row.clean for row in self.rows)

    @property
    def clean_told(self) -> str:
        """How many dossiers are without error, in words."""
        if not self.people:
            return "还没有人员档案"
        return f"没有错误的档案 {self.clean} 份（{share(self.clean, self.people)}）"


def share(part: int, whole: int) -> str:
    """A percentage, rounded down, so that only all is 100 %; empty where there is nothing."""
    return f"{100 * part // whole} %" if whole else ""


class StageCounter:
    """Counts branch by branch; everybody whose file could be read is counted exactly once."""

    def __init__(self, audit: Audit, procedure: Procedure) -> None:
        stages = [(stage.id, stage.title) for stage in procedure.stages]
        self._columns = [*stages, (BEFORE, "尚未申请"), (OUTSIDE, "已暂停或结束")]
        self._faulty = _with_errors(audit)

    def row(self, branch: Branch, mine: Sequence[Assessment]) -> StageRow:
        """`mine`: everybody of the branch."""
        counted = Counter(_place(one.progress.status, one.progress.stage) for one in mine)
        counts = tuple(counted.get(key, 0) for key, _ in self._columns)
        clean = sum(not one.errors and one.person.id not in self._faulty for one in mine)
        return StageRow(branch.id, branch.name, counts, len(mine), clean)

    def statistics(self, rows: Sequence[StageRow]) -> Statistics:
        totals = tuple(sum(row.counts[n] for row in rows) for n in range(len(self._columns)))
        return Statistics(
            tuple(key for key, _ in self._columns), tuple(title for _, title in self._columns), tuple(rows), totals
        )


def _with_errors(audit: Audit) -> set[str]:
    """Whose file, or part in an event, was read with errors."""
    files = {person.path: person.id for person in audit.corpus.people.values()}
    errors = [said for said in audit.corpus.findings if said.severity is Severity.ERROR]
    return {said.person or files.get(said.place.path, "") for said in errors}


def _place(status: str, stage: str | None) -> str:
    return OUTSIDE if status in STATUS_WORDS else stage or BEFORE
