from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import JishiError
from generator.site.tree import Changes, sync, write_changed


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    assert sync(tmp_path, {"a.md": b"1", "x/b.md": b"2"}.items()) == Changes(2, 0, 0)
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert sync(tmp_path, {"a.md": b"1", "x/c.md": b"3"}.items()) == Changes(1, 1, 1)
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.md", "x", "x/c.md"]


def test_empty_folders_go(tmp_path: Path) -> None:
    sync(tmp_path, {"x/y/b.md": b"2"}.items())
    sync(tmp_path, {"a.md": b"1"}.items())
    assert [p.name for p in tmp_path.rglob("*")] == ["a.md"]


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(JishiError, match="无法写入"):
        write_changed(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]
