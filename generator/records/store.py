"""What is kept between runs, outside the records: one folder a repository, below the user's cache folder.

Everything here may be lost at any time. A file that is damaged, foreign, readable by others or of another version is as good as none,
and what cannot be written is not kept; neither ever changes a result. Sealed files never come here.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from generator.owner_only import FOLDER

CACHE = "JISHI_CACHE"
"""Environment variable: `off` keeps nothing and reads nothing that was kept."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MAGIC = b"jishi cache 1\n"
_ROOT = "root"
"""The file that says which repository a folder belongs to."""
_KNOWN = {
    ("datetime", "date"),
    ("decimal", "Decimal"),
    ("generator.diagnostics", "Diagnostic"),
    ("generator.diagnostics", "Place"),
    ("generator.diagnostics", "Related"),
    ("generator.diagnostics", "RuleOrigin"),
    ("generator.diagnostics", "Severity"),
    ("generator.diagnostics", "Span"),
    ("pathlib", "PosixPath"),
}


class Store:
    """Named values of one repository. `key` stands for the program and the definitions: under another key nothing is found."""

    def __init__(self, folder: Path, key: bytes, root: Path) -> None:
        self.folder = folder
        self.key = key
        self.root = root

    def get(self, name: str, packages: tuple[str, ...] = ()) -> Any:
        """The value kept under a name; None when there is none that can be trusted. `packages`: whose classes may occur in it."""
        raw = self.raw(name)
        if raw is None:
            return None
        try:
            return _Unpickler(raw, packages).load()
        except Exception:  # whatever a damaged pickle leads to
            return None

    def raw(self, name: str) -> bytes | None:
        """As `get`, before unpickling."""
        try:
            with os.fdopen(os.open(self.folder / name, os.O_RDONLY | _NO_LINK), "rb") as source:
                if not _ours(os.fstat(source.fileno())) or not _ours(self.folder.stat()):
                    return None
                content = source.read()
        except OSError:
            return None
        head = len(_MAGIC) + len(self.key)
        digest, raw = content[head : head + 32], content[head + 32 :]
        if content[:head] != _MAGIC + self.key or hashlib.sha256(raw).digest() != digest:
            return None
        return raw

    def put(self, name: str, value: Any) -> None:
        self.put_raw(name, packed(value))

    def put_raw(self, name: str, raw: bytes) -> None:
        """Keeps a value made by `packed`."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            if not _ours(self.folder.stat()):
                return
            if not (self.folder / _ROOT).exists():
                _write(self.folder / _ROOT, os.fsencode(self.root))
                _forget_what_is_gone(self.folder.parent)
            _write(self.folder / name, _MAGIC + self.key + hashlib.sha256(raw).digest() + raw)

    def drop_others(self, prefix: str, names: set[str]) -> None:
        """Removes what is kept under any other name that begins so, such as that of a branch that is no more."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name.startswith(prefix) and path.name not in names:
                    path.unlink()


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _forget_what_is_gone(base: Path) -> None:
    """Removes what is kept of repositories that are no longer there: it names people."""
    for folder in base.iterdir():
        told = folder / _ROOT
        if told.is_file() and not Path(os.fsdecode(told.read_bytes())).is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def packed(value: Any) -> bytes:
    return pickle.dumps(value, protocol=5)


def store_for(root: Path, key: bytes) -> Store | None:
    """Where results of a repository are kept; None when that is switched off or there is no place for it."""
    if os.environ.get(CACHE) == "off":
        return None
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path.home() / ".cache"
        except RuntimeError:
            return None
    place = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return Store(base / "jishi" / place, key, root.resolve())


def _ours(found: os.stat_result) -> bool:
    """Written by this user, and by nobody else: unpickling what others can write would run what they want."""
    if not hasattr(os, "getuid"):
        return False
    return found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077


class _Unpickler(pickle.Unpickler):
    def __init__(self, raw: bytes, packages: tuple[str, ...]) -> None:
        super().__init__(io.BytesIO(raw))
        self._packages = packages

    def find_class(self, module: str, name: str) -> Any:
        known = (module, name) in _KNOWN
        if known or any(module == package or module.startswith(f"{package}.") for package in self._packages):
            found = super().find_class(module, name)
            # A module also holds what it imports.
            if known or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
