"""Findings as SARIF 2.1.0 (OASIS), for code scanning and editors. Columns count code points, ends are exclusive, as in `Span`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from generator.audit.audit import Audit
from generator.audit.register import all_rules
from generator.audit.rule import LAYER_LABELS, Rule
from generator.commands.explain import explanation
from generator.commands.reporters.fingerprint import fingerprints
from generator.commands.reporters.source import SourceLines
from generator.diagnostics import Diagnostic, Place, Related, Severity, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "jishiFinding/v1"


def sarif_report(audit: Audit, findings: Sequence[Diagnostic], colour: bool) -> str:
    rules = list(all_rules().values())
    places = {rule.code: index for index, rule in enumerate(rules)}
    marks = fingerprints(findings, SourceLines(audit.root, audit.findings))
    driver = {
        "name": "jishi",
        "fullName": "纪实",
        "semanticVersion": version("jishi"),
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(f, mark, places.get(f.code)) for f, mark in zip(findings, marks, strict=True)],
        "properties": {"asOf": audit.as_of.isoformat(), "people": len(audit.corpus.people), "files": audit.files},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.text.what or rule.title},
        "help": {"text": explanation(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [LAYER_LABELS[rule.layer], rule.how.label]},
    }


def _result(finding: Diagnostic, mark: str, rule: int | None) -> dict[str, Any]:
    text = [finding.message]
    text += [f"提示：{finding.hint}"] if finding.hint else []
    text += [f"依据：{finding.basis}"] if finding.basis else []
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(text)},
        "locations": [{"physicalLocation": _location(finding.place, finding.span)}],
        "partialFingerprints": {_FINGERPRINT: mark},
    }
    if rule is not None:
        result["ruleIndex"] = rule
    if finding.related:
        result["relatedLocations"] = [_related(number, other) for number, other in enumerate(finding.related, 1)]
    definition = finding.rule and finding.rule.file + (f":{finding.rule.line}" if finding.rule.line else "")
    told = {"person": finding.person, "step": finding.step, "definition": definition}
    if properties := {key: value for key, value in told.items() if value}:
        result["properties"] = properties
    return result


def _related(number: int, other: Related) -> dict[str, Any]:
    return {"id": number, "message": {"text": other.message}, "physicalLocation": _location(other.place, other.span)}


def _location(place: Place, span: Span | None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.path, errors="replace"), "uriBaseId": "%SRCROOT%"}
    }
    if span is not None:
        location["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return location
