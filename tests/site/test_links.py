"""Every link of the built pages leads somewhere, anchors, drawings and downloads included; none leaves the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

_ADDRESSES = ("href", "src", "xlink:href", "action", "poster", "data")
_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")


class Collector(HTMLParser):
    """Addresses a page refers to, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _ADDRESSES and value:
                self.addresses.append(value)
            elif name == "srcset" and value:
                self.addresses += [part.split()[0] for part in value.split(",")]
            elif name == "id" and value:
                self.ids[value] += 1


def read(path: Path) -> Collector:
    return _read(path.read_text(encoding="utf-8"))


@cache
def _read(text: str) -> Collector:
    collector = Collector()
    collector.feed(text)
    return collector


def broken(site: Path, *, from_files: bool = False) -> Iterator[str]:
    """`from_files`: a folder is no page, since nothing serves its index."""
    pages = {path: read(path) for path in site.rglob("*.html") if path.name != "404.html"}
    assert len(pages) > 10
    referring = [(path, address) for path, page in pages.items() for address in page.addresses]
    referring += [
        (path, address)
        for path in site.rglob("*.css")
        for address in _IN_STYLE.findall(path.read_text(encoding="utf-8"))
        if not address.startswith("data:")
    ]
    checked = downloads = anchors = 0
    inside = site.resolve()

    @cache
    def led_to(folder: Path, way: str) -> tuple[Path, bool, bool]:
        """Where a way from a folder leads, whether that is a folder, and whether there is such a file of the site."""
        target = (folder / unquote(way)).resolve()
        if is_folder := target.is_dir():
            target /= "index.html"
        return target, is_folder, target.is_relative_to(inside) and target.is_file()

    for path, address in referring:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            yield f"{path}: {address} leaves the site"
            continue
        target, is_folder, is_there = led_to(path.parent, parts.path) if parts.path else (path, False, True)
        if is_folder and (from_files or not parts.path.endswith(("/", "."))):
            yield f"{path}: {address} is a folder"
        checked += 1
        downloads += target.suffix in (".pdf", ".docx", ".ics", ".xlsx")
        if not is_there:
            yield f"{path}: {address}"
        elif parts.fragment and target in pages:
            anchors += 1
            # A browser looks for the name as it stands, then for what it stands for.
            if not {parts.fragment, unquote(parts.fragment)} & set(pages[target].ids):
                yield f"{path}: {address} (anchor)"
    assert checked > 1000
    assert anchors > 500
    assert downloads > 10


def ambiguous(site: Path) -> list[str]:
    """Ids that a page has twice: a link to them leads to the first only."""
    return [
        f"{path}: {id}"
        for path in site.rglob("*.html")
        for id, times in read(path).ids.items()
        if times > 1 and path.name != "404.html"
    ]


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_all_links_resolve(audience: str, public_demo: Path, internal_demo: Path) -> None:
    site = public_demo / "site" if audience == "public" else internal_demo / "build" / "internal" / "site"
    assert list(broken(site)) == []
    assert ambiguous(site) == []


def test_links_into_tabs_and_drawings_are_among_them(public_demo: Path) -> None:
    site = public_demo / "site"
    flow = read(site / "procedure" / "index.html")
    assert sum("#" in address for address in flow.addresses) > 25
    platform = (site / "platforms" / "exianfeng" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'href="[^"]+#exianfeng-enter-talk"', platform)


def test_a_wrong_link_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<p id="a"></p><a href="#a">1</a>' * 600 + '<a href="b.pdf">2</a>' * 600, encoding="utf-8")
    for number in range(11):
        (tmp_path / f"{number}.html").write_text('<i id="x"></i><i id="x"></i>', encoding="utf-8")
    assert sum(1 for _ in broken(tmp_path)) == 600
    assert len(ambiguous(tmp_path)) == 12
    (tmp_path / "b.pdf").write_bytes(b"")
    page.write_text(page.read_text(encoding="utf-8") + '<a href="#b">3</a><a href="../">4</a>', encoding="utf-8")
    assert len(list(broken(tmp_path))) == 2
