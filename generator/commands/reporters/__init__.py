"""Ways to write findings: for people (text), for programs (json), for forges (github, gitlab, sarif)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.audit.audit import Audit
from generator.commands.reporters.as_github import github_report
from generator.commands.reporters.as_gitlab import gitlab_report
from generator.commands.reporters.as_json import json_report
from generator.commands.reporters.as_sarif import sarif_report
from generator.commands.reporters.as_text import text_report
from generator.diagnostics import Diagnostic

Report = Callable[[Audit, Sequence[Diagnostic], bool], str]
"""(audit, the findings to print, colour) → text that ends with a line break."""

REPORTS: dict[str, Report] = {
    "text": text_report,
    "json": json_report,
    "github": github_report,
    "gitlab": gitlab_report,
    "sarif": sarif_report,
}
