"""The Markdown of a tiny repository, word for word: a change of a page is seen as a change of a file under review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.pages import internal_markdown, public_markdown
from tests.site.repository import TINY, write_records

GOLDEN = Path(__file__).parent / "golden"
PUBLIC = ("index.md", "manuals/index.md", "calculator.md", "roles/applicant.md", "news.md")
INTERNAL = ("desk/index.md", "checklists/wx-ug.md", "desk/statistics.md")


def test_pages_are_as_expected(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    root = write_records(tmp_path, TINY)
    public, internal = public_markdown(root), internal_markdown(root)
    made = {f"public/{n}": public[n] for n in PUBLIC} | {f"internal/{n}": internal[n] for n in INTERNAL}
    if request.config.getoption("--update-golden"):
        for name, text in made.items():
            path = GOLDEN / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    expected = {p.relative_to(GOLDEN).as_posix(): p.read_text(encoding="utf-8") for p in GOLDEN.rglob("*.md")}
    assert made == expected
