"""What the pages of the preview are made from, kept from one edit to the next as far as the edit does not concern it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.audit.audit import Audit, run_audit
from generator.site.internal import FORMATS, add_named
from generator.site.library import Library
from generator.site.open_library import open_audit, open_structure
from generator.site.pages import Page, PageSet
from generator.site.public import add_handbook, add_home
from generator.site.settings import Audience

Published = Callable[[], Mapping[str, Path]]
"""Files that the site offers, as they lie there now."""
_PEOPLE = ("people", "events", "organisers")


@dataclass(frozen=True, slots=True)
class Everything:
    """All pages of a site in order, with the library they were made from; `audit` where people were looked at."""

    library: Library
    pages: PageSet
    audit: Audit | None = None

    def page(self, url: str) -> Page | None:
        """The page at an address such as `checklists/cs-ug1/`."""
        stem = url.rstrip("/")
        names = {f"{stem}.md", f"{stem}/index.md" if stem else "index.md"}
        return next((page for page in self.pages.pages if page.path in names), None)


class Sources:
    """Raises JishiError as long as definitions or the files of the organisation are faulty. Public pages open no person."""

    def __init__(self, root: Path, as_of: date | None, published: Published) -> None:
        self._root, self._as_of, self._published = root, as_of, published
        self._handbook: Everything | None = None
        self._home = PageSet()
        self._named: Everything | None = None

    def changed(self, paths: Iterable[str]) -> None:
        """What rests on these files (relative to the root) is made again. A template is in no value of a page."""
        found = [Path(path).parts for path in paths]
        if any(not _is_template(parts) for parts in found):
            self._named = None
        if any(not _is_template(parts) and not _names_people(parts) for parts in found):
            self._handbook = None

    def everything(self, audience: Audience) -> Everything:
        handbook = self._public()
        return handbook if audience == "public" else self._internal(handbook)

    def _public(self) -> Everything:
        day = self._as_of or date.today()
        if self._handbook is None or self._handbook.library.as_of != day:
            library = replace(open_structure(self._root, day), published=self._published())
            home, rest = PageSet(), PageSet()
            add_home(library, home)
            add_handbook(library, rest)
            self._home = home
            self._handbook, self._named = Everything(library, _together(home, rest)), None
        return self._handbook

    def _internal(self, handbook: Everything) -> Everything:
        if self._named is None:
            audit = run_audit(self._root, self._as_of)
            library = replace(open_audit(self._root, audit), published=handbook.library.published)
            named, count = PageSet(), len(self._home.pages)
            # Only that there is such a file matters for a page; the whole build writes it.
            add_named(library, audit, named, {ending: lambda duties: b"" for ending in FORMATS})
            rest = PageSet(handbook.pages.pages[count:], handbook.pages.files)
            self._named = Everything(library, _together(self._home, named, rest), audit)
        return self._named


def _together(*parts: PageSet) -> PageSet:
    whole = PageSet()
    for part in parts:
        whole.pages.extend(part.pages)
        whole.files.update(part.files)
    return whole


def _is_template(parts: tuple[str, ...]) -> bool:
    return parts[:1] == ("templates",) or parts == ("mkdocs.yml",)


def _names_people(parts: tuple[str, ...]) -> bool:
    return parts[:1] == ("data",) and any(part in _PEOPLE for part in parts)
