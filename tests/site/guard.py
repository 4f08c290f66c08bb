"""A watch over what Python processes open: what holds people is noted."""

from __future__ import annotations

import os
from pathlib import Path

from tests.site.repository import PROJECT

PRIVATE = ("people", "events", "organisers")
WATCH = f"""\
import os, sys
PRIVATE = {set(PRIVATE)}
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if f"{{os.sep}}data{{os.sep}}" in path and PRIVATE & set(path.split(os.sep)):
            with open(os.environ["GUARD_LOG"], "a") as log:
                log.write(path + "\\n")
sys.addaudithook(watch)
"""


def watched(root: Path) -> dict[str, str]:
    """An environment in which every Python process notes the personal files it opens, MkDocs' included."""
    folder = root / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(PROJECT)]), "GUARD_LOG": str(log_of(root))}


def log_of(root: Path) -> Path:
    return root / "guard" / "log"
