"""Findings as workflow commands, which GitHub and its kin show beside the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from generator.audit.audit import Audit
from generator.diagnostics import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_report(audit: Audit, findings: Sequence[Diagnostic], colour: bool) -> str:
    return "".join(_annotation(finding) + "\n" for finding in findings)


def _annotation(finding: Diagnostic) -> str:
    properties: dict[str, str | int] = {"file": finding.place.path}
    if span := finding.span:
        properties |= {"line": span.line, "endLine": span.end_line, "col": span.column}
        # The last column counts in, and makes sense on one line only.
        if span.end_line == span.line:
            properties["endColumn"] = max(span.column, span.end_column - 1)
    properties["title"] = finding.code
    listed = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items())
    parts = [finding.message]
    if finding.hint:
        parts.append(f"提示：{finding.hint}")
    if finding.basis:
        parts.append(f"依据：{finding.basis}")
    text = _escape("\n".join(parts))
    return f"::{_COMMANDS[finding.severity]} {listed}::{text}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
