"""Replaces many files as one act: all of them or none, also when the machine stops half-way.

All drafts are written first; then a journal that names them; then they take the places of the old files. Without a journal
drafts count for nothing; with one the act is done and only has to be finished.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from generator.diagnostics import JishiError

JOURNAL = ".resealing.json"
_NEXT_JOURNAL = ".resealing.json.new"
_DRAFT = ".resealing-"
_FILES = "*/*/people/*.age"
_DRAFTS = f"*/*/people/{_DRAFT}*"


@contextmanager
def sole_writer(data: Path) -> Iterator[None]:
    """Nobody else seals meanwhile; what an earlier run left is finished or cleared away first. Raises `JishiError`."""
    handle = os.open(data, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JishiError("另一个 jishi seal 或 jishi rekey 正在进行", "请等它结束后再运行。") from None
        finish(data)
        yield
    finally:
        os.close(handle)


def replace_all(data: Path, contents: Mapping[Path, bytes]) -> None:
    """Gives every file below `data` its new content.

    Raises `OSError`: before the journal is written all files are as they were; after that the next writer finishes the act.
    """
    names = [path.relative_to(data).as_posix() for path in contents]
    try:
        for path, content in contents.items():
            _write(_draft(path), content)
        _write(data / _NEXT_JOURNAL, json.dumps(names).encode())
        (data / _NEXT_JOURNAL).replace(data / JOURNAL)
    except BaseException:
        _clear(data)
        raise
    finish(data)


def finish(data: Path) -> None:
    """Completes what a journal names, or clears away drafts that came to nothing. Raises `OSError`; it can be tried again then."""
    journal = data / JOURNAL
    try:
        names = json.loads(journal.read_bytes())
    except FileNotFoundError:
        _clear(data)
        return
    for name in names:
        if not PurePosixPath(name).match(_FILES) or ".." in name:  # a journal may come with a repository from elsewhere
            continue
        with suppress(FileNotFoundError):  # in its place already
            _draft(data / name).replace(data / name)
    journal.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _clear(data: Path) -> None:
    (data / _NEXT_JOURNAL).unlink(missing_ok=True)
    for draft in data.glob(_DRAFTS):
        draft.unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_name(_DRAFT + path.name)
