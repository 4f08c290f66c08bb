"""Where the templates are: beside the records, then those that came with the program."""

from __future__ import annotations

from pathlib import Path

from generator.definitions.shipped import shipped_root


def template_folders(root: Path) -> list[Path]:
    """Folders to look for a template in, the records' own first."""
    folders = [root / "templates", shipped_root() / "templates"]
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]
