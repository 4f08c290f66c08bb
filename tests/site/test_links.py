"""Every link of the built pages leads somewhere, anchors and the links in drawings included; none leaves the site."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest


class Collector(HTMLParser):
    """Addresses a page refers to, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "xlink:href") and value:
                self.addresses.append(value)
            elif name == "id" and value:
                self.ids.add(value)


def read(path: Path) -> Collector:
    collector = Collector()
    collector.feed(path.read_text(encoding="utf-8"))
    return collector


def broken(site: Path) -> Iterator[str]:
    pages = {path: read(path) for path in site.rglob("*.html") if path.name != "404.html"}
    assert len(pages) > 10
    checked = 0
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                yield f"{path}: {address} leaves the site"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            checked += 1
            if not target.is_file():
                yield f"{path}: {address}"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                yield f"{path}: {address} (anchor)"
    assert checked > 1000


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_all_links_resolve(audience: str, public_demo: Path, internal_demo: Path) -> None:
    site = public_demo / "site" if audience == "public" else internal_demo / "build" / "internal" / "site"
    assert list(broken(site)) == []
