"""Where secrets may lie: never inside a repository."""

from __future__ import annotations

from pathlib import Path

_MARKS = (".git", "data/organisation.yaml")


def repository_around(path: Path) -> Path | None:
    """The git or records repository in which a path, existing or not, lies; None outside any."""
    path = path.expanduser().absolute()
    # Both ways to get there count: a link inside a repository is committed, its target outside may be in another one.
    for start in (path, path.resolve()):
        for folder in (start, *start.parents):
            if any((folder / mark).exists() for mark in _MARKS):
                return folder
    return None
