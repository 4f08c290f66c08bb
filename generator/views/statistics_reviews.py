"""What inspections and reviews found in each branch, what became of it, and what came back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.audit.problems import Problem, belongs_to_another, found_anew, problems_of, still_found
from generator.audit.register import all_rules
from generator.diagnostics import Place
from generator.procedure.calendar import add_months
from generator.records.model import Branch, Entry, Person

BOUND_BY = "DEV123"
"""The steps whose `pitfalls` name this code are the reviews counted."""

FORESEEN = (
    "学院规定，问题较多或者多次纠正不力的，通报批评；造成不良影响或者重大责任事故的，追究当事人责任。",
    "这里只列数字，提示线由本校设置；是否通报，由党委研究决定。",
)
"""What the rules of the college foresee, and who decides."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """`person` and `name` are empty for a problem of the branch as such; `found`, `due` and `corrected` are days or empty."""

    code: str
    title: str
    person: str
    name: str
    found: str
    due: str
    corrected: str
    path: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A code that came back. `days`: the reviews that found it, oldest first; `anew`: people with whom it occurred again after
    they had corrected it, as the check shows; `after_correction`: how often of all it came back after a correction; `recent`: how
    often within the months that the profile sets."""

    code: str
    title: str
    days: tuple[str, ...]
    anew: int
    after_correction: int
    recent: int

    @property
    def times(self) -> int:
        return len(self.days) - 1 + self.anew


@dataclass(frozen=True, slots=True)
class Threshold:
    """What the profile of a branch sets, and how much of it is reached. A limit of 0: nothing is said."""

    since: str
    problems: int
    failures: int
    problems_from: int
    failures_from: int

    @property
    def many(self) -> bool:
        return 0 < self.problems_from <= self.problems

    @property
    def repeated(self) -> bool:
        return 0 < self.failures_from <= self.failures

    @property
    def reached(self) -> str:
        """What is reached, in words; empty: nothing."""
        many = f"{self.since} 以后的检查发现问题 {self.problems} 个（提示线 {self.problems_from} 个）"
        repeated = f"纠正不力 {self.failures} 次（提示线 {self.failures_from} 次）"
        return "；".join([*([many] if self.many else []), *([repeated] if self.repeated else [])])


@dataclass(frozen=True, slots=True)
class BranchReviews:
    """`reviews`: on how many days, each kind for itself; `corrected`: problems with a day of correction that has come."""

    id: str
    name: str
    reviews: int
    problems: int
    corrected: int
    overdue: tuple[ProblemRow, ...]
    still: tuple[ProblemRow, ...]
    repeats: tuple[Repeat, ...]
    threshold: Threshold

    @property
    def repeated(self) -> int:
        return sum(repeat.times for repeat in self.repeats)


@dataclass(slots=True)
class Gathered:
    """What the reviews of one branch say about some people."""

    reviews: set[tuple[str, date]] = field(default_factory=set)
    problems: dict[Place, Problem] = field(default_factory=dict)
    still: list[Problem] = field(default_factory=list)
    anew: set[tuple[str, str]] = field(default_factory=set)
    """(code, person)."""


def gather(
    audit: Audit, people: Iterable[Assessment], wanted: Sequence[str] = (), unwanted: Sequence[str] = ()
) -> dict[str, Gathered]:
    """Branch → what was found there about these people, up to the as-of day; codes may be limited by their beginnings.

    A problem is counted where the person was on the day of the review; one about nobody in every branch that the review lists.
    """
    gathered: dict[str, Gathered] = defaultdict(Gathered)
    for one in people:
        for entry in _reviews(one):
            branch = _branch_on(one.person, entry.date)
            gathered[branch].reviews.add((entry.step, entry.date))
            for problem in problems_of(entry):
                if (wanted and not problem.code.startswith(tuple(wanted))) or problem.code.startswith(tuple(unwanted)):
                    continue
                _add(audit, one, problem, entry, gathered[branch])
    return dict(gathered)


