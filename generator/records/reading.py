"""All record files of a tree, read: from what was kept where nothing changed, else anew, in several processes when there are many."""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.diagnostics import Span
from generator.records.load import Loaded, load_file
from generator.records.schema import Checked, RecordSchemas
from generator.records.stamps import Stamp, renewed, stamped
from generator.records.store import Store, packed
from generator.records.walk import RecordFile, Tree, walk
from generator.records.workers import in_order, process_count

MANY = 400
"""From this many files on it pays to start other processes."""
KEPT_FROM = 100
"""Smaller trees are read in the time it takes to look for what was kept."""
_INDEX = "files"
RESULT = "result"
"""The name under which the result of a whole check is kept."""


@dataclass(slots=True)
class Reading:
    """The files below `data/`, and of each that was seen before and is unchanged its stamp."""

    root: Path
    tree: Tree
    store: Store | None
    stamps: dict[str, Stamp]
    digest: str | None
    """Stands for the content of every file and every name in the tree; None as long as the content of one is unknown."""

    def load(self, schemas: RecordSchemas) -> list[Loaded]:
        """Every file, in the order of the tree. Fills in the stamps and, if all could be read, the digest."""
        groups: dict[str, list[RecordFile]] = {}
        for file in self.tree.files:
            groups.setdefault(group_of(file.committee, file.branch), []).append(file)
        kept = {name: found for name, files in groups.items() if (found := self._kept(name, files)) is not None}
        stale = [name for name in groups if name not in kept]
        many = sum(len(groups[name]) for name in stale) >= MANY

        def read(name: str) -> bytes:
            return _read_group(self, name, groups[name], schemas)

        for name, raw in zip(stale, in_order(read, stale, process_count() if many else 1), strict=True):
            kept[name] = pickle.loads(raw)
            if self.store is not None:
                self.store.put_raw(name, raw)
        loaded: list[Loaded] = []
        for name, files in groups.items():
            for file in files:
                stamp, content = kept[name][file.path]
                # The content counts that was taken in, should the file have changed since it was looked at.
                if stamp is None:
                    self.stamps.pop(file.path, None)
                elif file.path not in self.stamps or self.stamps[file.path].digest != stamp[-1]:
                    self.stamps[file.path] = Stamp(*stamp)
                loaded.append(_unfolded(file, content))
        self.digest = _digest(self.tree, self.stamps)
        self.keep_stamps()
        if self.store is not None and stale:
            self.store.drop_others({_INDEX, RESULT, *groups, *(people_of(name) for name in groups)})
        order = {file.path: number for number, file in enumerate(self.tree.files)}
        return sorted(loaded, key=lambda one: order[one.file.path])

    def _kept(self, name: str, files: Iterable[RecordFile]) -> Any:
        """What was kept of a group, if every file in it is unchanged."""
        if self.store is None or any(file.path not in self.stamps for file in files):
            return None
        found = self.store.get(name)
        if not isinstance(found, dict):
            return None
        for file in files:
            stamp = found.get(file.path, (None,))[0]
            if stamp is None or stamp[-1] != self.stamps[file.path].digest:
                return None
        return found

    def keep_stamps(self) -> None:
        if self.store is not None:
            self.store.put(_INDEX, {path: tuple(stamp) for path, stamp in self.stamps.items()})


def look(root: Path, store: Store | None) -> Reading:
    """Lists the files and finds out which are as they were. Files never seen before are not opened yet."""
    tree = walk(root)
    if len(tree.files) < KEPT_FROM:
        store = None
    index = store.get(_INDEX) if store is not None else None
    stamps: dict[str, Stamp] = {}
    healed = False
    if isinstance(index, dict):
        top = str(root)
        for file in tree.files:
            old = index.get(file.path)
            if old is None:
                continue
            told = Stamp(*old)
            stamp = renewed(f"{top}/{file.path}", told)
            if stamp is not None:
                healed = healed or stamp is not told
                stamps[file.path] = stamp
    reading = Reading(root, tree, store, stamps, _digest(tree, stamps))
    if healed:
        reading.keep_stamps()
    return reading


def _digest(tree: Tree, stamps: Mapping[str, Stamp]) -> str | None:
    if any(file.path not in stamps for file in tree.files):
        return None
    whole = hashlib.sha256()
    for file in tree.files:
        whole.update(f"{file.path}\0".encode() + stamps[file.path].digest)
    whole.update(repr([(said.code, said.place, said.message) for said in tree.findings]).encode())
    return whole.hexdigest()


def people_of(group: str) -> str:
    """The name under which is kept what was found about the people of a group."""
    return f"{group} people"


@cache
def group_of(committee: str, branch: str | None) -> str:
    """The files of a branch are kept together, and those of a committee."""
    name = f"{committee} {branch or ''}"
    return f"group {hashlib.sha256(name.encode()).hexdigest()[:24]}"


def _read_group(reading: Reading, name: str, files: Sequence[RecordFile], schemas: RecordSchemas) -> bytes:
    old = reading.store.get(name) if reading.store is not None else None
    old = old if isinstance(old, dict) else {}
    found: dict[str, Any] = {}
    for file in files:
        stamp, content = old.get(file.path, (None, None))
        known = reading.stamps.get(file.path)
        if stamp is None or known is None or stamp[-1] != known.digest:
            stamp, content = _fresh(reading.root, file, schemas)
        found[file.path] = stamp, content
    return packed(found)


def _fresh(root: Path, file: RecordFile, schemas: RecordSchemas) -> tuple[Any, Any]:
    now = time.time_ns()
    try:
        found = (root / file.path).stat()
    except OSError:
        found = None
    loaded = load_file(root, file, schemas)
    stamp = tuple(stamped(found, loaded.digest, now)) if found is not None and loaded.digest else None
    return stamp, _folded(loaded)


def _folded(loaded: Loaded) -> tuple[Any, ...]:
    """As plain values, which take a third of the time to keep and to fetch."""
    checked = loaded.checked
    numbers = tuple((code, number, (s.line, s.column, s.end_line, s.end_column)) for code, number, s in loaded.numbers)
    content = (checked.fields, checked.entries, checked.people, checked.diagnostics)
    return content, loaded.diagnostics, numbers, loaded.broken, loaded.mentions, loaded.references, loaded.digest


def _unfolded(file: RecordFile, content: Any) -> Loaded:
    (fields, entries, people, said), diagnostics, numbers, broken, mentions, references, digest = content
    spans = tuple((code, number, Span(*span)) for code, number, span in numbers)
    return Loaded(file, Checked(fields, entries, people, said), diagnostics, spans, broken, mentions, references, digest)
