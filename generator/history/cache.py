"""Facts about commits, kept between runs in git's own folder (`.git/jishi/`).

There they are never committed, need no entry in .gitignore, go when the clone goes, and lie behind the same permissions as the
records, whose ids they repeat. A cache that is damaged, or was made for another folder or by another version, is as good as none.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.history.entries import EntryKey
from generator.history.facts import Facts
from generator.history.git import Repository

VERSION = 1
"""Raised when facts are found in another way."""


def cache_path(repository: Repository) -> Path:
    """One file for each folder of records in the repository."""
    name = sha256(repository.prefix.encode("utf-8", errors="surrogateescape")).hexdigest()[:12]
    return repository.folder / "jishi" / f"history-{name}.json"


def read_cache(repository: Repository) -> dict[str, Facts]:
    """Commit → facts; empty when there is no usable cache."""
    try:
        seal, _, body = cache_path(repository).read_bytes().partition(b"\n")
        if seal != _seal(repository, body):
            return {}
        return {commit: _facts(told) for commit, told in json.loads(body).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_cache(repository: Repository, facts: Mapping[str, Facts]) -> None:
    """Whole or not at all. Where git's folder cannot be written to, the next run starts anew."""
    told = {
        commit: [[" ".join(map(str, key)) for key in keys] for keys in (one.added, one.removed, one.renamed)]
        for commit, one in facts.items()
    }
    body = json.dumps(told, separators=(",", ":")).encode("ascii")
    path = cache_path(repository)
    try:
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(repository, body) + b"\n" + body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _seal(repository: Repository, body: bytes) -> bytes:
    head = f"{VERSION} {repository.prefix}\n".encode("utf-8", errors="surrogateescape")
    return sha256(head + body).hexdigest().encode("ascii")


def _facts(told: Any) -> Facts:
    added, removed, renamed = told
    return Facts(_keys(added), _keys(removed), tuple((former, new) for former, new in _words(renamed)))


def _keys(told: Iterable[str]) -> tuple[EntryKey, ...]:
    return tuple(EntryKey(person, step, day, int(n)) for person, step, day, n in _words(told))


def _words(told: Iterable[str]) -> Iterable[list[str]]:
    return (text.split(" ") for text in told)
