"""The pages for reference: what is new, the terms, the two versions side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.definitions.reading_matter import load_glossary, load_news
from generator.site.library import Library
from generator.site.pages import PageSet
from generator.views.news import news_of
from generator.views.version_pages import version_page

MORE = "参考"


def add_reading_matter(library: Library, pages: PageSet) -> None:
    """In the tab for reference."""
    titles = {key: step.title for key, step in library.procedure.steps.items()}
    steps = library.definitions.steps
    news = news_of(
        load_news(library.shelf, steps),
        library.general.procedures,
        _bodies(library),
        titles,
        library.step_page,
        library.as_of,
    )
    pages.add("news.md", "public/news.md.j2", MORE, "新内容", news=news)
    sections = load_glossary(library.shelf, steps)
    pages.add(
        "glossary.md",
        "public/glossary.md.j2",
        MORE,
        "术语",
        stages=library.procedure.stages,
        sections=sections,
        titles=titles,
        step_page=library.step_page,
    )
    pages.add(
        "versions.md",
        "public/versions.md.j2",
        MORE,
        "新旧版本对照",
        older=library.older,
        procedure=library.procedure,
        page=version_page(library.procedure, library.older, library.phases, library.words()),
    )


def _bodies(library: Library) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield library.organisation.name, library.organisation.fields
    for committee in library.committees.values():
        yield committee.name, committee.fields
    for branch in library.branches.values():
        yield branch.name, branch.fields
