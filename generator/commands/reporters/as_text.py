"""Findings for people: place, what is wrong, the line of the record with a caret, what to do, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from generator.audit.audit import Audit
from generator.commands.reporters.source import SourceLines
from generator.commands.reporters.summary import Counts
from generator.commands.width import caret_line
from generator.diagnostics import Diagnostic, Severity, Span

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def text_report(audit: Audit, findings: Sequence[Diagnostic], colour: bool) -> str:
    source = SourceLines(audit.root, audit.findings)
    blocks = ["\n".join(block(finding, source)) + "\n" for finding in findings]
    text = "\n".join([*blocks, summary_line(audit, findings) + "\n"])
    return text if colour else click.unstyle(text)


def summary_line(audit: Audit, findings: Sequence[Diagnostic]) -> str:
    counts = Counts.of(findings)
    text = f"核对 {len(audit.corpus.people)} 人、{audit.files} 个文件（截至 {audit.as_of}）：{counts}。"
    if audit.later:
        text += f"另有 {audit.later} 条记录晚于该日，未计入。"
    worst = Severity.ERROR if counts.errors else Severity.WARNING if counts.warnings else None
    return click.style(text, fg=_COLOURS[worst] if worst else "green", bold=True)


def block(finding: Diagnostic, source: SourceLines) -> Iterator[str]:
    """One finding, line by line, with colours."""
    label = click.style(finding.severity.label, fg=_COLOURS[finding.severity], bold=True)
    code = click.style(finding.code, bold=True)
    yield f"{_where(finding.place.path, finding.span)}: {label} {code} {finding.message}"
    if finding.span:
        yield from _excerpt(finding, finding.span, source)
    if finding.hint:
        yield f"    提示：{finding.hint}"
    if finding.basis:
        yield f"    依据：{finding.basis}"
    for related in finding.related:
        yield f"    参见：{_where(related.place.path, related.span)} {related.message}"
    if finding.rule:
        line = f":{finding.rule.line}" if finding.rule.line else ""
        yield f"    规则：{finding.rule.file}{line}"


def _excerpt(finding: Diagnostic, span: Span, source: SourceLines) -> Iterator[str]:
    line = source.line(finding.place.path, span.line)
    if line is None:
        return
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    number = str(span.line)
    gutter = " " * len(number)
    yield f"    {number} | {line}"
    yield f"    {gutter} | " + click.style(caret_line(line, start, end), fg=_COLOURS[finding.severity], bold=True)


def _where(path: str, span: Span | None) -> str:
    return f"{path}:{span.line}:{span.column}" if span else path
