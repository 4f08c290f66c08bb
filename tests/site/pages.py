"""Pages as Markdown, without MkDocs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.audit.audit import run_audit
from generator.site.build import write_tree
from generator.site.internal import internal_pages
from generator.site.open_library import open_audit, open_structure
from generator.site.pages import PageSet
from generator.site.public import public_pages
from generator.site.settings import SiteFolders
from tests.site.repository import AS_OF

DAY = date.fromisoformat(AS_OF)


def public_markdown(root: Path, branch: str | None = None) -> dict[str, str]:
    library, pages, folders = open_structure(root, DAY, branch), PageSet(), SiteFolders(root, "public")
    public_pages(library, pages)
    write_tree(folders, library, pages)
    return texts(folders)


def internal_markdown(root: Path, branch: str | None = None) -> dict[str, str]:
    audit = run_audit(root, DAY)
    library, pages, folders = open_audit(root, audit, branch), PageSet(), SiteFolders(root, "internal")
    internal_pages(library, audit, pages)
    write_tree(folders, library, pages)
    return texts(folders)


def texts(folders: SiteFolders) -> dict[str, str]:
    found = sorted(folders.docs.rglob("*.md"))
    return {path.relative_to(folders.docs).as_posix(): path.read_text(encoding="utf-8") for path in found}
