"""Puts a new site in the place of the old one; what begins with a dot is the user's and stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.diagnostics import JishiError
from generator.os_errors import reason

_INCOMING, _OUTGOING = ".jishi-new", ".jishi-old"


def swap(new: Path, old: Path, aside: Path) -> None:
    """`new` becomes `old`; `aside` is a free place beside `new`. Raises JishiError when the system refuses.

    The folder itself is exchanged where that is possible, so that nobody meets half a site. A mount point cannot be
    exchanged, a link or a folder with hidden folders (a checkout of git) must not be: there the content is.
    """
    try:
        shutil.rmtree(aside, ignore_errors=True)
        if (
            old.is_symlink()
            or (old.is_dir() and any(path.is_dir() for path in old.glob(".*")))
            or not _exchange(new, old, aside)
        ):
            _exchange_content(new, old)
    except shutil.Error as error:
        raise JishiError(f"无法更新 {old}：新网站没有复制完", "请检查文件夹的权限和磁盘空间。") from error
    except OSError as error:
        raise JishiError(f"无法更新 {old}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error
    shutil.rmtree(new, ignore_errors=True)


def _exchange(new: Path, old: Path, aside: Path) -> bool:
    """False, with everything as before, when the folder cannot be moved."""
    hidden = [path for path in old.glob(".*") if path.is_file()] if old.is_dir() else []
    for path in hidden:
        shutil.copy2(path, new / path.name)
    old.parent.mkdir(parents=True, exist_ok=True)
    there = old.is_dir()
    try:
        if there:
            old.rename(aside)
    except OSError:
        return False
    try:
        new.rename(old)
    except OSError:
        if there:
            aside.rename(old)
        else:
            old.mkdir()
        return False
    shutil.rmtree(aside, ignore_errors=True)
    return True


def _exchange_content(new: Path, old: Path) -> None:
    """Everything is copied in first: a full disk leaves the old site whole. Then names are exchanged one by one."""
    incoming, outgoing = old / _INCOMING, old / _OUTGOING
    for rest in (incoming, outgoing):
        shutil.rmtree(rest, ignore_errors=True)
    try:
        shutil.copytree(new, incoming, ignore=lambda folder, names: _hidden(names) if Path(folder) == new else ())
        outgoing.mkdir()
        for path in sorted(old.iterdir()):
            if not path.name.startswith("."):
                path.rename(outgoing / path.name)
        for path in sorted(incoming.iterdir()):
            path.rename(old / path.name)
    except OSError:
        _put_back(outgoing, old)
        raise
    finally:
        for rest in (incoming, outgoing):
            shutil.rmtree(rest, ignore_errors=True)


def _put_back(outgoing: Path, old: Path) -> None:
    for path in outgoing.iterdir() if outgoing.is_dir() else ():
        if not (old / path.name).exists():
            path.rename(old / path.name)


def _hidden(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".")]
