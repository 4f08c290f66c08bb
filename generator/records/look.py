"""A tree of record files before anything in it is read: what is there, and what is as it was in an earlier run.

When nothing has changed nothing is read, so this module asks for no more than that takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.diagnostics import JishiError
from generator.records.scans import ScanFaults
from generator.records.stamps import Stamp, renewed
from generator.records.store import Store
from generator.records.walk import DATA, Tree, walk

KEPT_FROM = 100
"""Smaller trees are read in the time it takes to look for what was kept."""
INDEX = "files"
SCANS = "scans"
RESULT = "result"
"""The name under which the result of a whole check is kept."""
GROUP = "group "
"""What is kept of a branch or a committee has names that begin so."""


@dataclass(slots=True)
class Reading:
    """The files below `data/`, and of each that was seen before and is unchanged its stamp."""

    root: Path
    tree: Tree
    key: bytes
    """Stands for the program and the definitions as they were when the tree was listed; empty: nobody asked."""
    always: Store | None
    """Where to keep what does not rest on the records."""
    store: Store | None
    """Where to keep what does; None also for a small tree."""
    stamps: dict[str, Stamp]
    digest: str | None
    """Stands for the content of every file and every name in the tree; None as long as the content of one is unknown.
    Scans are no records: `scans` says of those that are asked for whether they are there."""
    scans: ScanFaults

    def settle(self) -> None:
        """Once every file is read: what stands for all of them, kept for the next time."""
        self.digest = _digest(self.tree, self.stamps)
        self.keep_stamps()

    def keep_stamps(self) -> None:
        if self.store is not None:
            self.store.put(INDEX, {path: tuple(stamp) for path, stamp in self.stamps.items()})

    def keep_scans(self) -> None:
        if self.store is not None and (news := self.scans.news()) is not None:
            self.store.put(SCANS, news)


def require_records(root: Path) -> None:
    """Raises `JishiError` when there is no folder with records."""
    if not (root / DATA).is_dir():
        raise JishiError(f"这里没有记录：找不到 {root / DATA}", "请在记录仓库里运行，或用 jishi init 新建一个")


def look(root: Path, always: Store | None, key: bytes = b"") -> Reading:
    """Lists the files and finds out which are as they were. Files never seen before are not opened yet."""
    tree = walk(root)
    store = always if len(tree.files) >= KEPT_FROM else None
    index = store.get(INDEX) if store is not None else None
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
    scans = ScanFaults(root, tree.others, lambda: store.get(SCANS) if store is not None else None)
    reading = Reading(root, tree, key, always, store, stamps, _digest(tree, stamps), scans)
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
    return f"{GROUP}{hashlib.sha256(name.encode()).hexdigest()[:24]}"
