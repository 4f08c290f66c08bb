"""A page for each platform: all its operations, what it asks beyond the national rules, what belongs to no step."""

from __future__ import annotations

from generator.site.library import Library
from generator.site.pages import PageSet
from generator.views.platforms import platform_page

PLATFORMS = "平台操作"


def add_platforms(library: Library, pages: PageSet) -> None:
    """One page a platform, in a tab of their own."""
    for platform in library.definitions.platforms.values():
        page = platform_page(platform, library.procedure, library.words(), library.step_page)
        pages.add(page.path, "public/platform.md.j2", PLATFORMS, page.title, page=page)
