"""`--branch`: of people elsewhere only the name, the branch and the standing relied on."""

from __future__ import annotations

import gzip
import html
import zipfile
from pathlib import Path

import pytest

from generator.audit.audit import Audit, run_audit
from generator.site.settings import SiteFolders
from tests.once import once
from tests.site.pages import DAY, texts
from tests.site.repository import PROJECT, copy_demo, jishi

MINE = "cs-ug1"


@pytest.fixture(scope="module")
def branch_demo(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """A copy of the demo with the internal site of one branch built."""

    def build(root: Path) -> None:
        result = jishi(copy_demo(root, own_config=False, blanks=public_demo), "site", "--internal", "--branch", MINE)
        assert result.returncode == 0, result.stderr

    return once(tmp_path_factory, "branch", build)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return run_audit(PROJECT, DAY)


def test_a_branch_build_holds_nothing_of_others_but_names(branch_demo: Path, audit: Audit) -> None:
    pages = texts(SiteFolders(branch_demo, "internal"))
    assert [name for name in pages if name.startswith(("checklists/", "manuals/"))] == [
        "checklists/cs-ug1.md",
        "checklists/index.md",
        "manuals/cs-ug1.md",
        "manuals/index.md",
    ]
    text = "\n".join(pages.values())
    others = [p for p in audit.corpus.people.values() if p.branch != MINE]
    assert len(others) > 50
    assert [p.id for p in others if p.id in text] == []
    assert [p.born for p in others if p.born and p.born.isoformat() in text] == []
    folders = {branch.path.rpartition("/")[0] + "/" for branch in audit.corpus.branches.values() if branch.id != MINE}
    assert [folder for folder in folders if folder in text] == []
    mentioned = [p for p in others if p.name in text]
    for person in mentioned:
        branch = audit.corpus.branches[person.branch].name
        assert f"{person.name}（{branch}）" in text


def test_no_file_of_a_branch_build_tells_more_of_others(branch_demo: Path, audit: Audit) -> None:
    """Everything that is published is read: pages, search index, drawings, calendars, spreadsheets."""
    site = branch_demo / "build" / "internal" / "site"
    files = [path for path in site.rglob("*") if path.is_file() and "assets" not in path.relative_to(site).parts]
    assert {f"exports/{MINE}.ics", f"exports/{MINE}.xlsx", "search/search_index.json"} <= {
        path.relative_to(site).as_posix() for path in files
    }
    assert [path.name for path in (site / "exports").iterdir() if path.stem != MINE] == []
    others = [person for person in audit.corpus.people.values() if person.branch != MINE]
    mine = {person.name for person in audit.corpus.people.values() if person.branch == MINE}
    assert len(others) > 50
    assert len(files) > 20
    for path in files:
        text = plain(path)
        assert [person.id for person in others if person.id in text] == [], path
        for person in others:
            branch = audit.corpus.branches[person.branch].name
            if person.name not in mine and path.suffix == ".html":
                assert text.count(person.name) == text.count(f"{person.name}（{branch}）"), f"{path}: {person.name}"
            elif person.name not in mine and path.suffix in (".ics", ".xlsx"):
                assert person.name not in text, f"{path}: {person.name}"


def plain(path: Path) -> str:
    """What a reader of the file sees: references resolved, archives unpacked, folded lines joined, without the marks of segmenters."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    elif content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    text = content.replace(b"\r\n ", b"").decode("utf-8", errors="ignore")
    return html.unescape(text).replace("\u200b", "").replace("<wbr>", "")


def test_the_whole_build_counts_everybody_once(internal_demo: Path, audit: Audit) -> None:
    pages = texts(SiteFolders(internal_demo, "internal"))
    assert len(audit.assessments) > 100
    for person in audit.corpus.people.values():
        page = pages[f"checklists/{person.branch}.md"]
        assert page.count(f"{{: #p-{person.id} ") == 1
    assert f"共 {len(audit.assessments)} 人" in pages["desk/statistics.md"]
