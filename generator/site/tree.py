"""A generated folder: exactly the files given, each written only if its bytes differ, and all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import DRAFT, write_atomically
from generator.diagnostics import JishiError
from generator.os_errors import reason


@dataclass(frozen=True, slots=True)
class Changes:
    """What `sync` did, in numbers of files."""

    written: int
    unchanged: int
    deleted: int


def write_changed(path: Path, content: bytes) -> bool:
    """Give `path` this content; False when it already had it. Raises JishiError when it cannot be written."""
    with _writing(path):
        if _has(path, content):
            return False
        write_atomically(path, content)
    return True


def sync(folder: Path, files: Iterable[tuple[str, bytes]]) -> Changes:
    """Make `folder` hold exactly `files` (relative path, content); what is not among them is deleted, once all are there.

    What differs is put aside as it comes, so that no more than one need be in memory, and takes its place when the last one has
    come: should `files` raise, the folder is as it was.
    """
    wanted: set[Path] = set()
    drafts: dict[Path, Path] = {}
    aside = folder / f"{DRAFT}{os.getpid()}"
    try:
        for number, (name, content) in enumerate(files):
            path = folder / name
            wanted.add(path)
            drafts.pop(path, None)
            with _writing(path):
                if not _has(path, content):
                    drafts[path] = aside / str(number)
                    write_atomically(drafts[path], content)
        for path, draft in drafts.items():
            with _writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    deleted = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
            deleted += 1
    return Changes(len(drafts), len(wanted) - len(drafts), deleted)


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JishiError(f"无法写入 {path}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error
