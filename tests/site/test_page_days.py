"""At the foot of a page stands the day of the last commit that changed what it is made from; never who made it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.site.pages import internal_markdown, public_markdown
from tests.site.repository import BRANCH, TINY, write_records

OTHER = {"wx/wx-pg/branch.yaml": BRANCH.replace("本科生", "研究生").replace("undergraduate", "postgraduate")}
PERSON = "wx/wx-ug/people/2024010101.yaml"
FOOT = '<p class="changed" data-search-exclude>本页内容最后修改：{}</p>'


def commit(root: Path, day: str) -> None:
    who = {"NAME": "录入员某", "EMAIL": "someone@example.invalid", "DATE": f"{day}T10:00:00+08:00"}
    identity = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    for command in (["add", "-A"], ["commit", "-q", "-m", day]):
        subprocess.run(["git", *command], cwd=root, env={**os.environ, **identity}, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_records(tmp_path, {**TINY, **OTHER})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    commit(tmp_path, "2026-10-10")
    return tmp_path


def test_a_manual_has_the_day_of_its_branch(root: Path) -> None:
    (root / "data" / "wx" / "wx-ug" / "branch.yaml").write_text(BRANCH.replace("201", "202"), encoding="utf-8")
    commit(root, "2026-11-02")
    (root / "data" / PERSON).write_text(TINY[PERSON] + "# 一\n", encoding="utf-8")
    commit(root, "2026-11-05")
    pages = public_markdown(root)
    assert FOOT.format("2026年11月2日") in pages["manuals/wx-ug.md"]
    assert FOOT.format("2026年10月10日") in pages["manuals/wx-pg.md"]
    # What came with the program is not in this history.
    assert "最后修改" not in pages["procedure/admission.md"]
    assert "录入员某" not in "\n".join(pages.values())
    inside = internal_markdown(root)
    assert FOOT.format("2026年11月5日") in inside["checklists/wx-ug.md"]
    assert FOOT.format("2026年10月10日") in inside["checklists/wx-pg.md"]


def test_a_definition_of_ones_own_dates_the_pages_it_is_on(root: Path) -> None:
    own = root / "templates" / "site" / "public" / "phase.md.j2"
    own.parent.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates" / "site" / "public" / "phase.md.j2"
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    commit(root, "2026-11-08")
    pages = public_markdown(root)
    assert FOOT.format("2026年11月8日") in pages["procedure/admission.md"]
    assert "最后修改" not in pages["glossary.md"]


def test_nothing_without_git(tmp_path: Path) -> None:
    pages = public_markdown(write_records(tmp_path, TINY))
    assert len(pages) > 30
    assert "最后修改" not in "\n".join(pages.values())
