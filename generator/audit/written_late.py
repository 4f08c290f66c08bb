"""The findings of `check --history`, added to an audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.audit.afresh import locate_all
from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.audit.order import in_order_of_place
from generator.audit.register import all_rules
from generator.audit.shared import said_once
from generator.audit.waivers import waivers_of
from generator.audit.witness import Testimony, Verdict, Witness
from generator.definitions.model import Step
from generator.definitions.rules import Rules
from generator.diagnostics import Diagnostic, JishiError, Place, Related
from generator.history.written import read_written
from generator.records.model import Entry, Person

LATE, AT_ONCE, UNSEEN = "DEV119", "DEV120", "DEV121"

Found = tuple[Entry, Diagnostic]
_More = tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
"""(findings, waived ones)."""


def with_history(audit: Audit) -> Audit:
    """The audit with what git knows about it. Raises JishiError when git cannot be asked."""
    written = read_written(audit.root)
    corpus = audit.corpus
    people = [person for person in corpus.people.values() if person.id not in corpus.unread]
    if not written.first and any(person.entries for person in people):
        raise JishiError("git 历史里没有任何记录，无从知道何时写入", "data/ 要纳入版本管理：git add data，再提交。")
    witness, steps = Witness(audit, written), audit.definitions.steps
    rules = {branch: audit.rules_of(branch) for branch in {person.branch for person in people}}
    testimonies = [list(witness.on(one, _setting(rules[one.branch], "late_entry_days"))) for one in people]
    opened = _opened(testimonies)
    new: list[Diagnostic] = list(_unseen(audit, testimonies))
    added: dict[str, _More] = {}
    for person, told in zip(people, testimonies, strict=True):
        about = _About(person, rules[person.branch], steps, told, opened)
        stays, waived = _waived(person, audit, [*about.late(), *about.at_once()])
        new.extend(stays)
        # Asked about one person, the check must not look as if it had seen everything.
        own = _cut(Place(person.path, ("log",)).key(), told, person.id)
        added[person.id] = (*stays, *own), tuple(waived)
    located = locate_all(said_once(new, corpus.people), corpus, audit.definitions)
    assessments = _Enlarged(audit.assessments, {id: more for id, more in added.items() if any(more)})
    return replace(audit, assessments=assessments, findings=in_order_of_place([*audit.findings, *located]))


class _Enlarged(Mapping[str, Assessment]):
    """Assessments with more findings; each is made when it is asked for, as those below are."""

    def __init__(self, below: Mapping[str, Assessment], more: Mapping[str, _More]) -> None:
        self._below = below
        self._more = more

    def __getitem__(self, id: str) -> Assessment:
        one = self._below[id]
        stays, waived = self._more.get(id, ((), ()))
        return replace(one, findings=(*one.findings, *stays), waived=(*one.waived, *waived))

    def __iter__(self) -> Iterator[str]:
        return iter(self._below)

    def __len__(self) -> int:
        return len(self._below)


@dataclass(frozen=True)
class _About:
    """What is said about one person. `opened`: event → the commit that brought most of it."""

    person: Person
    rules: Rules
    steps: Mapping[str, Step]
    told: list[Testimony]
    opened: dict[str, str | None]

    def late(self) -> Iterator[Found]:
        for one in self.told:
            if one.verdict is Verdict.LATE:
                yield one.entry, self._finding(LATE, self._place(one), self._late_text(one), _LATE_HINT, one.entry)

    def at_once(self) -> Iterator[Found]:
        """One finding for each commit that brought a whole series of entries, some of them late."""
        least = _setting(self.rules, "entries_at_once")
        commits: dict[str, dict[str, list[Testimony]]] = defaultdict(lambda: defaultdict(list))
        for one in self.told:
            seen = one.verdict in (Verdict.LATE, Verdict.PUNCTUAL)
            if one.commit is not None and seen and self._repeats(one.entry.step):
                commits[one.commit.id][one.entry.step].append(one)
        for steps in commits.values():
            series = [one for told in steps.values() if len({t.entry.date for t in told}) >= least for one in told]
            if any(one.verdict is Verdict.LATE for one in series):
                yield self._series(sorted(series, key=lambda one: one.entry.date))

    def _series(self, series: list[Testimony]) -> Found:
        *others, last = series
        counts = Counter(self._title(one.entry.step) for one in series)
        listed = "、".join(f"{title} {number} 条" for title, number in counts.items())
        commit = last.commit.short if last.commit else ""
        text = f"{series[0].entry.date} 至 {last.entry.date} 的{listed}，是 {last.written} 一次提交里写入的（提交 {commit}）"
        related = tuple(
            Related(one.entry.place("date"), f"{self._title(one.entry.step)}（{one.entry.date}）") for one in others
        )
        finding = self._finding(AT_ONCE, last.entry.place("date"), text, _AT_ONCE_HINT, last.entry)
        return last.entry, replace(finding, related=related)

    def _finding(self, code: str, place: Place, message: str, hint: str, entry: Entry) -> Diagnostic:
        rule = all_rules()[code]
        severity = self.rules.profile.severity.get(code, rule.severity)
        basis = rule.text.basis.removesuffix("。")
        return Diagnostic(code, severity, place, message, hint, basis, self.person.id, entry.step)

    def _late_text(self, one: Testimony) -> str:
        title, day = self._title(one.entry.step), one.entry.date
        if one.commit is None:
            return f"补录：{title}（{day}）已过 {one.days} 天，还没有提交"
        how = f"由 {one.instead_of} 改为这个日期" if one.instead_of else "才写进记录"
        return f"补录：{title}（{day}）在 {one.days} 天后{how}（{one.written}，提交 {one.commit.short}）"

    def _place(self, one: Testimony) -> Place:
        """The date; the person's own part in an event where the others had been entered before."""
        entry = one.entry
        joined_later = entry.event is not None and self.opened[entry.event] != (one.commit.id if one.commit else None)
        return entry.place().key() if joined_later else entry.place("date")

    def _repeats(self, step: str) -> bool:
        return step in self.steps and self.steps[step].repeat == "many"

    def _title(self, step: str) -> str:
        return self.steps[step].title if step in self.steps else step


