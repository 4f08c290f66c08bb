"""A generated folder: exactly the files given, each written only if its bytes differ, and none before all have come."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import DRAFT, write_atomically
from generator.diagnostics import JishiError
from generator.os_errors import reason


@dataclass(frozen=True, slots=True)
class Changes:
    """What `sync` did, in numbers of files; drafts are not counted."""

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
    """Make `folder` hold exactly `files` (relative path, content).

    What differs is put aside beside the folder as it comes, so that no more than one need be in memory. When the last has come, what
    is not wanted is deleted and the drafts take their places: should `files` raise, the folder is as it was. What is refused after
    that leaves a part of either; the next run makes it whole. Raises JishiError when something cannot be written or deleted.
    """
    folder = Path(os.path.realpath(folder))
    wanted: set[Path] = set()
    drafts: dict[Path, Path] = {}
    aside = folder.with_name(f"{DRAFT}{folder.name}-{os.getpid()}")
    _forget_dead_runs(folder)
    try:
        for number, (name, content) in enumerate(files):
            path = folder / name
            wanted.add(path)
            drafts.pop(path, None)
            with _writing(path):
                if os.path.realpath(path) != str(path) or not _has(path, content):
                    drafts[path] = aside / str(number)
                    write_atomically(drafts[path], content)
        deleted = _delete_all_but(wanted, folder)
        for path, draft in drafts.items():
            with _writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Changes(len(drafts), len(wanted) - len(drafts), deleted)


def _forget_dead_runs(folder: Path) -> None:
    """Delete what a run that was killed had put aside for this folder."""
    for path in folder.parent.glob(f"{DRAFT}*") if folder.parent.is_dir() else ():
        name = re.fullmatch(rf"{re.escape(DRAFT + folder.name)}-(\d+)", path.name)
        if name is not None and not _runs(int(name[1])):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether somebody else may still be at it."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _delete_all_but(wanted: set[Path], folder: Path) -> int:
    """How many files were deleted. What stands where a folder is needed goes, too; links are not followed."""
    needed = {parent for path in wanted for parent in path.parents}
    deleted = 0
    for place, folders, files in os.walk(folder, topdown=False, onerror=_unreadable):
        for path in (Path(place, name) for name in (*files, *folders)):
            is_folder = path.is_dir() and not path.is_symlink()
            if path in (needed if is_folder else wanted):
                continue
            # Another run may have been here before.
            with _writing(path, "删除"), suppress(FileNotFoundError):
                if is_folder:
                    path.rmdir()
                else:
                    path.unlink()
                    deleted += 1
    return deleted


def _unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        with _writing(Path(error.filename), "读取"):
            raise error


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


@contextmanager
def _writing(path: Path, what: str = "写入") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JishiError(f"无法{what} {path}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error
