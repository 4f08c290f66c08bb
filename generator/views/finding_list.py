"""All findings on one page, with what they can be chosen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.audit.register import all_rules
from generator.diagnostics import Diagnostic, Severity
from generator.views.checklist import FindingRow

SHOWN = 1500
"""No more than this on one page: the lists of the branches have all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that rows can be chosen by, with how many have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingList:
    rows: tuple[FindingRow, ...]
    total: int
    levels: tuple[Choice, ...]
    units: tuple[Choice, ...]
    codes: tuple[Choice, ...]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def finding_list(findings: Sequence[Diagnostic], row: Callable[[Diagnostic], FindingRow]) -> FindingList:
    """In the order given; where there are too many the graver ones come first. The choices count what is shown, the levels all."""
    chosen = findings
    if len(findings) > SHOWN:
        chosen = sorted(findings, key=lambda finding: finding.severity.rank)[:SHOWN]
    shown = tuple(row(finding) for finding in chosen)
    rules = all_rules()
    units = {one.holder: one.unit or "学校" for one in shown}
    levels = Counter(finding.severity for finding in findings)
    holders, codes = Counter(one.holder for one in shown), Counter(one.code for one in shown)
    return FindingList(
        shown,
        len(findings),
        tuple(Choice(severity.value, severity.label, levels[severity]) for severity in Severity),
        tuple(Choice(id, name, holders[id]) for id, name in units.items()),
        tuple(Choice(code, rules[code].title if code in rules else "", codes[code]) for code in sorted(codes)),
    )
