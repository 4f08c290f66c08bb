"""Where one person stands: the result of `evaluate`, read by every product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.definitions.model import Limit, Procedure, Step
from generator.diagnostics import Diagnostic, Place
from generator.records.model import Entry


class StepState(StrEnum):
    """done: completed; missing: passed over although required; due: may be done now; overdue: its latest day has passed;
    waiting: a predecessor or the earliest day is not reached; running: a series whose next instalment is not due yet;
    not_applicable: does not apply to this person; unknown: before the known history (baseline) or under no version held here."""

    DONE = "done"
    MISSING = "missing"
    DUE = "due"
    OVERDUE = "overdue"
    WAITING = "waiting"
    RUNNING = "running"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Mapping[str, str] = {
    "done": "已完成", "missing": "缺", "due": "待办", "overdue": "逾期", "waiting": "未到", "running": "进行中",
    "not_applicable": "不适用", "unknown": "本记录未载",
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day with the limit that sets it. `provisional`: counted in workdays beyond the known holiday years."""

    day: date
    limit: Limit | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step of one person."""

    step: Step
    state: StepState
    entries: tuple[Entry, ...] = ()
    """Entries of the current attempt, oldest first (refused ones too)."""
    completed: Entry | None = None
    """The entry that completed it (for series: the latest)."""
    earliest: Deadline | None = None
    latest: Deadline | None = None
    waits_for: tuple[str, ...] = ()
    """Ids of steps that must come first."""


@dataclass(frozen=True, slots=True)
class PaperState:
    """A material of the catalogue for this person. state: present | missing | not_due | defective | not_kept."""

    code: str
    state: str
    required: bool
    step: str | None
    copies: int = 0
    originals: int = 0
    pages: int | None = None
    places: tuple[Place, ...] = ()
    problems: tuple[str, ...] = ()
    """Chinese: 复印件, 未签名, 未盖章, 未注明日期 …"""


@dataclass(frozen=True, slots=True)
class Probation:
    """Probation period: from the admission meeting; `expiry` is the legal last day + 1 (start + 12 months, plus extensions)."""

    start: date
    expiry: date
    extended_months: int = 0
    last: date | None = None
    """The last day as it is written on paper: the day of expiry or the one before it (`probation_end`)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole result for one person on one day. `stage` None: never applied, or removed from the procedure."""

    person: str
    as_of: date
    stage: str | None
    stage_since: date | None
    stages: Mapping[str, date]
    """Stage id → date it counts from, in the current attempt."""
    status: str
    """active | suspended | closed | left | cancelled | transferred | stopped"""
    procedure: Procedure
    """The version that governs what is still to be done."""
    branch: str
    steps: Mapping[str, StepProgress]
    """In procedure order; every step of `procedure`, and older ones that have entries."""
    papers: Mapping[str, PaperState]
    timeline: tuple[Entry, ...]
    """All entries considered, sorted; entries after `as_of` are left out when it was given explicitly."""
    attempt_start: date | None
    probation: Probation | None
    ignored_later: int
    next_change: date | None
    """First day after `as_of` on which the same records may give another result."""
    findings: tuple[Diagnostic, ...] = field(default=())

    @property
    def next_steps(self) -> tuple[StepProgress, ...]:
        """What can or must be done now: overdue first, then due, by latest day."""
        open_ = [s for s in self.steps.values() if s.state in (StepState.OVERDUE, StepState.DUE)]
        return tuple(sorted(open_, key=lambda s: (s.state is not StepState.OVERDUE, s.latest.day if s.latest else date.max)))

    @property
    def coming_steps(self) -> tuple[StepProgress, ...]:
        """Duties that run, or wait for a day that is known already, the soonest first."""
        ahead = [
            s
            for s in self.steps.values()
            if s.state in (StepState.WAITING, StepState.RUNNING)
            and (s.earliest or s.latest)
            and s.step.duty
            and not s.step.optional
        ]
        return tuple(sorted(ahead, key=_starts))


def _starts(step: StepProgress) -> tuple[date, str]:
    known = step.earliest or step.latest
    return known.day if known else date.max, step.step.id
