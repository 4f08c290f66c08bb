"""What the program ships is read once a process, not once for each of hundreds of repositories that bring next to nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.definitions import load, typed
from generator.definitions.shipped import shipped_root
from generator.definitions.source import Shelf, shelf_for
from generator.records.schema import RecordSchemas

_read_anew = RecordSchemas.load
_validator = typed._validator
_compile_anew = Environment.compile


def read_what_is_shipped_once() -> None:
    """`load_definitions` and `RecordSchemas.load` keep their answers to those who override no definition file; of those who override
    some, a file of the same content is not typed again. A template of the same text is not compiled again.

    A command is a process of its own and reads them once anyway; tests run hundreds of commands in one.
    """
    load.shelf_for = _shelf_for  # type: ignore[attr-defined]
    RecordSchemas.load = _schemas  # type: ignore[method-assign]
    typed._validator = _remembering  # type: ignore[assignment]
    Environment.compile = _compile  # type: ignore[method-assign,assignment]


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
def _shipped(folder: Path, step_kinds: tuple[tuple[str, str], ...], platforms: tuple[str, ...] | None) -> RecordSchemas:
    return _read_anew((folder,), dict(step_kinds), platforms=platforms)


_compiled: dict[object, Any] = {}


def _compile(environment: Environment, source: Any, name: str | None = None, *told: Any, **more: Any) -> Any:
    escape = environment.autoescape
    key = (
        (type(environment), escape(name) if callable(escape) else escape),
        (environment.trim_blocks, environment.lstrip_blocks),
        (source, name, told, tuple(more.items())),
    )
    if key not in _compiled:
        _compiled[key] = _compile_anew(environment, source, name, *told, **more)
    return _compiled[key]


@cache
def _remembering(name: str) -> _Remembering:
    return _Remembering(_validator(name))


class _Remembering:
    """A validator of definition files that knows what it has found sound; everybody gets a copy of their own."""

    def __init__(self, validator: typed.DefinitionValidator) -> None:
        self._validator = validator
        self._sound: dict[bytes, bytes] = {}
        self.document: Any = None

    @property
    def _errors(self) -> Any:
        return self._validator._errors

    def validate(self, data: Any) -> bool:
        given = pickle.dumps(data)
        if given not in self._sound:
            if not self._validator.validate(data):
                return False
            self._sound[given] = pickle.dumps(self._validator.document)
        self.document = pickle.loads(self._sound[given])
        return True
