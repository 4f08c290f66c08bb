"""Names and notes that try to be markup come out as text, on every page of the internal site."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from tests.site.repository import BRANCH, COMMITTEE, ORGANISATION, jishi, write_records

NAME = "<script>alert(1)</script>|`x`{{ 7*7 }}[y](javascript:z)\u202e"
NOTE = "</td></tr></table><img src=x onerror=alert(2)> *a* | b\n\n# c"
PERSON = {"name": NAME, "born": "2004-03-09", "category": "undergraduate"}
LOG = [{"step": "apply", "date": "2026-10-08", "received": "2026-10-09", "note": NOTE, "materials": ["M01"]}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    branch = BRANCH.replace("本科生党支部", '"本科生<b onclick=q>支部</title><script>"')
    root = write_records(
        tmp_path_factory.mktemp("hostile"),
        {
            "organisation.yaml": ORGANISATION,
            "wx/committee.yaml": COMMITTEE,
            "wx/wx-ug/branch.yaml": branch,
            "wx/wx-ug/people/2024010101.yaml": yaml_of({**PERSON, "log": LOG}),
        },
    )
    result = jishi(root, "site", "--internal")
    assert result.returncode == 0, result.stderr
    return root / "build" / "internal" / "site"


def yaml_of(value: dict[str, object]) -> str:
    """JSON is YAML, and quotes whatever there is."""
    return "\n".join(f"{key}: {json.dumps(part, ensure_ascii=True)}" for key, part in value.items()) + "\n"


def test_no_page_gains_an_element(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b onclick" not in text
        assert "javascript:z" not in re.sub(r"\[y\]\(javascript:z\)", "", html.unescape(text))
        assert "\u202e" not in text
        assert "49" not in re.findall(r"p-2024010101[^<]*", text)


def test_the_text_itself_is_there(site: Path) -> None:
    text = html.unescape((site / "checklists" / "wx-ug" / "index.html").read_text(encoding="utf-8"))
    assert NAME.replace("\u202e", "〔U+202E〕") in text
    assert " ".join(NOTE.split()) in text
