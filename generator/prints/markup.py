"""Hands a page to WeasyPrint in less time than its own parser and its own stylesheet take, with the same result.

Two thirds of what WeasyPrint does before the layout are a parser that mends broken HTML, and rules for notes that it works out for
every element of the page. Our pages are well-formed and have no notes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

_VOID = re.compile(r"<(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)((?:\s[^<>]*?)?)\s*/?>")
_NOTES = frozenset(("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
_LIST_ITEM = "li"


def parse_page(html: str) -> ElementTree.Element | None:
    """The elements of a page whose every element is closed; None for any other, which a browser's parser has to read."""
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1\2/>", html))
    except ElementTree.ParseError:
        return None
    return root if root.tag == "html" and root.find("head") is not None and root.find("body") is not None else None


@lru_cache(maxsize=1)
def _page_class() -> Any:
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class Page(HTML):  # type: ignore[misc]
        """A page that is parsed already; `notes` says whether its stylesheet has footnotes."""

        def __init__(self, root: ElementTree.Element, url_fetcher: Any, notes: bool) -> None:
            self.base_url = None
            self.url_fetcher = url_fetcher
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element
            self._notes = notes

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            sheets: list[Any] = super()._ua_stylesheets(forms)
            return sheets if self._notes else [_without_notes(sheets[0]), *sheets[1:]]

    return Page


def page_of(html: str, css: str, url_fetcher: Any) -> Any:
    """The `weasyprint.HTML` of a page that is printed with a stylesheet."""
    root = parse_page(html)
    if root is None:
        from weasyprint import HTML

        return HTML(string=html, url_fetcher=url_fetcher)
    return _page_class()(root, url_fetcher, notes="footnote" in css or "float: note" in css)


@lru_cache(maxsize=1)
def _without_notes(sheet: Any) -> Any:
    """WeasyPrint's stylesheet without what it says of notes, and of list markers only for items of lists."""
    from copy import copy

    lean, matcher = copy(sheet), copy(sheet.matcher)
    matcher.other_selectors, matcher.lower_local_name_selectors = [], dict(sheet.matcher.lower_local_name_selectors)
    for entry in sheet.matcher.other_selectors:
        pseudo = entry[3]
        if pseudo == "marker":
            items = matcher.lower_local_name_selectors.get(_LIST_ITEM, [])
            matcher.lower_local_name_selectors[_LIST_ITEM] = [*items, entry]
        elif pseudo not in _NOTES:
            matcher.other_selectors.append(entry)
    lean.matcher = matcher
    return lean
