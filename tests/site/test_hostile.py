"""Names and notes that try to be markup, script or formula come out as text: pages, titles, search index, exports, in the browser too."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.browser.served import serve
from tests.browser.test_site import opened, search
from tests.once import once
from tests.site.repository import BRANCH, COMMITTEE, ORGANISATION, copy_blanks, jishi, write_records

NAME = "<script>alert(1)</script>|`x`{{ 7*7 }}[y](javascript:z)\u202e"
NOTE = "</td></tr></table><img src=x onerror=alert(2)> *a* | b\n\n# c"
FORMULA = "=cmd|'/C calc'!A0"
COMMENT = (
    "<!-- ]]> --- {% include '/etc/passwd' %} ![p](http://example.invalid/p.png) {: onclick=alert(3) } </details></div>"
)
APPLIED = {"step": "apply", "date": "2026-10-08", "received": "2026-10-09", "materials": ["M01"]}
SHOWN_NAME = NAME.replace("\u202e", "〔U+202E〕")


def person(name: str, note: str) -> str:
    return yaml_of(
        {"name": name, "born": "2004-03-09", "category": "undergraduate", "log": [{**APPLIED, "note": note}]}
    )


def yaml_of(value: dict[str, object]) -> str:
    """JSON is YAML, and quotes whatever there is."""
    return "\n".join(f"{key}: {json.dumps(part, ensure_ascii=True)}" for key, part in value.items()) + "\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    branch = BRANCH.replace("本科生党支部", '"本科生<b onclick=q>支部</title><script>"')
    branch = branch.replace("文学楼 201", '"<svg onload=alert(4)>{{ 7*7 }}|`--- <!--"')
    files = {
        "organisation.yaml": ORGANISATION,
        "wx/committee.yaml": COMMITTEE,
        "wx/wx-ug/branch.yaml": branch,
        "wx/wx-ug/people/2024010101.yaml": person(NAME, NOTE),
        "wx/wx-ug/people/2024010102.yaml": person(FORMULA, COMMENT),
    }

    def build(root: Path) -> None:
        copy_blanks(public_demo, write_records(root, files))
        result = jishi(root, "site", "--internal")
        assert result.returncode == 0, result.stderr

    return once(tmp_path_factory, "hostile", build) / "build" / "internal" / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    yield from serve(site)


def test_no_page_gains_an_element(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for mark in ("<script>alert", "<img src=x", "<b onclick", "<svg onload", "<!-- ]]>", 'src="http', "root:x:0"):
            assert mark not in text, f"{page}: {mark}"
        assert handlers(text) == [], page
        assert "javascript:z" not in re.sub(r"\[y\]\(javascript:z\)", "", html.unescape(text))
        assert "\u202e" not in text
        for computed in ("49[y]", "49|`"):
            assert computed not in html.unescape(text), page


def handlers(page: str) -> list[str]:
    """Elements with an inline event handler."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(f"{tag} {name}" for name, _ in attrs if name.startswith("on"))

    Reader().feed(page)
    return found


def test_a_handler_is_noticed() -> None:
    assert handlers('<p onclick="a()">') == ["p onclick"]


def test_the_text_itself_is_there(site: Path) -> None:
    text = html.unescape((site / "checklists" / "wx-ug" / "index.html").read_text(encoding="utf-8"))
    for wanted in (SHOWN_NAME, " ".join(NOTE.split()), FORMULA, COMMENT):
        assert wanted in text
    manual = html.unescape((site / "manuals" / "wx-ug" / "index.html").read_text(encoding="utf-8"))
    assert "<svg onload=alert(4)>{{ 7*7 }}|`--- <!--" in manual


def test_the_search_index_holds_text_only(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    held = "".join(entry["title"] + entry["text"] for entry in index["docs"]).replace("\u200b", "")
    assert "alert(1)" in held
    assert not re.search(r"<(script|img|svg|b) ?[^>]*(alert|onclick|onerror|onload|>)", held)


def test_exports_hold_no_formula_and_no_forged_line(site: Path) -> None:
    with zipfile.ZipFile(site / "exports" / "wx-ug.xlsx") as archive:
        sheets = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert not any("<f>" in text or "<f " in text for text in sheets.values())
    assert not any("<hyperlink" in text for text in sheets.values())
    assert any("=cmd|" in html.unescape(text) for text in sheets.values())
    calendar = (site / "exports" / "wx-ug.ics").read_bytes().decode()
    known = re.compile(
        r"^(BEGIN|END|VERSION|PRODID|METHOD|CALSCALE|NAME|X-WR-[A-Z]+|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|"
        r"CATEGORIES|CLASS|TRANSP|STATUS|LOCATION|SEQUENCE|TRIGGER|ACTION|REFRESH-INTERVAL|X-[A-Z-]+)[;:]"
    )
    assert "cmd|" in calendar
    assert [
        line for line in calendar.split("\r\n") if line and not line.startswith(" ") and not known.match(line)
    ] == []


def test_what_runs_is_noticed(browser: Any, served: str) -> None:
    with opened(browser, served) as page:
        page.evaluate("alert(7)")
        assert "7" in page.complaints


@pytest.mark.parametrize(
    "path", ["", "desk/", "desk/findings/", "desk/statistics/", "checklists/", "checklists/wx-ug/", "manuals/wx-ug/"]
)
def test_nothing_runs_in_a_browser(browser: Any, served: str, path: str) -> None:
    with opened(browser, served + path) as page:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.locator(".md-content :is(img, iframe, object, embed, [onclick], [onerror], [onload])").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
        assert page.complaints == []


def test_nothing_runs_in_the_search(browser: Any, served: str) -> None:
    with opened(browser, served) as page:
        for query in ("本科生", "onclick"):
            search(page, query)
            assert "onclick=q" in page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
            assert page.locator(".md-search-result :is(script, img, svg[onload], b[onclick])").count() == 0
        assert page.complaints == []
