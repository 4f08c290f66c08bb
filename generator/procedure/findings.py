"""Findings of one person: severity by layer, limit and profile; doubt where two versions meet; one finding a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from generator.definitions.model import After, Basis, Layer, Limit, Procedure, Step
from generator.diagnostics import Diagnostic, Place, RuleOrigin, Severity
from generator.procedure.book import Book, Clause, Edition
from generator.procedure.verdict import HINTS, Breach

LAYERS: dict[Layer, Severity] = {
    "national": Severity.ERROR,
    "platform": Severity.WARNING,
    "local": Severity.WARNING,
    "guidance": Severity.INFO,
}
UNSETTLED = "需核对：新细则这一处只见于转述，以正式文本为准"
GENERAL = ("DEV104", "DEV105", "DEV106")
"""Codes that stand for many different limits: at one place each limit keeps its own."""

SameRule = Callable[[Edition], bool]


class Ledger:
    """Collects what is found about one person."""

    def __init__(self, person: str, book: Book) -> None:
        self._person, self._book = person, book
        self._found: dict[tuple[str, Place, str, str], Diagnostic] = {}

    @property
    def sets_apart(self) -> bool:
        """As `Profile.sets_apart`."""
        return self._book.rules.profile.sets_apart

    def add(self, finding: Diagnostic) -> None:
        """Same code, place and step: the graver one stays."""
        text = finding.message if finding.code in GENERAL else ""
        key = (finding.code, finding.place, finding.step or "", text)
        before = self._found.get(key)
        if before is None or finding.severity.rank < before.severity.rank:
            self._found[key] = finding

    def sorted(self) -> tuple[Diagnostic, ...]:
        def key(finding: Diagnostic) -> tuple[str, str, str, str, str]:
            pointer = "/".join(f"{p:06d}" if isinstance(p, int) else p for p in finding.place.pointer)
            return finding.place.path, pointer, finding.code, finding.step or "", finding.message

        return tuple(sorted(self._found.values(), key=key))

    def broken(self, limit: Limit, step: Step, breach: Breach, day: date, same: SameRule, doubtful: bool = False) -> None:
        """A limit that does not hold. `day` decides the version; `same` says whether another version holds the same limit."""
        severity = breach.severity or limit.severity or LAYERS[limit.layer]
        message = breach.message + (f"；{limit.consequence}" if limit.consequence and severity is not Severity.INFO else "")
        basis = _cite(limit.basis or step.basis)
        hint = breach.hint or limit.hint or HINTS.get(limit.rule, "")
        finding = Diagnostic(
            breach.code, self._severity(breach.code, severity), breach.place, message, hint, basis,
            self._person, step.id, limit.origin or step.origin, breach.related,
        )  # fmt: skip
        self._weigh(finding, day, breach.anchor, same, doubtful, limit.doubtful)

    def order(self, after: After, step: Step, breach: Breach, day: date, same: SameRule, doubtful: bool = False) -> None:
        """An order that does not hold, or a predecessor that is missing. `step` is the one the finding is about."""
        severity = breach.severity or after.severity or LAYERS[after.layer]
        finding = Diagnostic(
            breach.code, self._severity(breach.code, severity), breach.place, breach.message, breach.hint,
            _cite(after.basis or step.basis), self._person, step.id, after.origin or step.origin, breach.related,
        )  # fmt: skip
        self._weigh(finding, day, breach.anchor, same, doubtful)

    def plain(
        self, code: str, severity: Severity, place: Place, message: str, step: Step | None = None, hint: str = "",
        day: date | None = None,
    ) -> None:  # fmt: skip
        """A finding that rests on no limit."""
        basis, origin = (_cite(step.basis), step.origin) if step else ("", None)
        finding = self._diagnostic(code, severity, place, message, step, hint, basis, origin)
        self.add(self._doubted(finding, "DEV105") if day is not None and self._book.too_early(day) else finding)

    def _diagnostic(
        self, code: str, severity: Severity, place: Place, message: str, step: Step | None, hint: str, basis: str,
        origin: RuleOrigin | None,
    ) -> Diagnostic:  # fmt: skip
        level = self._severity(code, severity)
        return Diagnostic(code, level, place, message, hint, basis, self._person, step.id if step else None, origin)

    def _severity(self, code: str, severity: Severity) -> Severity:
        return self._book.rules.profile.severity.get(code, severity)

    def _weigh(
        self, finding: Diagnostic, day: date, anchor: date | None, same: SameRule, doubtful: bool, unsettled: bool = False
    ) -> None:
        doubt = "DEV104" if doubtful else doubt_about(self._book, day, anchor, same)
        if doubt is None and unsettled:
            self.add(self._doubted(finding, "DEV104", UNSETTLED))
            return
        if finding.severity is Severity.INFO and finding.code in GENERAL:
            doubt = None
        self.add(self._doubted(finding, doubt) if doubt else finding)

    def _doubted(self, finding: Diagnostic, doubt: str, reason: str = "") -> Diagnostic:
        if reason:
            pass
        elif doubt == "DEV105":
            oldest = self._book.editions[0].from_
            reason = f"需核对：早于 {oldest}，当时的规定未收录"
        else:
            reason = "需核对：在新旧细则交替前后，以哪一版为准请核对"
        message = f"{finding.message}（{reason}；原编号 {finding.code}）"
        return replace(finding, code=doubt, severity=self._severity(doubt, Severity.INFO), message=message)


def doubt_about(book: Book, day: date, anchor: date | None, same: SameRule) -> str | None:
    """DEV105 before the oldest version held; DEV104 where two versions meet and differ; None when nothing is in doubt."""
    if book.too_early(day) or (anchor is not None and book.too_early(anchor)):
        return "DEV105"
    pending = book.pending(day)
    if pending is not None and not same(pending):
        return "DEV104"
    if anchor is not None and anchor < book.on(day).from_ and not same(book.on(anchor)):
        return "DEV104"
    return None


def same_limit(step: str, limit: Limit, home: Edition) -> SameRule:
    """Whether another version holds an equal limit (the article it cites may differ)."""

    def same(other: Edition) -> bool:
        clause = other.clauses.get(step)
        twin = clause.limit(limit.id) if clause else None
        if twin is None or limit_facts(twin) != limit_facts(limit):
            return False
        return limit.rule != "vote" or written_votes(other.procedure) == written_votes(home.procedure)

    return same


def written_votes(procedure: Procedure) -> tuple[bool, bool]:
    return procedure.written_votes_count, procedure.written_votes_settled


def limit_facts(limit: Limit) -> tuple[object, ...]:
    return limit.rule, limit.code, dict(limit.params), limit.of, dict(limit.when), limit.unless, limit.severity, limit.layer, limit.doubtful


def same_order(clause: Clause, after: After) -> SameRule:
    """Whether another version asks for the same predecessor."""

    def same(other: Edition) -> bool:
        there = other.clauses.get(clause.step.id)
        twin = there.predecessor(after.step) if there else None
        return twin is not None and (twin.strict, twin.severity, twin.when) == (after.strict, after.severity, after.when)

    return same


def _cite(basis: Basis | None) -> str:
    return basis.cite() if basis else ""
