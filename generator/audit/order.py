"""The order in which findings are listed."""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import Diagnostic


def in_order_of_place(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By path, line, column and code; findings without a line come first in their file."""
    return tuple(sorted(findings, key=_key))


def _key(finding: Diagnostic) -> tuple[str, int, int, str, str, str]:
    line, column = (finding.span.line, finding.span.column) if finding.span else (0, 0)
    return finding.place.path, line, column, finding.code, finding.step or "", finding.message
