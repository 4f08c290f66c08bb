"""Who may read what names people: its owner alone. One place says so, for whatever is written outside the public site."""

from __future__ import annotations

from pathlib import Path

FILE = 0o600
FOLDER = 0o700


def owner_only(folder: Path) -> Path:
    """The folder, made when it is not there, closed to everybody else. Raises `OSError`."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o777 != FOLDER:
        folder.chmod(FOLDER)
    return folder
