"""What follows from the program and the definition files alone, kept between runs: typing the definitions takes longer than reading the
records of a branch.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.definitions.shipped import shipped_root

if TYPE_CHECKING:
    from generator.records.store import Store

Value = TypeVar("Value")

_LIBRARIES = ("pyyaml", "cerberus", "chinese-calendar", "python-dateutil")
"""On other libraries neither a definition nor a finding depends."""
_PACKAGES = ("generator.definitions", "generator.records")


def key_of(root: Path) -> bytes:
    """Stands for the program, the libraries it rests on, and every definition and schema file."""
    whole = hashlib.sha256(repr(sys.version_info).encode())
    for name in _LIBRARIES:
        try:
            whole.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            whole.update(f"{name}\n".encode())
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        found = path.stat()
        whole.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    for base in (root, shipped_root()):
        for path in sorted((base / "schema").rglob("*.yaml")):
            raw = path.read_bytes() if path.is_file() else b""
            whole.update(f"{path.relative_to(base)} {len(raw)}\n".encode() + raw)
    return whole.digest()


def kept_or_made(store: Store | None, name: str, make: Callable[[], Value]) -> Value:
    """The value kept in a store whose key is `key_of` the repository; it is made, and kept, when there is none. `make` may raise."""
    if store is None:
        return make()
    value: Any = store.get(name, _PACKAGES)
    if value is None:
        value = make()
        # Made from files that were edited meanwhile it would be found again once they are as before.
        if key_of(store.root) == store.key:
            store.put(name, value)
    made: Value = value
    return made
