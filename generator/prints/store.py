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
_PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class PrintStore:
    """Prints under `folder`, each at `<group>/<name>.pdf`, readable by their owner alone. `ending`: of another kind of file."""

    folder: Path
    ending: str = _PDF

    def path(self, group: str, name: str) -> Path:
        return self.folder / group / f"{name}{self.ending}"

    def is_current(self, group: str, name: str, key: str) -> bool:
        """Whether the file is there, untouched, and was made from what `key` stands for."""
        return self._holds(group, name, "key", key)

    def is_untouched(self, group: str, name: str, early: str) -> bool:
        """The same, from a key that was known beforehand (`early`); none is never current."""
        return bool(early) and self._holds(group, name, "early", early)

    def _holds(self, group: str, name: str, which: str, key: str) -> bool:
        note = self._told(group, name)
        return note.get(which) == key and self._is_ours(group, name)

    def _is_ours(self, group: str, name: str) -> bool:
        """Whether the file is there as we made it."""
        said = self._told(group, name).get("sha256")
        try:
            return said == hashlib.sha256(self.path(group, name).read_bytes()).hexdigest()
        except OSError:
            return False

    def _told(self, group: str, name: str) -> dict[str, object]:
        """The note of a print; empty when there is none that can be read."""
        try:
            note = json.loads(self._note(group, name).read_bytes())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

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
        owner_only(self.folder / group / _NOTES)
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
        notes = sorted(self.folder.glob(f"*/{self._notes}/{glob.escape(name)}.json"))
        groups = [note.relative_to(self.folder).parts[0] for note in notes]
        return self._dropped((elsewhere, name) for elsewhere in groups if elsewhere != group)

    def drop(self, name: str) -> tuple[Path, ...]:
        """Deletes prints of this name that we made, in every group."""
        return self.drop_elsewhere("", name)

    def names(self, group: str) -> tuple[str, ...]:
        """Of the prints that we made in this group."""
        return tuple(sorted(note.stem for note in (self.folder / group / self._notes).glob("*.json")))

    def drop_others(self, group: str, names: Iterable[str]) -> tuple[Path, ...]:
        """Deletes prints that we made in this group for anybody but `names`, such as people who moved on."""
        kept = set(names)
        return self._dropped((group, name) for name in self.names(group) if name not in kept)

    def _dropped(self, prints: Iterable[tuple[str, str]]) -> tuple[Path, ...]:
        """What of these was there as we made it, and is gone now; a file that somebody has changed since is theirs."""
        gone = []
        for group, name in prints:
            path = self.path(group, name)
            if self._is_ours(group, name):
                path.unlink(missing_ok=True)
                gone.append(path)
            self._note(group, name).unlink(missing_ok=True)
        return tuple(gone)

    @property
    def _notes(self) -> str:
        return _NOTES if self.ending == _PDF else f"{_NOTES}/{self.ending.removeprefix('.')}"

    def _note(self, group: str, name: str) -> Path:
        return self.folder / group / self._notes / f"{name}.json"
