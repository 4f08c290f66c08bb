"""Ways to write findings: for people (text), for programs (json), for forges (github, gitlab, sarif)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from generator.audit.audit import Audit
from generator.diagnostics import Diagnostic

Report = Callable[[Audit, Sequence[Diagnostic], bool], str]
"""(audit, the findings to print, colour) → text that ends with a line break."""

FORMATS = ("text", "json", "github", "gitlab", "sarif")


def report_as(name: str) -> Report:
    """The report of a format. Only its own module is loaded: some need every rule, most need next to nothing."""
    return cast(Report, getattr(import_module(f"{__name__}.as_{name}"), f"{name}_report"))
