"""Style sheets, scripts and pictures of the theme, before the whole site is built, and as they are in an editor now."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from generator.site.shipped import template_folders

_FOLDER = "assets/"


def theme_asset(root: Path, name: str, own: bool) -> Path | None:
    """Where a file lies, if the theme has it; `own`: ours and the repository's, else those that Material brings along."""
    if not name.startswith(_FOLDER) or ".." in name.split("/"):
        return None
    folders = [folder / "theme" for folder in template_folders(root)] if own else _materials()
    return next((path for folder in folders if (path := folder / name).is_file()), None)


@cache
def _materials() -> tuple[Path, ...]:
    found = find_spec("material")
    return (Path(found.origin).parent / "templates",) if found and found.origin else ()