def review_statistics(
    audit: Audit, branches: Iterable[Branch], gathered: Iterable[Mapping[str, Gathered]]
) -> tuple[BranchReviews, ...]:
    """One row a branch that was reviewed at all. `gathered`: of all people, put together."""
    whole: dict[str, Gathered] = defaultdict(Gathered)
    for found in gathered:
        for id, part in found.items():
            into = whole[id]
            into.reviews |= part.reviews
            into.problems |= part.problems
            into.still += part.still
            into.anew |= part.anew
    return tuple(_row(audit, branch, whole[branch.id]) for branch in branches if branch.id in whole)


def _reviews(one: Assessment) -> Iterator[Entry]:
    for entry in one.progress.timeline:
        found = one.progress.steps.get(entry.step)
        if found is not None and BOUND_BY in found.step.pitfalls and entry.date <= one.progress.as_of:
            yield entry


def _add(audit: Audit, one: Assessment, problem: Problem, entry: Entry, into: Gathered) -> None:
    named = audit.corpus.person(problem.person) if problem.person else None
    if belongs_to_another(entry, named):
        return
    into.problems[problem.place] = problem
    if named is None or named.id != one.person.id or not problem.corrected_by(audit.as_of):
        return
    if still_found(problem, one.findings, one.progress.timeline) is not None:
        into.still.append(problem)
    elif found_anew(problem, one.findings, one.progress.timeline) is not None:
        into.anew.add((problem.code, named.id))


def _branch_on(person: Person, day: date) -> str:
    """The branch somebody was in on a day."""
    moves = [(e.date, left) for e in person.entries if isinstance(left := e.fields.get("from_branch"), str)]
    return next((left for moved, left in sorted(moves) if moved > day), person.branch)


def _row(audit: Audit, branch: Branch, found: Gathered) -> BranchReviews:
    problems = sorted(found.problems.values(), key=lambda p: (p.found, p.code, p.place.path, str(p.place.pointer)))
    overdue = [problem for problem in problems if problem.overdue_on(audit.as_of)]
    settings = audit.rules_of(branch.id).profile.settings
    since = add_months(audit.as_of, -int(settings.get("criticism_months", 12)))
    repeats = tuple(_repeats(problems, found.anew, since))
    return BranchReviews(
        branch.id,
        branch.name,
        len(found.reviews),
        len(problems),
        sum(problem.corrected_by(audit.as_of) for problem in problems),
        tuple(_shown(problem, audit) for problem in overdue),
        tuple(_shown(problem, audit) for problem in found.still),
        repeats,
        Threshold(
            since.isoformat(),
            sum(problem.found > since for problem in problems),
            sum(repeat.recent for repeat in repeats) + len(overdue) + len(found.still),
            int(settings.get("criticism_problems", 0)),
            int(settings.get("criticism_failures", 0)),
        ),
    )


def _repeats(problems: Iterable[Problem], anew: Iterable[tuple[str, str]], since: date) -> Iterator[Repeat]:
    """By code."""
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.code:
            by_code[problem.code].append(problem)
    people = Counter(code for code, _ in anew)
    for code, mine in sorted(by_code.items()):
        days = sorted({problem.found for problem in mine})
        later = days[1:]
        corrected = [day for day in later if any(p.found < day and p.corrected_by(day) for p in mine)]
        if later or people[code]:
            yield Repeat(
                code,
                _title(code),
                tuple(day.isoformat() for day in days),
                people[code],
                len(corrected) + people[code],
                sum(day > since for day in later) + people[code],
            )


def _shown(problem: Problem, audit: Audit) -> ProblemRow:
    named = audit.corpus.person(problem.person) if problem.person else None
    return ProblemRow(
        problem.code,
        _title(problem.code),
        named.id if named else problem.person or "",
        named.name if named else "",
        problem.found.isoformat(),
        problem.due.isoformat() if problem.due else "",
        problem.corrected.isoformat() if problem.corrected else "",
        problem.place.path,
    )


def _title(code: str) -> str:
    """Of a rule; of another code, such as that of a paper, nothing."""
    rule = all_rules().get(code)
    return rule.title if rule else ""
