"""Definition files: found beside the records first, then among the shipped ones, and read with positions.

A records repository overrides single files: its `schema/profiles/mine.yaml` replaces or joins the shipped ones of the same folder.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.definitions.shipped import shipped_root
from generator.diagnostics import JishiError, Pointer, RuleOrigin, Severity
from generator.os_errors import reason
from generator.records.yaml_source import YamlDocument, read_yaml

Edition = tuple[tuple[str, int, int], ...]
"""Path, size and time of last change of every definition file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where definition files are looked for, in order of precedence."""

    roots: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """The first file called `name` (relative, such as schema/materials.yaml)."""
        return next((root / name for root in self.roots if (root / name).is_file()), None)

    def names(self, folder: str) -> tuple[str, ...]:
        """Relative names of all YAML files of a folder, each once, sorted."""
        found = {f"{folder}/{path.name}" for root in self.roots for path in (root / folder).glob("*.yaml")}
        return tuple(sorted(found))

    def edition(self) -> Edition:
        """Differs as soon as a file was edited, came or went."""
        found = []
        for path in (path for root in self.roots for path in sorted((root / "schema").rglob("*.yaml"))):
            with suppress(OSError):
                stat = path.stat()
                found.append((str(path), stat.st_size, stat.st_mtime_ns))
        return tuple(found)

    def read(self, name: str) -> Source:
        """Reads a definition file. Raises JishiError when it is missing or not proper YAML."""
        path = self.find(name)
        if path is None:
            raise JishiError(f"找不到定义文件 {name}", "请重新安装，或恢复被删除的文件")
        try:
            document = read_yaml(name, path.read_bytes())
        except OSError as error:
            raise JishiError(f"{name} 无法读取：{reason(error)}", "请检查文件权限") from None
        for found in document.diagnostics:
            if found.severity is Severity.ERROR:
                line = found.span.line if found.span else 1
                raise JishiError(f"{name} 第 {line} 行：{found.message}", found.hint)
        return Source(name, document)


@dataclass(frozen=True, slots=True)
class Source:
    """One definition file. Scalars are text; the shapes type them."""

    name: str
    document: YamlDocument

    @property
    def data(self) -> dict[str, Any]:
        return self.document.data

    def line(self, pointer: Pointer) -> int:
        """1-based line of the value, or of its nearest enclosing key."""
        return self.document.span(pointer, True).line

    def origin(self, *pointer: str | int) -> RuleOrigin:
        """The place of a value; its line is looked up when it is asked for."""
        return RuleOrigin(self.name, pointer)

    def fault(self, pointer: Pointer, message: str, hint: str = "") -> JishiError:
        """An error of this file, with its place."""
        return JishiError(f"{self.name} 第 {self.line(pointer)} 行：{message}", hint)


def shelf_for(root: Path | None) -> Shelf:
    """Definition files of a records repository (`root` holds `data/`), the shipped ones behind them."""
    shipped = shipped_root()
    if root is None or root.resolve() == shipped:
        return Shelf((shipped,))
    return Shelf((root.resolve(), shipped))
