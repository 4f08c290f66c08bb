"""Whether the scans that were bound into a dossier still lie in the records as they were, and if not, in which commit they did."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.history.commits import Commit
from generator.history.git import Repository
from generator.history.objects import Objects, open_objects
from generator.records.walk import DATA
from generator.views.slice import BoundScan

_POINTER = b"version https://git-lfs.github.com/"


@dataclass(frozen=True, slots=True)
class ScanState:
    """`same`: the file that lies there now is the one that was bound in; `there`: one lies there at all.

    `commit`: of a scan that is not the same now, the latest of the commits looked at in which it was.
    """

    scan: BoundScan
    same: bool
    there: bool
    commit: Commit | None = None


def scan_states(root: Path, scans: Iterable[BoundScan], commits: Sequence[Commit]) -> list[ScanState]:
    """`commits`: those in which the records were as the dossier says, ancestors first. Raises `OSError` for an unreadable file
    and `JishiError` when git cannot be run.
    """
    states = [_now(root, scan) for scan in scans]
    if commits and not all(state.same for state in states):
        repository = Repository.open(root)
        with open_objects(repository) as objects:
            states = [state if state.same else _earlier(objects, repository.prefix, state, commits) for state in states]
    return states


def _now(root: Path, scan: BoundScan) -> ScanState:
    path = root / scan.file
    if not (_is_inside(scan.file) and path.resolve().is_relative_to((root / DATA).resolve()) and path.is_file()):
        return ScanState(scan, same=False, there=False)
    return ScanState(scan, hashlib.sha256(path.read_bytes()).hexdigest() == scan.sha256, there=True)


def _earlier(objects: Objects, prefix: str, state: ScanState, commits: Sequence[Commit]) -> ScanState:
    if not _is_inside(state.scan.file):
        return state
    seen: dict[str, bool] = {}
    for commit in reversed(commits):
        found = objects.read(f"{commit.id}:{prefix}{state.scan.file}")
        if found is None:
            continue
        oid, content = found
        if oid not in seen:
            seen[oid] = _is_the_scan(content, state.scan.sha256)
        if seen[oid]:
            return ScanState(state.scan, same=False, there=state.there, commit=commit)
    return state


def _is_the_scan(content: bytes, digest: str) -> bool:
    """A large file may be kept elsewhere, with a note in git that gives its digest."""
    if content.startswith(_POINTER):
        return f"sha256:{digest}".encode() in content
    return hashlib.sha256(content).hexdigest() == digest


def _is_inside(path: str) -> bool:
    """An attachment may say anything."""
    parts = PurePosixPath(path).parts
    return path.isprintable() and parts[:1] == (DATA,) and ".." not in parts
