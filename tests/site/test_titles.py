"""A page is called what its heading says: in the tab of the browser, in bookmarks and in search."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SITE = {"public": "site", "internal": "build/internal/site"}


def plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub("", markup)).split())


@pytest.fixture(params=_SITE)
def site(request: pytest.FixtureRequest) -> Path:
    root: Path = request.getfixturevalue(f"{request.param}_demo")
    return root / _SITE[request.param]


def headings(site: Path) -> dict[str, tuple[str, str]]:
    """Page → its title and its heading."""
    found = {}
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        title, heading = _TITLE.search(text), _HEADING.search(text)
        assert title, path
        assert heading, path
        found[path.relative_to(site).as_posix()] = (plain(title[1]), plain(heading[1]))
    assert {"index.html", "404.html", "manuals/fa-t1/index.html"} <= set(found)
    return found


def test_the_title_begins_with_the_heading(site: Path) -> None:
    found = headings(site)
    assert len(found) > 40
    assert {path: both for path, both in found.items() if not both[0].startswith(both[1])} == {}


def test_no_two_pages_have_the_same_title(site: Path) -> None:
    titles = [title for title, _ in headings(site).values()]
    assert sorted(titles) == sorted(set(titles))


def test_the_search_heads_a_page_with_its_heading(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    wanted = {path.removesuffix("index.html"): heading for path, (_, heading) in headings(site).items()}
    pages = {
        each["location"]: plain(each["title"]).replace("\u200b", "") for each in index if "#" not in each["location"]
    }
    assert len(pages) > 35
    assert {path: title for path, title in pages.items() if title != wanted[path]} == {}
