"""A new site takes the place of the old one, also where the folder itself cannot be moved."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import JishiError
from generator.site.swap import swap


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of two pages and a dot file, and a new one of two others."""
    for name in ("site/index.html", "site/gone/index.html", "site/.gitignore"):
        _write(tmp_path / name, "old")
    for name in ("build/.site/index.html", "build/.site/fresh/index.html"):
        _write(tmp_path / name, "new")
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _swap(root: Path) -> None:
    swap(root / "build" / ".site", root / "site", root / "build" / ".site-old")


def _content(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


RENEWED = {".gitignore": "old", "index.html": "new", "fresh/index.html": "new"}


def _immovable(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """As a mount point: what is in it can be moved, it cannot."""
    rename = Path.rename

    def refuse(self: Path, target: Any) -> Path:
        if self in folders or Path(target) in folders:
            raise OSError(errno.EBUSY, "Device or resource busy", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)


def test_the_folder_is_exchanged(root: Path) -> None:
    _swap(root)
    assert _content(root / "site") == RENEWED
    assert list((root / "build").iterdir()) == []


def test_a_mount_point_gets_the_new_content(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _immovable(monkeypatch, root / "site")
    before = (root / "site").stat().st_ino
    _swap(root)
    assert _content(root / "site") == RENEWED
    assert (root / "site").stat().st_ino == before
    assert list((root / "build").iterdir()) == []


def test_a_new_site_on_another_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one can be moved away, but the new one not into its place."""
    _immovable(monkeypatch, root / "build" / ".site")
    _swap(root)
    assert _content(root / "site") == RENEWED


def test_a_first_site_on_another_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(root / "site")
    _immovable(monkeypatch, root / "build" / ".site")
    _swap(root)
    assert _content(root / "site") == {"index.html": "new", "fresh/index.html": "new"}


def test_a_link_stays_a_link(root: Path) -> None:
    (root / "site").rename(root / "elsewhere")
    (root / "site").symlink_to("elsewhere")
    _swap(root)
    assert (root / "site").is_symlink()
    assert _content(root / "elsewhere") == RENEWED


def test_a_checkout_in_the_folder_stays(root: Path) -> None:
    _write(root / "site" / ".git" / "HEAD", "ref")
    _swap(root)
    assert _content(root / "site") == {**RENEWED, ".git/HEAD": "ref"}


def test_a_page_that_cannot_be_moved_leaves_the_others(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _content(root / "site")
    _immovable(monkeypatch, root / "site", root / "site" / "index.html")
    with pytest.raises(JishiError, match="挂载点"):
        _swap(root)
    assert _content(root / "site") == before


def test_a_full_disk_leaves_the_old_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _content(root / "site")
    _immovable(monkeypatch, root / "site")

    def full(*args: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(JishiError, match="磁盘已满"):
        _swap(root)
    assert _content(root / "site") == before
