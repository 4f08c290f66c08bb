"""The list of a branch says what to look for in the originals that its people have."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

from generator.definitions.load import load_definitions
from generator.views.paper_checks import all_checks
from tests.site.pages import internal_markdown

CASES = Path(__file__).parents[1] / "cases"


def test_the_list_of_a_branch_says_what_to_look_for_on_paper(tmp_path: Path) -> None:
    shutil.copytree(CASES / "_college" / "data", tmp_path / "data")
    shutil.copy(CASES / "_college" / "story.yaml", tmp_path / "data/cs/ug-1/people/2020000001.yaml")
    pages = internal_markdown(tmp_path)
    page = unescape(pages["checklists/ug-1.md"])
    definitions = load_definitions()
    held = set(re.findall(r"M[0-9][0-9A-Z]", (CASES / "_college" / "story.yaml").read_text(encoding="utf-8")))
    papers = {code: each for code, each in definitions.materials.items() if code in held}
    lines = all_checks(papers, definitions.look)
    assert len(lines) > 30
    assert all(f"<td>{line.text}</td>" in page for line in lines)
    named = re.search(r"翻阅原件核对</a>：([^<]*)。</p>", page)
    assert named
    assert named[1].split("、") == [code for code, each in papers.items() if each.look]
    empty = [name for name in pages if name.startswith("checklists/") and name not in ("checklists/ug-1.md", "checklists/index.md")]
    assert empty
    assert all("翻阅原件核对" not in pages[name] for name in empty)
