"""Whether the site that stands is the one MkDocs would make again: then MkDocs, which takes most of the time, need not run.

Kept in `.stands` beside the pages: what the site was made from, and the list of its files with size and time as they were left.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.definitions.shipped import shipped_root
from generator.site.settings import SiteFolders
from generator.site.tree import write_changed

_MAKERS = ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "Jinja2", "jieba")
_LOOK = "look.yml"
_SETTINGS = ("mkdocs.yml", "nav.yml", _LOOK, "words.txt")
_READS_ELSEWHERE = re.compile(r"^(hooks|plugins|markdown_extensions|theme)\s*:|!ENV|!!python", re.MULTILINE)
"""With these, a repository's own `mkdocs.yml` can bring in programs and files unknown here; so can a `look.yml` of its own."""


def stands(folders: SiteFolders, as_of: date) -> bool:
    """Whether `folders.site` is, file by file, what was made last, and from the same."""
    made_from = _made_from(folders, as_of)
    if made_from is None:
        return False
    try:
        return _note(folders).read_text(encoding="ascii") == f"{made_from}\n{_listing(folders.site)}\n"
    except (OSError, UnicodeDecodeError):
        return False


def note_standing(folders: SiteFolders, as_of: date) -> None:
    """Remember the site that has just been made."""
    made_from = _made_from(folders, as_of)
    if made_from is not None:
        write_changed(_note(folders), f"{made_from}\n{_listing(folders.site)}\n".encode("ascii"))


def _note(folders: SiteFolders) -> Path:
    return folders.build / ".stands"


def _made_from(folders: SiteFolders, as_of: date) -> str | None:
    """Digest of all that MkDocs is given: pages, theme, settings, the day, the programs. None where that cannot be known."""
    own = folders.root / "mkdocs.yml"
    if own.is_file() and _READS_ELSEWHERE.search(own.read_text(encoding="utf-8", errors="replace")):
        return None
    if (folders.build / _LOOK).read_bytes() != (shipped_root() / "templates" / "site" / _LOOK).read_bytes():
        return None
    settings = [path for path in (own, *(folders.build / name for name in _SETTINGS)) if path.is_file()]
    digest = sha256(f"{as_of} {sys.version} {os.fspath(folders.site)}\n".encode())
    digest.update("".join(f"{name} {_version(name)}\n" for name in _MAKERS).encode())
    for path in (*settings, *_below(folders.docs), *_below(folders.theme)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folders.root).as_posix()}\0{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _listing(site: Path) -> str:
    """Digest of name, size and time of every file; what begins with a dot at the top is the user's."""
    digest = sha256()
    for path in _below(site):
        name = path.relative_to(site).as_posix()
        if not name.startswith("."):
            stat = path.stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    """Its files, in one order everywhere."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))
