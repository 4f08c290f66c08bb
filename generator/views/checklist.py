"""The checklist of a branch as its page shows it: people by stage, each with what is done, due, missing and found."""

from __future__ import annotations

from dataclasses import dataclass

from generator.procedure.progress import Deadline
from generator.views.paper_checks import PaperCheck

STATUS_WORDS = {
    "suspended": "已暂停",
    "closed": "已结束",
    "left": "已出党或停止发展",
    "cancelled": "已取消预备党员资格",
    "transferred": "组织关系已转出",
    "stopped": "已停止党籍",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A step to be done: when at the earliest and at the latest, by whom."""

    step: str
    title: str
    state: str
    label: str
    earliest: str
    latest: str
    actor: str
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One number of the procedure on a person's track."""

    number: int
    state: str
    title: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    code: str
    title: str
    state: str
    label: str
    problems: str
    step: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry of the person's history; `source` is file and line."""

    date: str
    title: str
    details: str
    papers: str
    source: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    severity: str
    label: str
    code: str
    message: str
    hint: str
    source: str
    person: str = ""
    name: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything about one person on the page of the branch."""

    id: str
    name: str
    stage: str
    since: str
    status: str
    note: str
    track: tuple[Dot, ...]
    open: tuple[Action, ...]
    coming: tuple[Action, ...]
    papers: tuple[PaperLine, ...]
    timeline: tuple[TimelineRow, ...]
    findings: tuple[FindingRow, ...]
    waived: int
    to_look_at: tuple[str, ...] = ()
    """Codes of the papers in the folder in which something has to be looked up."""

    @property
    def overdue(self) -> int:
        return sum(action.state == "overdue" for action in self.open)

    @property
    def first(self) -> Action | None:
        """The one next thing."""
        return self.open[0] if self.open else self.coming[0] if self.coming else None


@dataclass(frozen=True, slots=True)
class StageGroup:
    id: str
    title: str
    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The page of a branch. Later stages come first, since their terms are the hardest; full members come last."""

    id: str
    name: str
    committee: str
    groups: tuple[StageGroup, ...]
    checks: tuple[PaperCheck, ...] = ()
    """What to look for in the originals, for all papers that somebody of the branch has."""

    @property
    def people(self) -> tuple[PersonCard, ...]:
        return tuple(card for group in self.groups for card in group.people)


def day_text(deadline: Deadline | None) -> str:
    """A deadline as a date; one that rests on unknown holidays says so."""
    return "" if deadline is None else f"{deadline.day}{'（暂定）' if deadline.provisional else ''}"
