"""Pages as they are collected before anything is written: template, values, place in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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


Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """What a part is drawn from. `files`: path → content of what lies beside it; `told`: what the pages that sum up need of it."""

    values: Values
    files: Mapping[str, bytes] = field(default_factory=dict)
    told: Any = None


@dataclass(slots=True)
class Part:
    """Values that are worked out in the process that draws the page, since they are large; only `told` is kept, once it is known."""

    make: Callable[[], Made]
    told: Any = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Values of a page that sums up what all parts tell, in their order."""

    make: Callable[[Sequence[Any]], Values]


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file. `section` is the tab it stands under.

    A page without a `title` is not in the navigation, which every page carries: those of the branches are reached from a list of them.
    """

    path: str
    template: str
    values: Values | Part | Sum
    section: str = ""
    title: str = ""


@dataclass(slots=True)
class PageSet:
    """All pages of a site, in navigation order."""

    pages: list[Page] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """Path → content of what lies beside the pages as it is."""

    def add(self, path: str, template: str, section: str = "", title: str = "", **values: Any) -> None:
        self.pages.append(Page(path, template, values, section, title))

    def render(
        self, environment: Environment, shared: Values, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """Path and Markdown, without trailing blanks and several empty lines in a row, of each page; and the files as they are.

        `only`: paths of the pages wanted; all of them by default. Pages that sum up come last.
        """
        known = frozenset(page.path for page in self.pages)
        shown = known if only is None else known & set(only)
        sums = [(page, page.values) for page in self.pages if page.path in shown and isinstance(page.values, Sum)]

        def markdown(page: Page, values: Values) -> bytes:
            return _markdown(environment, page, {**shared, **values, HERE: page.path, KNOWN: known})

        def drawn(pages: Sequence[Page]) -> list[tuple[dict[str, bytes], Any]]:
            found = []
            for page in pages:
                made = _made(page.values)
                text = {page.path: markdown(page, made.values)} if page.path in shown else {}
                found.append(({**text, **made.files}, made.told))
            return found

        yield from self.files.items()
        first = [page for page in self.pages if _comes_first(page, shown, bool(sums))]
        processes = process_count() if len(first) >= SHARED_OUT else 1
        pieces = [first[start : start + _PIECE] for start in range(0, len(first), _PIECE)]
        for page, (files, told) in zip(first, chain.from_iterable(in_order(drawn, pieces, processes)), strict=True):
            if isinstance(page.values, Part):
                page.values.told = told
            yield from files.items()
        told_by_all = [page.values.told for page in self.pages if isinstance(page.values, Part)]
        for page, values in sums:
            yield page.path, markdown(page, values.make(told_by_all))

    def nav(self) -> list[dict[str, Any]]:
        """The navigation as MkDocs wants it; titles are made harmless, since themes print them as they are."""
        nav: list[dict[str, Any]] = []
        sections: dict[str, list[Any]] = {}
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
            sections[page.section].append(entry)
        return nav


def _comes_first(page: Page, shown: Collection[str], summed: bool) -> bool:
    """What is to be shown and sums up nothing; and parts that have not told yet, where something sums up."""
    untold = isinstance(page.values, Part) and page.values.told is None
    return (page.path in shown and not isinstance(page.values, Sum)) or (summed and untold)


def _made(values: Values | Part | Sum) -> Made:
    assert not isinstance(values, Sum)
    return values.make() if isinstance(values, Part) else Made(values)


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
