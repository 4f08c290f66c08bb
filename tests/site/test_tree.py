from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.atomic import DRAFT
from generator.diagnostics import JishiError
from generator.site.settings import SiteFolders
from generator.site.tree import Changes, sync, write_changed
from tests.site.pages import public_markdown, texts
from tests.site.repository import PROJECT, TINY, write_records


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_differs_is_written_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    assert sync(tmp_path, {"a.md": b"1", "x/b.md": b"2"}.items()) == Changes(2, 0, 0)
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert sync(tmp_path, {"a.md": b"1", "x/c.md": b"3"}.items()) == Changes(1, 1, 1)
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.md", "x", "x/c.md"]


def test_when_the_files_cease_to_come_the_folder_is_as_it_was(tmp_path: Path) -> None:
    sync(tmp_path, {"a.md": b"1", "x/b.md": b"2"}.items())

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "a.md", b"new"
        yield "y/c.md", b"3"
        raise JishiError("模板有错")

    with pytest.raises(JishiError, match="模板有错"):
        sync(tmp_path, broken())
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["a.md", "x", "x/b.md"]
    assert (tmp_path / "a.md").read_bytes() == b"1"


def test_of_a_file_given_twice_the_last_counts(tmp_path: Path) -> None:
    sync(tmp_path, {"a.md": b"1"}.items())
    assert sync(tmp_path, [("a.md", b"2"), ("a.md", b"1")]) == Changes(0, 1, 0)
    assert (tmp_path / "a.md").read_bytes() == b"1"
    assert sync(tmp_path, [("a.md", b"2"), ("a.md", b"3")]) == Changes(1, 0, 0)
    assert (tmp_path / "a.md").read_bytes() == b"3"


def test_what_a_killed_run_put_aside_goes_and_is_not_counted(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    others = (f"{DRAFT}docs-{os.getppid()}", f"{DRAFT}theme-{gone.pid}", f"{DRAFT}docs-old")
    for name in (f"{DRAFT}docs-{gone.pid}", f"{DRAFT}docs-{os.getpid()}", *others):
        (tmp_path / name).mkdir()
        (tmp_path / name / "0").write_bytes(b"half")
    assert sync(tmp_path / "docs", {"a.md": b"1"}.items()) == Changes(1, 0, 0)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted((*others, "docs"))
    assert [p.name for p in (tmp_path / "docs").iterdir()] == ["a.md"]


def test_a_run_at_the_same_time_leaves_the_drafts_of_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    sync(folder, {"a.md": b"1"}.items())
    other = "from pathlib import Path; from generator.site.tree import sync; sync(Path({0!r}), [('a.md', b'3'), ('b.md', b'3')])"

    def files() -> Iterator[tuple[str, bytes]]:
        yield "a.md", b"2"
        subprocess.run([sys.executable, "-c", other.format(str(folder))], check=True, cwd=PROJECT)
        assert (folder / "a.md").read_bytes() == b"3"
        yield "x/c.md", b"2"

    assert sync(folder, files()) == Changes(2, 0, 1)
    assert contents(folder) == {"a.md": b"2", "x/c.md": b"2"}


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    sync(tmp_path / "docs", {"a/b.md": b"1", "c": b"1"}.items())
    assert sync(tmp_path / "docs", {"a": b"2", "c/d.md": b"2"}.items()) == Changes(2, 0, 2)
    assert contents(tmp_path / "docs") == {"a": b"2", "c/d.md": b"2"}


def test_what_links_lead_to_is_left_alone(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "docs"
    outside.mkdir()
    folder.mkdir()
    for name in ("a.md", "b.md"):
        (outside / name).write_bytes(b"1")
    (folder / "x").symlink_to(outside)
    (folder / "b.md").symlink_to(outside / "b.md")
    assert sync(folder, {"x/a.md": b"1", "b.md": b"1"}.items()).written == 2
    assert not (folder / "x").is_symlink()
    assert not (folder / "b.md").is_symlink()
    assert contents(folder) == {"x/a.md": b"1", "b.md": b"1"}
    assert contents(outside) == {"a.md": b"1", "b.md": b"1"}


@pytest.mark.parametrize("call", ["unlink", "rmdir"])
def test_a_refused_deletion_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    sync(tmp_path / "docs", {"x/b.md": b"1"}.items())

    def refuse(self: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, call, refuse)
    with pytest.raises(JishiError, match=r"无法删除 .*x.*没有权限"):
        sync(tmp_path / "docs", {"a.md": b"1"}.items())


def test_what_is_already_gone_need_not_be_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(tmp_path / "docs", {"x/b.md": b"1"}.items())
    unlink = Path.unlink

    def another_was_first(self: Path) -> None:
        unlink(self)
        unlink(self)

    monkeypatch.setattr(Path, "unlink", another_was_first)
    assert sync(tmp_path / "docs", {"a.md": b"1"}.items()) == Changes(1, 0, 0)
    assert contents(tmp_path / "docs") == {"a.md": b"1"}


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


def test_a_faulty_template_leaves_the_pages_as_they_were(tmp_path: Path) -> None:
    write_records(tmp_path, TINY)
    before = public_markdown(tmp_path)
    own = tmp_path / "templates" / "site" / "public"
    own.mkdir(parents=True)
    # One page would change, and one after it cannot be drawn.
    (own / "glossary.md.j2").write_text("# 另一种写法\n", encoding="utf-8")
    (own / "about.md.j2").write_text("# 关于\n\n{{ library.nobody }}\n", encoding="utf-8")
    with pytest.raises(JishiError, match=r"about\.md\.j2.*第 3 行"):
        public_markdown(tmp_path)
    docs = SiteFolders(tmp_path, "public")
    assert texts(docs) == before
    assert not [path for path in docs.build.rglob("*") if path.name.startswith(DRAFT)]
    (own / "about.md.j2").unlink()
    assert "另一种写法" in "".join(public_markdown(tmp_path).values())
