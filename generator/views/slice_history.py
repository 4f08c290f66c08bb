"""In which commits the records of one person were as a slice has them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.history.commits import Commit, commits_of
from generator.history.git import Repository
from generator.history.objects import FOLDER, PLAIN, Objects, open_objects
from generator.records.walk import DATA, RecordFile, classify, walk
from generator.records.yaml_source import read_yaml
from generator.views.cut import PEOPLE, Cut
from generator.views.slice import Slice, cut_slice

Versions = tuple[tuple[str, str], ...]
"""Path and id of the content of the files that may concern a person."""


@dataclass(frozen=True, slots=True)
class Matches:
    """`runs`: first and last of commits in a row that match, ancestors first; `commits`: all that match. `head`: whether the latest
    one does. `shallow`: earlier commits are not here.
    """

    runs: tuple[tuple[Commit, Commit], ...]
    commits: tuple[Commit, ...]
    seen: int
    head: bool
    shallow: bool


def ids_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the person of a slice: the present one, then former ones."""
    own = record.get("record")
    former = own.get("former_ids") if isinstance(own, Mapping) else ()
    return (str(record.get("person", "")), *(id for id in former or () if isinstance(id, str) and id))


def slice_now(root: Path, ids: Sequence[str], cut: Cut) -> Slice | None:
    """The slice of the files as they lie there; None when there is no such person."""
    known = [(file, root / file.path) for file in walk(root).files if _may_concern(file, ids)]

    def read(path: str) -> bytes:
        return (root / path).read_bytes()

    paths = [file.path for file, _ in known if file.kind == "person" or _names(read(file.path), ids)]
    return _slice(paths, read, ids, cut)


def find_commits(root: Path, digest: str, ids: Sequence[str], cut: Cut) -> Matches:
    """The commits behind HEAD in which the slice has this digest. Raises `JishiError` outside a git repository.

    Folders and files are read once each, however many commits share them.
    """
    repository = Repository.open(root)
    commits = commits_of(repository)
    with open_objects(repository) as objects:
        history = _History(objects, repository.prefix, ids, cut)
        matching = [history.digest(commit.id) == digest for commit in commits]
    runs: list[tuple[Commit, Commit]] = []
    for index, matches in enumerate(matching):
        if matches and index and matching[index - 1]:
            runs[-1] = (runs[-1][0], commits[index])
        elif matches:
            runs.append((commits[index], commits[index]))
    alike = tuple(commit for commit, matches in zip(commits, matching, strict=True) if matches)
    return Matches(tuple(runs), alike, len(commits), matching[-1], bool(repository.boundary))


class _History:
    def __init__(self, objects: Objects, prefix: str, ids: Sequence[str], cut: Cut) -> None:
        self._objects = objects
        self._prefix = prefix
        self._ids = ids
        self._cut = cut
        self._folders: dict[tuple[str, str], Versions] = {}
        self._naming: dict[str, bool] = {}
        self._digests: dict[Versions, str] = {}

    def digest(self, commit: str) -> str:
        """Of the slice at a commit; empty when there is no such person."""
        found = self._objects.read(f"{commit}:{self._prefix}{DATA}")
        versions = self._below(found[0], DATA) if found else ()
        if versions not in self._digests:
            contents = dict(versions)
            made = _slice([path for path, _ in versions], lambda path: self._content(contents[path]), self._ids, self._cut)
            self._digests[versions] = made.digest if made else ""
        return self._digests[versions]

    def _below(self, oid: str, path: str) -> Versions:
        key = (oid, path)
        if key not in self._folders:
            found: list[tuple[str, str]] = []
            for mode, name, child in list(self._objects.folder(oid)):
                below = f"{path}/{name}"
                if mode == FOLDER:
                    found.extend(self._below(child, below))
                elif mode in PLAIN and self._concerns(below, child):
                    found.append((below, child))
            self._folders[key] = tuple(found)
        return self._folders[key]

    def _concerns(self, path: str, oid: str) -> bool:
        file = classify(path)
        if file is None or not _may_concern(file, self._ids):
            return False
        return file.kind == "person" or self._is_named(oid)

    def _is_named(self, oid: str) -> bool:
        if oid not in self._naming:
            self._naming[oid] = _names(self._content(oid), self._ids)
        return self._naming[oid]

    def _content(self, oid: str) -> bytes:
        found = self._objects.read(oid)
        return found[1] if found else b""


def _may_concern(file: RecordFile, ids: Sequence[str]) -> bool:
    return file.kind == "event" or (file.kind == "person" and file.id == ids[0])


def _names(content: bytes, ids: Iterable[str]) -> bool:
    return any(id.encode() in content for id in ids)


def _slice(paths: Sequence[str], read: Callable[[str], bytes], ids: Sequence[str], cut: Cut) -> Slice | None:
    own = [path for path in paths if (file := classify(path)) is not None and file.kind == "person"]
    if len(own) != 1:
        return None
    events = []
    for path in paths:
        if path == own[0]:
            continue
        data = read_yaml(path, read(path)).data
        people = data.get(PEOPLE) if isinstance(data, Mapping) else None
        if isinstance(people, Mapping) and not people.keys().isdisjoint(ids):
            events.append((path, data))
    record = read_yaml(own[0], read(own[0])).data
    return cut_slice(ids, own[0], record, events, cut) if isinstance(record, Mapping) else None


def digest_of(text: bytes) -> str:
    """SHA-256, line ends as we write them."""
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()
