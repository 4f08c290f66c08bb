"""What the program ships is read once a process, not once for each of hundreds of repositories that bring nothing of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from generator.definitions import load
from generator.definitions.shipped import shipped_root
from generator.definitions.source import Shelf, shelf_for
from generator.records.schema import RecordSchemas

_read_anew = RecordSchemas.load


def read_what_is_shipped_once() -> None:
    """`load_definitions` and `RecordSchemas.load` keep their answers to those who override no definition file.

    A command is a process of its own and reads them once anyway; tests run hundreds of commands in one.
    """
    load.shelf_for = _shelf_for  # type: ignore[attr-defined]
    RecordSchemas.load = _schemas  # type: ignore[method-assign]


def _shelf_for(root: Path | None) -> Shelf:
    return shelf_for(root if root is not None and (root / "schema").exists() else None)


def _schemas(
    folders: Sequence[Path],
    step_kinds: Mapping[str, str],
    step_fields: Mapping[str, Mapping[str, Any]] | None = None,
    platforms: Iterable[str] | None = None,
) -> RecordSchemas:
    *own, last = folders
    if step_fields is not None or last != shipped_root() / "schema" / "records" or any(map(Path.exists, own)):
        return _read_anew(folders, step_kinds, step_fields, platforms)
    return _shipped(last, tuple(step_kinds.items()), None if platforms is None else tuple(platforms))


@cache
def _shipped(
    folder: Path, step_kinds: tuple[tuple[str, str], ...], platforms: tuple[str, ...] | None
) -> RecordSchemas:
    return _read_anew((folder,), dict(step_kinds), platforms=platforms)
