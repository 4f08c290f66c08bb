"""Findings as a GitLab Code Quality report, which merge requests show."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.audit.audit import Audit
from generator.commands.reporters.fingerprint import fingerprints
from generator.commands.reporters.source import SourceLines
from generator.diagnostics import Diagnostic, Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab_report(audit: Audit, findings: Sequence[Diagnostic], colour: bool) -> str:
    marks = fingerprints(findings, SourceLines(audit.root, audit.findings))
    listed = [
        {
            "description": f"{finding.message}（{finding.basis}）" if finding.basis else finding.message,
            "check_name": finding.code,
            "fingerprint": mark,
            "severity": _SEVERITIES[finding.severity],
            # A line is asked for; what concerns a whole file stands at its first.
            "location": {"path": finding.place.path, "lines": {"begin": finding.span.line if finding.span else 1}},
        }
        for finding, mark in zip(findings, marks, strict=True)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
