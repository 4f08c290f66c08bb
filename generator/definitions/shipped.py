"""Where the shipped files are."""

from __future__ import annotations

from pathlib import Path


def shipped_root() -> Path:
    """The folder that holds the shipped `schema/`: inside an installed wheel, else the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_shipped"
    return installed if (installed / "schema").is_dir() else package.parent
