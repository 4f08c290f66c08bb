"""The checklist of a branch as its page shows it: people by stage, each with what is done, due, missing and found."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.duties import DutySpan
from generator.views.lanes import Lanes
from generator.views.obstacles import Obstacle
from generator.views.paper_checks import PaperCheck
from generator.views.sources import NOWHERE, Source


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
    """An entry of the person's history; `written`: who brought it into git, and when."""

    date: str
    title: str
    details: str
    papers: str
    source: Source
    written: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    severity: str
    label: str
    code: str
    message: str
    hint: str
    source: Source
    person: str = ""
    name: str = ""
    branch: str = ""
    unit: str = ""
    """Name of the branch, or of the committee, or nothing for what is above both."""

    @property
    def holder(self) -> str:
        """What rows can be chosen by: the branch, or the name of what is above it."""
        return self.branch or self.unit or "above"


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
    source: Source = NOWHERE
    changed: str = ""
    """Who last changed the person's file, and when, as far as git tells."""
    lane: Lanes | None = None
    """The person's timeline as a drawing, while something is to come."""

    @property
    def done(self) -> int:
        """Numbers of the procedure behind which nothing is open."""
        return sum(dot.state == "done" for dot in self.track)

    @property
    def missing(self) -> tuple[PaperLine, ...]:
        return tuple(paper for paper in self.papers if paper.state == "missing")

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
    spans: tuple[DutySpan, ...] = ()
    """What is overdue and what falls due, by span."""
    obstacles: tuple[Obstacle, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    """About the branch as such, or about files that belong to nobody."""
    lanes: Lanes | None = None

    @property
    def duties(self) -> int:
        return sum(len(span.rows) for span in self.spans)

    @property
    def people(self) -> tuple[PersonCard, ...]:
        return tuple(card for group in self.groups for card in group.people)
