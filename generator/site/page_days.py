"""The day of the last change at the foot of each page, as far as git knows what the page is made from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from generator.diagnostics import JishiError
from generator.history.git import Repository
from generator.history.last_change import changes_back
from generator.records.model import Branch
from generator.site.library import Library
from generator.site.pages import Page, PageSet
from generator.site.settings import SiteFolders

_STEPS = ("procedures", "materials.yaml", "platforms")
_SCHEMA: Mapping[str, tuple[str, ...]] = {
    "public/home.md.j2": ("roles.yaml",),
    "public/role.md.j2": ("roles.yaml", *_STEPS),
    "public/next.md.j2": _STEPS,
    "public/flow.md.j2": ("procedures",),
    "public/phase.md.j2": _STEPS,
    "public/platform.md.j2": ("platforms",),
    "public/materials.md.j2": ("materials.yaml",),
    "public/forms.md.j2": ("forms", "documents", "form_parts.yaml"),
    "public/calculator.md.j2": ("procedures", "profiles", "platforms", "recurring.yaml", "holidays.yaml"),
    "public/switches.md.j2": ("profiles",),
    "public/profiles.md.j2": ("profiles",),
    "public/glossary.md.j2": ("glossary.yaml",),
    "public/news.md.j2": ("news.yaml", "procedures"),
    "public/versions.md.j2": ("procedures",),
    "public/manuals.md.j2": (),
    "public/manual.md.j2": (*_STEPS, "profiles", "tailoring.yaml", "recurring.yaml", "holidays.yaml"),
}
"""Template of a page of definitions → what below `schema/` it shows. Pages whose text is part of the program have no day."""
_STRUCTURE = ("data/organisation.yaml", ":(glob)data/**/committee.yaml", ":(glob)data/**/branch.yaml")


def page_days(folders: SiteFolders, library: Library, pages: PageSet) -> dict[str, bytes]:
    """Page of known age → the line below its text. Without git, or before the first commit, there is none."""
    owner = {path: branch for branch in library.branches.values() for path in _pages_of(library, branch.id)}
    sources = {page.path: tuple(_present(_sources(page, owner, library), folders)) for page in pages.pages}
    days = _days(folders, {source for found in sources.values() for source in found})
    lines = {}
    for path, found in sources.items():
        known = [days[source] for source in found if source in days]
        if known:
            day = max(known)
            foot = (
                f'\n<p class="changed" data-search-exclude>本页内容最后修改：{day.year}年{day.month}月{day.day}日</p>\n'
            )
            lines[path] = foot.encode()
    return lines


def _sources(page: Page, owner: Mapping[str, Branch], library: Library) -> Iterator[str]:
    """Files and folders, from the root of the records."""
    if page.template in _SCHEMA:
        yield f"templates/site/{page.template}"
        yield from (f"schema/{name}" for name in _SCHEMA[page.template])
    branches = [owner[page.path]] if page.path in owner else list(library.branches.values())
    if page.template.startswith("public/manual"):
        yield library.organisation.path
        for branch in branches:
            yield from (branch.path, library.committees[branch.committee].path)
    elif page.template.startswith("internal/"):
        yield from (branch.path.rpartition("/")[0] for branch in branches)


def _pages_of(library: Library, branch: str) -> tuple[str, str]:
    return library.manual_page(branch), library.checklist_page(branch)


def _present(sources: Iterator[str], folders: SiteFolders) -> Iterator[str]:
    """What came with the program is not beside the records, and git knows nothing of it."""
    return (source for source in sources if (folders.root / source).exists())


def _days(folders: SiteFolders, sources: Collection[str]) -> Mapping[str, date]:
    """The author's day of the newest commit that touched each file, or anything below each folder."""
    days: dict[str, date] = {}
    try:
        repository = Repository.open(folders.root)
    except JishiError:
        return days
    wanted = {repository.prefix + source: source for source in sources}
    # The public build does not even ask about the folders of people.
    records = ("data",) if folders.audience == "internal" else _STRUCTURE
    for path, change in changes_back(repository, ("schema", "templates", *records)):
        for place in _upwards(path):
            source = wanted.pop(place, None)
            if source is not None:
                days[source] = change.day
        if not wanted:
            break
    return days


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
