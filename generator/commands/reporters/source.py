"""Lines of record files, for showing them beside a finding."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.cells import cell_len

from generator.diagnostics import Diagnostic, Span
from generator.records.plain_text import text_of
from generator.records.private_numbers import PRIVATE
from generator.records.raw_file import read_bytes


class SourceLines:
    """Reads each file once, and only when one of its lines is asked for.

    Private numbers that `findings` point at are masked: a report ends up in logs and on forges, and its fingerprints too.
    """

    def __init__(self, root: Path, findings: Iterable[Diagnostic]) -> None:
        self._root = root
        self._hidden: dict[str, list[Span]] = {}
        for found in findings:
            if found.code in PRIVATE and found.span is not None:
                self._hidden.setdefault(found.place.path, []).append(found.span)
        self._files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """The 1-based line, safe to print: control characters become spaces. None when it cannot be shown."""
        if path not in self._files:
            self._files[path] = self._read(path)
        lines = self._files[path]
        if not 1 <= number <= len(lines):
            return None
        return "".join(c if c.isprintable() else " " for c in lines[number - 1])

    def _read(self, path: str) -> list[str]:
        try:
            raw = read_bytes(self._root / path)
        except OSError:
            return []
        if raw is None:
            return []
        lines = text_of(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for span in self._hidden.get(path, ()):
            if span.line <= len(lines):
                lines[span.line - 1] = _masked(lines[span.line - 1], span.column - 1, span.end_column - 1)
        return lines


def _masked(line: str, start: int, end: int) -> str:
    """As wide as before, so that the caret stays under its place."""
    return line[:start] + "".join("＊" if cell_len(c) > 1 else "*" for c in line[start:end]) + line[end:]
