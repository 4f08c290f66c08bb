"""How many findings of which code, where: the counts, and tables that cross codes with branches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.audit.audit import Audit
from generator.audit.register import all_rules
from generator.diagnostics import Diagnostic, Severity
from generator.records.walk import PERSONAL

Axis = Literal["branch", "code", "step"]
Holders = Literal["branch", "committee", "organisation"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose finding it is: a branch; a committee, for what concerns several of its branches or none; else the school."""

    id: str
    name: str
    kind: Holders


Levels = tuple[int, int, int]
"""Numbers of errors, warnings and infos."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one code at one step (empty: at none) of one holder."""

    holder: Holder
    code: str
    step: str
    levels: Levels

    @property
    def count(self) -> int:
        return sum(self.levels)


@dataclass(frozen=True, slots=True)
class CodeCount:
    """`holders`: in how many branches (or above) it is found."""

    code: str
    title: str
    levels: Levels
    holders: int

    @property
    def count(self) -> int:
        return sum(self.levels)


@dataclass(frozen=True, slots=True)
class CrossRow:
    id: str
    name: str
    cells: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Cross:
    """Numbers of findings; `columns` are the short heads of `cells`, `names` what they stand for."""

    axis: Axis
    columns: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FindingStatistics:
    """Tallies in order of holder (the school, committees, branches), code and step; codes by number, the most frequent first."""

    tallies: tuple[Tally, ...]
    codes: tuple[CodeCount, ...]
    steps: tuple[tuple[str, str], ...]
    """(id, title) of the steps that occur, in the order of the procedure; what belongs to none comes last."""

    def of(self, holder: str) -> Levels:
        """Of a branch or committee."""
        return _sum(tally.levels for tally in self.tallies if tally.holder.id == holder)

    @property
    def levels(self) -> Levels:
        return _sum(tally.levels for tally in self.tallies)

    @property
    def total(self) -> int:
        return sum(self.levels)

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Those of whom something is found."""
        return tuple(dict.fromkeys(tally.holder for tally in self.tallies))


def finding_statistics(audit: Audit, findings: Iterable[Diagnostic]) -> FindingStatistics:
    """Counts of these findings of an audit. What several people share counts once."""
    place = _Places(audit)
    counted: Counter[tuple[Holder, str, str, Severity]] = Counter(
        (place.of(finding), finding.code, finding.step or "", finding.severity) for finding in findings
    )
    order: dict[Holders, int] = {"organisation": 0, "committee": 1, "branch": 2}
    steps = {id: (number, step.title) for number, (id, step) in enumerate(audit.definitions.steps.items())}
    keys = sorted(
        {key[:3] for key in counted},
        key=lambda key: (order[key[0].kind], key[0].id, key[1], steps.get(key[2], (len(steps), ""))[0]),
    )
    errors, warnings, infos = Severity.ERROR, Severity.WARNING, Severity.INFO
    tallies = tuple(Tally(*key, (counted[*key, errors], counted[*key, warnings], counted[*key, infos])) for key in keys)
    seen = sorted({tally.step for tally in tallies}, key=lambda id: steps.get(id, (len(steps), ""))[0])
    return FindingStatistics(
        tallies, _codes(tallies), tuple((id, steps.get(id, (0, "不属于某一步"))[1]) for id in seen)
    )


def cross(numbers: FindingStatistics, axis: Axis) -> Cross:
    """Rows along the axis: branches by codes, codes by branches, or steps by severity."""
    holders = [(holder.id, holder.name) for holder in numbers.holders]
    codes = sorted((code.code, code.title) for code in numbers.codes)
    levels = [(level.label, level.label) for level in Severity]
    cells: Counter[tuple[str, str]] = Counter()
    for tally in numbers.tallies:
        if axis == "step":
            for (level, _), number in zip(levels, tally.levels, strict=True):
                cells[tally.step, level] += number
        else:
            cells[(tally.holder.id, tally.code) if axis == "branch" else (tally.code, tally.holder.id)] += tally.count
    rows, columns = {
        "branch": (holders, codes),
        "code": (codes, holders),
        "step": (list(numbers.steps), levels),
    }[axis]
    made = []
    for id, name in rows:
        mine = tuple(cells[id, column] for column, _ in columns)
        made.append(CrossRow(id, name, mine, sum(mine)))
    totals = tuple(sum(row.cells[n] for row in made) for n in range(len(columns)))
    return Cross(axis, tuple(id for id, _ in columns), tuple(name for _, name in columns), tuple(made), totals)


def _sum(levels: Iterable[Levels]) -> Levels:
    errors, warnings, infos = 0, 0, 0
    for each in levels:
        errors, warnings, infos = errors + each[0], warnings + each[1], infos + each[2]
    return errors, warnings, infos


def _codes(tallies: Iterable[Tally]) -> tuple[CodeCount, ...]:
    found: dict[str, list[Tally]] = {}
    for tally in tallies:
        found.setdefault(tally.code, []).append(tally)
    made = []
    for code, mine in found.items():
        rule = all_rules().get(code)
        holders = len({tally.holder.id for tally in mine})
        made.append(CodeCount(code, rule.title if rule else "", _sum(tally.levels for tally in mine), holders))
    return tuple(sorted(made, key=lambda one: (-one.count, one.code)))


class _Places:
    """Finds whose a finding is."""

    def __init__(self, audit: Audit) -> None:
        corpus = audit.corpus
        self._branches = {b.id: Holder(b.id, b.name, "branch") for b in corpus.branches.values()}
        self._committees = {c.id: Holder(c.id, c.name, "committee") for c in corpus.committees.values()}
        self._school = Holder("", corpus.organisation.name or "学校", "organisation")
        self._corpus = corpus
        self._events = {event.path: event for event in corpus.events}

    def of(self, finding: Diagnostic) -> Holder:
        person = self._corpus.person(finding.person) if finding.person else None
        parts = finding.place.path.split("/")
        folder = parts[2] if len(parts) > 3 and parts[2] not in PERSONAL else ""
        if person is not None:
            return self._branches[person.branch]
        if folder in self._branches:
            return self._branches[folder]
        if (event := self._events.get(finding.place.path)) is not None:
            people = [self._corpus.person(id) for id in event.people]
            branches = {one.branch for one in people if one is not None}
            if len(branches) == 1:
                return self._branches[branches.pop()]
        return self._committees.get(parts[1], self._school) if len(parts) > 1 else self._school
