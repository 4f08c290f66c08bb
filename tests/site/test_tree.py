from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.atomic import DRAFT
from generator.diagnostics import JishiError
from generator.site.settings import SiteFolders
from generator.site.tree import Changes, sync, write_changed
from tests.site.pages import public_markdown, texts
from tests.site.repository import TINY, write_records


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


def test_what_an_interrupted_run_left_behind_goes(tmp_path: Path) -> None:
    rest = tmp_path / f"{DRAFT}1" / "0"
    rest.parent.mkdir()
    rest.write_bytes(b"half")
    assert sync(tmp_path, {"a.md": b"1"}.items()) == Changes(1, 0, 1)
    assert [p.name for p in tmp_path.rglob("*")] == ["a.md"]


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
    assert not [path for path in docs.docs.rglob("*") if path.name.startswith(DRAFT)]
    (own / "about.md.j2").unlink()
    assert "另一种写法" in "".join(public_markdown(tmp_path).values())
