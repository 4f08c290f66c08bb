"""What a commit did to the entries: a fact about the commit alone, true for ever, and so kept between runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.history.commits import FileChange, Version, changes_of
from generator.history.entries import EntryKey, Noted, keys_of, noted_in
from generator.history.git import Repository


@dataclass(frozen=True, slots=True)
class Facts:
    """`added`: entries that none of the parents has in that file. `renamed`: (former id, new id) of a person's file."""

    added: tuple[EntryKey, ...] = ()
    removed: tuple[EntryKey, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


def facts_of(repository: Repository, commits: Iterable[str]) -> Iterator[tuple[str, Facts, bool]]:
    """(commit, its facts, whether every file of it could be read). Every content is read once; commits without changes are left out."""
    changed = list(changes_of(repository, commits))
    wanted: dict[str, str] = {}
    for _, changes in changed:
        for change in changes:
            for file, oid in _versions(change):
                wanted[oid] = file.kind
    contents: dict[str, tuple[Noted, ...]] = {}
    for oid, raw in repository.blobs(wanted):
        if raw is not None:
            contents[oid] = noted_in(wanted[oid], raw)
    for commit, changes in changed:
        whole = all(oid in contents for change in changes for _, oid in _versions(change))
        yield commit, _facts(changes, contents), whole


def _versions(change: FileChange) -> Iterator[Version]:
    yield from change.before
    if change.after is not None:
        yield change.after


def _facts(changes: list[FileChange], contents: Mapping[str, tuple[Noted, ...]]) -> Facts:
    added: set[EntryKey] = set()
    removed: set[EntryKey] = set()
    renamed = []
    for change in changes:
        before = {key for file, oid in change.before for key in keys_of(file, contents.get(oid, ()))}
        after = keys_of(change.after[0], contents.get(change.after[1], ())) if change.after else set()
        added |= after - before
        removed |= before - after
        for file, _ in change.before:
            if change.after and file.kind == "person" and file.id != change.after[0].id:
                renamed.append((file.id, change.after[0].id))
    # What only changed its file was neither written nor taken away.
    return Facts(tuple(sorted(added - removed)), tuple(sorted(removed - added)), tuple(sorted(set(renamed))))
