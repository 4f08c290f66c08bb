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
        return self._holds(group, name, "key", key)

    def is_untouched(self, group: str, name: str, early: str) -> bool:
        """The same, from a key that was known beforehand (`early`); none is never current."""
        return bool(early) and self._holds(group, name, "early", early)

    def _holds(self, group: str, name: str, which: str, key: str) -> bool:
        try:
            note = json.loads(self._note(group, name).read_bytes())
            content = self.path(group, name).read_bytes()
        except (OSError, ValueError):
            return False
        if not isinstance(note, dict):
            return False
        return note.get(which) == key and note.get("sha256") == hashlib.sha256(content).hexdigest()

    def put(self, group: str, name: str, key: str, pdf: bytes, early: str = "") -> Path:
        """Keeps a print. Raises `OSError`."""
        path = self.path(group, name)
        write_atomically(path, pdf, durable=True)
        self._tell(group, name, {"key": key, "sha256": hashlib.sha256(pdf).hexdigest(), "early": early})
        return path

    def renew(self, group: str, name: str, early: str) -> None:
        """A print that is current is so under another early key too. Raises `OSError`."""
        note = json.loads(self._note(group, name).read_bytes())
        if early and note.get("early") != early:
            self._tell(group, name, {**note, "early": early})

    def _tell(self, group: str, name: str, note: dict[str, str]) -> None:
        write_atomically(self._note(group, name), json.dumps(note).encode(), durable=True)

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
