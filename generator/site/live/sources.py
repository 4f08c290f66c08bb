"""What the pages of the preview are made from, kept from one edit to the next as far as the edit does not concern it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.audit.audit import Audit, run_audit
from generator.site.internal import FORMATS, add_named
from generator.site.library import Library
from generator.site.live.watch import names_people
from generator.site.open_library import open_structure
from generator.site.pages import Page, PageSet
from generator.site.public import add_handbook, add_home
from generator.views.duties import DutyList

Published = Callable[[], Mapping[str, Path]]
"""Files that the site offers, as they lie there now."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All pages of a site in order, with the library they were made from; `audit` where people were looked at."""

    library: Library
    pages: PageSet
    audit: Audit | None = None

    def page(self, url: str) -> Page | None:
        """The page at an address such as `checklists/cs-ug1/`."""
        return next((page for page in self.pages.pages if _url(page.path) == url), None)


class Sources:
    """Raises JishiError as long as definitions or the files of the organisation are faulty. Public pages open no person."""

    def __init__(self, root: Path, as_of: date | None, published: Published) -> None:
        self._root, self._as_of, self._published = root, as_of, published
        self._handbook: Everything | None = None
        self._home = self._rest = self._named = PageSet()
        self._audit: Audit | None = None

    def changed(self, paths: Iterable[str]) -> None:
        """What rests on these files (relative to the root) is made again. A template is in no value of a page."""
        found = [path for path in paths if not _is_template(path)]
        if found:
            self._audit = None
        if not all(names_people(path) for path in found):
            self._handbook = None

    def public(self) -> Everything:
        day = self._as_of or date.today()
        if self._handbook is None or self._handbook.library.as_of != day:
            library = replace(open_structure(self._root, day), published=self._published())
            self._home, self._rest, self._named = PageSet(), PageSet(), PageSet()
            add_home(library, self._home)
            add_handbook(library, self._rest)
            self._handbook, self._audit = Everything(library, _together(self._home, self._rest)), None
        return self._handbook

    def internal(self) -> Everything:
        """With the pages that name people; each of these is worked out when it is drawn."""
        handbook = self.public()
        if self._audit is None:
            self._audit, self._named = run_audit(self._root, self._as_of), PageSet()
            # Only that there are such files matters for a page; the whole build writes them.
            add_named(handbook.library, self._audit, self._named, dict.fromkeys(FORMATS, _nothing))
        return Everything(handbook.library, _together(self._home, self._named, self._rest), self._audit)


def _nothing(duties: DutyList) -> bytes:
    return b""


def _together(*parts: PageSet) -> PageSet:
    whole = PageSet()
    for part in parts:
        whole.pages.extend(part.pages)
        whole.files.update(part.files)
    return whole


def _url(path: str) -> str:
    """Address of a page below the site."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


def _is_template(path: str) -> bool:
    return path == "mkdocs.yml" or path.startswith("templates/")
