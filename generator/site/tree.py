"""A generated folder: exactly the files given, each written only if its bytes differ, atomically."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import write_atomically
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
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        write_atomically(path, content)
    except OSError as error:
        raise JishiError(f"无法写入 {path}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error
    return True


def sync(folder: Path, files: Iterable[tuple[str, bytes]]) -> Changes:
    """Make `folder` hold exactly `files` (relative path, content); what is not among them is deleted, once all are there.

    Each is written as it comes, so that no more than one need be in memory.
    """
    wanted, written, deleted = set(), 0, 0
    for name, content in files:
        wanted.add(folder / name)
        written += write_changed(folder / name, content)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
            deleted += 1
    return Changes(written, len(wanted) - written, deleted)
