"""Findings as JSON, for programs. The shape is fixed by a JSON Schema in the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.audit.audit import Audit
from generator.commands.reporters.summary import Counts
from generator.diagnostics import Diagnostic, Pointer, Related


def json_report(audit: Audit, findings: Sequence[Diagnostic], colour: bool) -> str:
    counts = Counts.of(findings)
    report = {
        "as_of": audit.as_of.isoformat(),
        "summary": {
            "people": len(audit.corpus.people),
            "files": audit.files,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "infos": counts.infos,
            "later": audit.later,
        },
        "findings": [finding_as_json(finding) for finding in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def finding_as_json(finding: Diagnostic) -> dict[str, Any]:
    """One finding as tests/schemas/check.json describes it."""
    span, rule = finding.span, finding.rule
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "person": finding.person,
        "step": finding.step,
        "message": finding.message,
        "hint": finding.hint,
        "basis": finding.basis,
        "rule": {"file": rule.file, "pointer": json_pointer(rule.pointer), "line": rule.line} if rule else None,
        "related": [_related(related) for related in finding.related],
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "path": related.place.path,
        "line": related.span.line if related.span else None,
        "column": related.span.column if related.span else None,
        "message": related.message,
    }


def json_pointer(pointer: Pointer) -> str:
    """RFC 6901."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in pointer)
