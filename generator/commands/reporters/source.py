"""Lines of record files, for showing them beside a finding."""

from __future__ import annotations

from pathlib import Path

from generator.records.raw_file import read_bytes


class SourceLines:
    """Reads each file once, and only when one of its lines is asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
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
        text = raw.decode("utf-8", errors="replace")
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
