"""A folder that is there in full or not at all, readable by its owner alone."""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.owner_only import FILE, FOLDER


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A hidden folder beside `target` to write into; at the end it takes the target's place, and only then the old one goes.

    On any exception, Ctrl-C included, the old one stays and the hidden folder is removed. Raises `OSError`.
    """
    target.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.old")
    _recover(target, aside)
    prefix = f".{target.name}.new-"
    for path in target.parent.glob(f"{glob.escape(prefix)}*"):
        _remove_unless_in_use(path)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=prefix))
    handle = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield draft
        _keep_private(draft)
        _exchange(draft, target, aside)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(handle)
    shutil.rmtree(aside, ignore_errors=True)


def _recover(target: Path, aside: Path) -> None:
    """After a run that was killed between its two last moves, the old folder is the only whole one."""
    if aside.is_dir() and not target.exists():
        aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _remove_unless_in_use(draft: Path) -> None:
    """What a run that was killed has left names people; a run that is still at it holds a lock on its folder."""
    try:
        handle = os.open(draft, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(draft, ignore_errors=True)
    except OSError:
        return
    finally:
        os.close(handle)


def _keep_private(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(FOLDER if path.is_dir() else FILE)
    folder.chmod(FOLDER)


def _exchange(draft: Path, target: Path, aside: Path) -> None:
    there = target.exists()
    if there:
        target.rename(aside)
    try:
        draft.rename(target)
    except BaseException:
        if there:
            aside.rename(target)
        raise
