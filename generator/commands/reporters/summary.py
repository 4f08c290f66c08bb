"""How many findings of each severity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Counts:
    errors: int
    warnings: int
    infos: int

    @classmethod
    def of(cls, findings: Iterable[Diagnostic]) -> Counts:
        severities = [finding.severity for finding in findings]
        return cls(*(severities.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)))

    def __str__(self) -> str:
        return f"错误 {self.errors} 项，警告 {self.warnings} 项，提示 {self.infos} 项"
