"""What is wrong, as a page of the preview says it: place, message, hint."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from generator.diagnostics import Diagnostic, JishiError, Severity

_INVALID = ("YML", "SCH", "REF", "SEC")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Trouble:
    """`place` is a file and a line, or empty where the message says it."""

    place: str
    message: str
    hint: str = ""
    code: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def of(cls, error: JishiError) -> Trouble:
        return cls("", error.message, error.hint)

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Trouble:
        return cls(**{key: str(value) for key, value in plain.items()})


def to_show(findings: Iterable[Diagnostic], edited: Collection[str]) -> list[Trouble]:
    """What makes a record invalid, files just edited first. What breaks a rule of the procedure stands on the page itself."""
    found = [each for each in findings if each.severity is Severity.ERROR and each.code.startswith(_INVALID)]
    found.sort(key=lambda finding: finding.place.path not in edited)
    shown = [_trouble(finding) for finding in found[:_SHOWN]]
    if len(found) > _SHOWN:
        shown.append(Trouble("", f"另有 {len(found) - _SHOWN} 项，见“核对结果”。"))
    return shown


def _trouble(finding: Diagnostic) -> Trouble:
    line = f" 第 {finding.span.line} 行" if finding.span else ""
    return Trouble(f"{finding.place.path}{line}", finding.message, finding.hint, finding.code)
