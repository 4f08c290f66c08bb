"""`--branch`: of people elsewhere only the name, the branch and the standing relied on."""

from __future__ import annotations

from pathlib import Path

from generator.audit.audit import run_audit
from tests.site.pages import DAY, internal_markdown
from tests.site.repository import copy_demo

MINE = "cs-ug1"


def test_a_branch_build_holds_nothing_of_others_but_names(tmp_path: Path) -> None:
    root = copy_demo(tmp_path)
    pages = internal_markdown(root, MINE)
    assert [name for name in pages if name.startswith(("checklists/", "manuals/"))] == [
        "checklists/cs-ug1.md",
        "checklists/index.md",
        "manuals/cs-ug1.md",
        "manuals/index.md",
    ]
    text = "\n".join(pages.values())
    audit = run_audit(root, DAY)
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


def test_the_whole_build_counts_everybody_once(tmp_path: Path) -> None:
    root = copy_demo(tmp_path)
    pages = internal_markdown(root)
    audit = run_audit(root, DAY)
    assert len(audit.assessments) > 100
    for person in audit.corpus.people.values():
        page = pages[f"checklists/{person.branch}.md"]
        assert page.count(f"{{: #p-{person.id} ") == 1
    assert f"共 {len(audit.assessments)} 人" in pages["desk/statistics.md"]
