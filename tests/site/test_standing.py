"""MkDocs is spared when it would make the very site that stands, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.site import build, standing
from generator.site.build import build_site
from generator.site.library import Library
from generator.site.open_library import open_structure
from generator.site.pages import PageSet
from generator.site.settings import SiteFolders
from tests.site.pages import DAY
from tests.site.repository import TINY, write_records

PAGES = ("index.md", "glossary.md", "manuals/cs.md")
OWN_CONFIG = "INHERIT: build/public/nav.yml\ndocs_dir: build/public/docs\nsite_dir: site\n"
Build = Callable[[Path], bool]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_structure(write_records(tmp_path_factory.mktemp("records"), TINY), DAY)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, library: Library) -> Build:
    """Builds the public site with something in the place of MkDocs; says whether that was asked."""
    asked: list[Path] = []

    def instead(folders: SiteFolders, as_of: date) -> None:
        asked.append(folders.site)
        for page in folders.docs.rglob("*.md"):
            target = folders.site / page.relative_to(folders.docs).with_suffix(".html")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.read_bytes())

    monkeypatch.setattr(build, "run_mkdocs", instead)

    def once(root: Path) -> bool:
        before, pages = len(asked), PageSet()
        pages.files |= {name: (root / name).read_bytes() for name in PAGES}
        build_site(SiteFolders(root, "public"), library, pages, lambda _: None)
        return len(asked) > before

    return once


@pytest.fixture
def root(tmp_path: Path, made: Build) -> Path:
    """A folder with pages, and a site of them that stands."""
    for name in PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# 支部\n", encoding="utf-8")
    assert made(tmp_path)
    assert len(list((tmp_path / "site").rglob("*.html"))) == len(PAGES)
    return tmp_path


def test_an_unchanged_site_is_left_as_it_is(root: Path, made: Build) -> None:
    before = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}
    assert not made(root)
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")} == before


def test_a_changed_page_makes_it_anew_once(root: Path, made: Build) -> None:
    (root / "index.md").write_text("# 党组\n", encoding="utf-8")
    assert made(root)
    assert not made(root)


def test_a_site_that_was_touched_is_made_anew(root: Path, made: Build) -> None:
    page = root / "site" / "glossary.html"
    page.unlink()
    assert made(root)
    assert page.is_file()
    when = page.stat().st_mtime_ns
    page.write_bytes(page.read_bytes().replace("支部".encode(), "党组".encode()))
    os.utime(page, ns=(when + 1_000_000, when + 1_000_000))
    assert made(root)
    (root / "site" / "more.html").write_text("", encoding="utf-8")
    assert made(root)


def test_what_the_user_keeps_in_the_folder_does_not_count(root: Path, made: Build) -> None:
    (root / "site" / ".gitignore").write_text("*\n", encoding="utf-8")
    assert not made(root)


def test_settings_theme_and_words_count(root: Path, made: Build) -> None:
    (root / "mkdocs.yml").write_text(OWN_CONFIG, encoding="utf-8")
    assert made(root)
    assert not made(root)
    (root / "mkdocs.yml").write_text(OWN_CONFIG + "site_url: https://example.edu/\n", encoding="utf-8")
    assert made(root)
    for name in ("site/words.txt", "theme/assets/jishi/base.css"):
        own = root / "templates" / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("党课 5\n", encoding="utf-8")
        assert made(root), name
        assert not made(root), name


@pytest.mark.parametrize("more", ["hooks: [own.py]\n", "plugins: [search, own]\n", "copyright: !ENV OWN\n"])
def test_a_config_that_brings_in_more_is_built_every_time(root: Path, made: Build, more: str) -> None:
    (root / "mkdocs.yml").write_text(OWN_CONFIG + more, encoding="utf-8")
    assert made(root)
    assert made(root)


def test_a_look_of_ones_own_is_built_every_time(root: Path, made: Build) -> None:
    own = root / "templates" / "site" / "look.yml"
    own.parent.mkdir(parents=True)
    own.write_text("theme: {name: material}\nhooks: [own.py]\n", encoding="utf-8")
    assert made(root)
    assert made(root)


def test_another_day_and_another_mkdocs_count(root: Path, made: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = SiteFolders(root, "public")
    assert standing.stands(folders, DAY)
    assert not standing.stands(folders, date(2026, 11, 22))
    monkeypatch.setattr(standing, "version", lambda name: "2.0")
    assert not standing.stands(folders, DAY)


def test_a_damaged_note_is_as_good_as_none(root: Path, made: Build) -> None:
    (root / "build" / "public" / ".stands").write_bytes(b"\xff\xfe")
    assert made(root)
    assert not made(root)
