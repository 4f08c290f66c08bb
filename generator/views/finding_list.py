"""All findings on one page, with what they can be chosen by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.audit.register import all_rules
from generator.diagnostics import Severity
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


def finding_list(rows: Sequence[FindingRow]) -> FindingList:
    """In the order given; where there are too many the graver ones come first. The choices count what is shown, the levels all."""
    shown = list(rows)
    if len(rows) > SHOWN:
        shown = sorted(rows, key=lambda row: Severity(row.severity).rank)[:SHOWN]
    rules = all_rules()
    units = {row.holder: row.unit or "学校" for row in shown}
    codes = sorted({row.code for row in shown})
    return FindingList(
        tuple(shown),
        len(rows),
        tuple(Choice(s.value, s.label, sum(row.severity == s.value for row in rows)) for s in Severity),
        tuple(Choice(id, name, sum(row.holder == id for row in shown)) for id, name in units.items()),
        tuple(
            Choice(code, rules[code].title if code in rules else "", sum(row.code == code for row in shown))
            for code in codes
        ),
    )
