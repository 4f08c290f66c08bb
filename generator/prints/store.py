"""Where prints lie, and whether one is still what would be printed today.

Beside the prints a hidden folder keeps, for each, the key of what it was made from and the digest of its bytes.
"""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.atomic import write_atomically
from generator.owner_only import FILE, owner_only

_NOTES = ".made"


@dataclass(frozen=True, slots=True)
class PrintStore:
    """Prints under `folder`, each at `<group>/<name>.pdf`, readable by their owner alone."""

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
        self._make_room(path.parent)
        write_atomically(path, pdf, durable=True, mode=FILE)
        self._tell(group, name, {"key": key, "sha256": hashlib.sha256(pdf).hexdigest(), "early": early})
        return path

    def renew(self, group: str, name: str, early: str) -> None:
        """A print that is current is so under another early key too. Raises `OSError`."""
        note = json.loads(self._note(group, name).read_bytes())
        if early and note.get("early") != early:
            self._tell(group, name, {**note, "early": early})

    def _tell(self, group: str, name: str, note: dict[str, str]) -> None:
        path = self._note(group, name)
        owner_only(path.parent)
        write_atomically(path, json.dumps(note).encode(), durable=True, mode=FILE)

    def _make_room(self, folder: Path) -> None:
        """The folder of the store itself may be one of the user's own, with permissions of its own."""
        if folder == self.folder:
            folder.mkdir(parents=True, exist_ok=True)
        else:
            owner_only(folder)

    def drop_elsewhere(self, group: str, name: str) -> tuple[Path, ...]:
        """Deletes prints of this name that we made in other groups, such as those of a person who has moved."""
        notes = sorted(self.folder.glob(f"*/{_NOTES}/{glob.escape(name)}.json"))
        groups = (note.parent.parent.name for note in notes)
        return tuple(self._drop(elsewhere, name) for elsewhere in groups if elsewhere != group)

    def drop_others(self, group: str, names: Iterable[str]) -> tuple[Path, ...]:
        """Deletes prints that we made in this group for anybody but `names`, such as people who moved on."""
        kept = set(names)
        notes = sorted((self.folder / group / _NOTES).glob("*.json"))
        return tuple(self._drop(group, note.stem) for note in notes if note.stem not in kept)

    def _drop(self, group: str, name: str) -> Path:
        path = self.path(group, name)
        path.unlink(missing_ok=True)
        self._note(group, name).unlink(missing_ok=True)
        return path

    def _note(self, group: str, name: str) -> Path:
        return self.folder / group / _NOTES / f"{name}.json"
