"""Where prints lie, and whether one is still what would be printed today.

Beside the prints a hidden folder keeps, for each, the key of what it was made from and the digest of its bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import write_atomically

_NOTES = ".made"


@dataclass(frozen=True, slots=True)
class PrintStore:
    """Prints under `folder`, each at `<group>/<name>.pdf`."""

    folder: Path

    def path(self, group: str, name: str) -> Path:
        return self.folder / group / f"{name}.pdf"

    def is_current(self, group: str, name: str, key: str) -> bool:
        """Whether the file is there, untouched, and was made from what `key` stands for."""
        try:
            note = json.loads(self._note(group, name).read_bytes())
            content = self.path(group, name).read_bytes()
        except (OSError, ValueError):
            return False
        return bool(note == {"key": key, "sha256": hashlib.sha256(content).hexdigest()})

    def put(self, group: str, name: str, key: str, pdf: bytes) -> Path:
        """Keeps a print. Raises `OSError`."""
        path = self.path(group, name)
        write_atomically(path, pdf, durable=True)
        note = json.dumps({"key": key, "sha256": hashlib.sha256(pdf).hexdigest()})
        write_atomically(self._note(group, name), note.encode(), durable=True)
        return path

    def drop_others(self, group: str, names: Iterable[str]) -> tuple[Path, ...]:
        """Deletes prints that we made in this group for anybody but `names`, such as people who moved on."""
        kept = set(names)
        dropped = []
        for note in sorted((self.folder / group / _NOTES).glob("*.json")):
            if note.stem not in kept:
                path = self.path(group, note.stem)
                path.unlink(missing_ok=True)
                note.unlink()
                dropped.append(path)
        return tuple(dropped)

    def _note(self, group: str, name: str) -> Path:
        return self.folder / group / _NOTES / f"{name}.json"