_LATE_HINT = "当时已办、只是后来录入的，拿原件核对日期；日期写错的改正；不要补做材料。"
_AT_ONCE_HINT = "拿各次的原件核对日期；没有原件的，按实际情况说明，不要补做。"


def _setting(rules: Rules, key: str) -> int:
    return int(rules.profile.settings[key])


def _opened(told: Iterable[list[Testimony]]) -> dict[str, str | None]:
    """Event → the commit of its earliest part; None when it is not committed."""
    earliest: dict[str, Testimony] = {}
    for one in (one for each in told for one in each):
        event = one.entry.event
        if event is not None and (event not in earliest or _when(one) < _when(earliest[event])):
            earliest[event] = one
    return {event: one.commit.id if one.commit else None for event, one in earliest.items()}


def _when(one: Testimony) -> tuple[bool, int, str]:
    return (False, one.commit.moment, one.commit.id) if one.commit else (True, 0, "")


def _waived(person: Person, audit: Audit, found: list[Found]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    waivers = [waiver for waiver in waivers_of(person) if not waiver.expired(audit.as_of)]
    stays: list[Diagnostic] = []
    waived: list[Diagnostic] = []
    for entry, finding in found:
        covered = any(waiver.covers(finding, entry) for waiver in waivers)
        (waived if covered else stays).append(finding)
    return stays, waived


def _unseen(audit: Audit, told: Iterable[list[Testimony]]) -> Iterator[Diagnostic]:
    """What the history does not show, in one line each."""
    everything = [one for each in told for one in each]
    place = Place(audit.corpus.organisation.path)
    yield from _cut(place, everything)
    if uncommitted := sum(one.commit is None and one.verdict is not Verdict.CUT for one in everything):
        yield _info(place, f"有 {uncommitted} 条记录还没有提交，按 {audit.as_of} 写入算")
    if founding := sum(one.verdict is Verdict.FOUNDING for one in everything):
        yield _info(place, f"有 {founding} 条旧事是建库时一并录入的，不算补录")


def _cut(place: Place, told: Iterable[Testimony], person: str | None = None) -> Iterator[Diagnostic]:
    if number := sum(one.verdict is Verdict.CUT for one in told):
        text = f"有 {number} 条记录的写入时间不明：本地没有更早的历史"
        yield _info(place, text, "取回全部历史（git fetch --unshallow）再核对。", person)


def _info(place: Place, message: str, hint: str = "", person: str | None = None) -> Diagnostic:
    return Diagnostic(UNSEEN, all_rules()[UNSEEN].severity, place, message, hint, person=person)
