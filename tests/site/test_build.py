"""Building: strict, whole or not at all, in this repository and elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.site.pages import internal_markdown, public_markdown
from tests.site.repository import PROJECT, TINY, copy_blanks, jishi, write_records


def test_the_demo_builds_and_the_ignore_file_of_site_survives(public_demo: Path) -> None:
    assert (public_demo / "site" / "index.html").is_file()
    assert (public_demo / "site" / ".gitignore").read_text(encoding="utf-8").endswith("!.gitignore\n")


def test_a_repository_without_mkdocs_yml_builds(internal_demo: Path) -> None:
    assert (internal_demo / "build" / "internal" / "site" / "desk" / "index.html").is_file()
    assert not (internal_demo / "site").exists()


def test_an_unchanged_rebuild_writes_no_page(tmp_path: Path) -> None:
    root = write_records(tmp_path, TINY)
    first = public_markdown(root)
    docs = root / "build" / "public" / "docs"
    times = {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    assert len(times) == len(first) > 10
    assert public_markdown(root) == first
    assert {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")} == times


def test_a_warning_fails_the_build_and_leaves_the_old_site(tmp_path: Path, public_demo: Path) -> None:
    root = write_records(tmp_path, TINY)
    copy_blanks(public_demo, root)
    about = root / "site" / "about" / "index.html"
    about.parent.mkdir(parents=True)
    about.write_text("关于", encoding="utf-8")
    own = root / "templates" / "site" / "public" / "about.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# 关于\n\n[没有的页](nowhere.md)\n", encoding="utf-8")
    result = jishi(root, "site")
    assert result.returncode == 2
    assert "MkDocs" in result.stderr
    assert "nowhere.md" in result.stderr
    assert "Traceback" not in result.stderr
    assert about.read_text(encoding="utf-8") == "关于"
    assert [path.name for path in (root / "site").iterdir()] == ["about"]
    assert not (root / "build" / "public" / ".site").exists()


def test_a_template_beside_the_records_comes_first(tmp_path: Path) -> None:
    root = write_records(tmp_path, {**TINY, "../templates/site/public/about.md.j2": "# 关于本校手册\n"})
    assert "关于本校手册" in public_markdown(root)["about.md"]


def test_plain_mkdocs_after_an_internal_build_publishes_nothing_internal(tmp_path: Path) -> None:
    root = write_records(tmp_path, TINY)
    shutil.copy(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
    public_markdown(root)
    assert {"desk/index.md", "checklists/wx-ug.md"} <= internal_markdown(root).keys()
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    published = {path.relative_to(root / "site").parts[0] for path in (root / "site").rglob("*.html")}
    assert {"manuals", "procedure"} <= published
    assert not {"desk", "checklists"} & published


def test_faulty_structure_stops_the_public_site_with_its_place(tmp_path: Path) -> None:
    root = write_records(tmp_path, {**TINY, "wx/wx-ug/branch.yaml": "name: 本科生党支部\nkind: nonsense\n"})
    result = jishi(root, "site")
    assert result.returncode == 2
    assert "data/wx/wx-ug/branch.yaml 第 2 行" in result.stderr


def test_an_unknown_branch_is_named_with_those_there_are(tmp_path: Path) -> None:
    root = write_records(tmp_path, TINY)
    result = jishi(root, "site", "--branch", "wx-pg")
    assert result.returncode == 2
    assert "wx-ug" in result.stderr


def test_a_config_that_reaches_other_pages_is_refused(tmp_path: Path, public_demo: Path) -> None:
    root = write_records(tmp_path, TINY)
    copy_blanks(public_demo, root)
    (root / "mkdocs.yml").write_text("INHERIT: build/public/nav.yml\ndocs_dir: build/internal/docs\n", encoding="utf-8")
    result = jishi(root, "site")
    assert result.returncode == 2
    assert "docs_dir: build/public/docs" in result.stderr
    assert not (root / "site").exists()
