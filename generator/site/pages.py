"""Pages as they are collected before anything is written: template, values, place in the navigation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from jinja2 import Environment

from generator.definitions.template_faults import template_faults
from generator.records.workers import in_order, process_count
from generator.site.escape import in_title
from generator.site.links import HERE, KNOWN

SHARED_OUT = 100
"""From so many pages on, they are written by several processes."""
_PIECE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file. `section` is the tab it stands under; a page without a `title` is not in the navigation."""

    path: str
    template: str
    values: Mapping[str, Any]
    section: str = ""
    title: str = ""
    group: str = ""
    """Second level of the navigation, such as the committee of a branch."""


@dataclass(slots=True)
class PageSet:
    """All pages of a site, in navigation order."""

    pages: list[Page] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """Path → content of what lies beside the pages as it is."""

    def add(self, path: str, template: str, section: str = "", title: str = "", group: str = "", **values: Any) -> None:
        self.pages.append(Page(path, template, values, section, title, group))

    def render(
        self, environment: Environment, shared: Mapping[str, Any], only: Collection[str] | None = None
    ) -> dict[str, bytes]:
        """Path → Markdown without trailing blanks and several empty lines in a row, and the files as they are.

        `only`: paths of the pages wanted; all of them by default.
        """
        known = frozenset(page.path for page in self.pages)

        def rendered(pages: Sequence[Page]) -> list[bytes]:
            return [
                _markdown(environment, page, {**shared, **page.values, HERE: page.path, KNOWN: known}) for page in pages
            ]

        wanted = [page for page in self.pages if only is None or page.path in only]
        processes = process_count() if len(wanted) >= SHARED_OUT else 1
        pieces = [wanted[start : start + _PIECE] for start in range(0, len(wanted), _PIECE)]
        texts = chain.from_iterable(in_order(rendered, pieces, processes))
        return {**self.files, **dict(zip((page.path for page in wanted), texts, strict=True))}

    def nav(self) -> list[dict[str, Any]]:
        """The navigation as MkDocs wants it; titles are made harmless, since themes print them as they are."""
        nav: list[dict[str, Any]] = []
        sections: dict[str, list[Any]] = {}
        groups: dict[tuple[str, str], list[Any]] = {}
        for page in self.pages:
            if not page.title:
                continue
            # A section's own page has the section's name: with `navigation.indexes` it opens when the name is clicked.
            entry: Any = page.path if page.title == page.section else {in_title(page.title): page.path}
            if not page.section:
                nav.append({in_title(page.title): page.path})
                continue
            if page.section not in sections:
                sections[page.section] = []
                nav.append({in_title(page.section): sections[page.section]})
            place = sections[page.section]
            if page.group:
                key = (page.section, page.group)
                if key not in groups:
                    groups[key] = []
                    place.append({in_title(page.group): groups[key]})
                place = groups[key]
            place.append(entry)
        return nav


def _markdown(environment: Environment, page: Page, values: Mapping[str, Any]) -> bytes:
    with template_faults(page.template):
        return _tidy(environment.get_template(page.template).render(values)).encode()


def _tidy(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
