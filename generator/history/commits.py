"""The commits behind HEAD, and which record files each of them changes.

A commit's day is the author's: what the writer's machine said, in its own time zone. The committer's date is rewritten by every
rebase, and would make a whole history look written that day. Neither proves anything: a machine's clock can be set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.history.entries import KINDS
from generator.history.git import Repository
from generator.records.walk import DATA, RecordFile, classify


@dataclass(frozen=True, slots=True)
class Commit:
    """`moment` in seconds since 1970; `boundary`: what came before it is not in this shallow clone."""

    id: str
    moment: int
    day: date
    boundary: bool = False
    author: str = ""

    @property
    def short(self) -> str:
        return self.id[:10]


Version = tuple[RecordFile, str]
"""A record file and the id of its content."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a commit: its version in each parent that has it, and after. Added, moved and deleted files have one side."""

    before: tuple[Version, ...]
    after: Version | None


def commits_of(repository: Repository) -> list[Commit]:
    """Everything HEAD is made of, ancestors first."""
    listed = repository.output(
        "rev-list", "--topo-order", "--reverse", "--date=format:%Y-%m-%d", "--format=%H %at %ad %ct %cd %aN", "HEAD"
    )
    found = []
    for line in listed.decode("utf-8", errors="replace").split("\n"):
        if not line or line.startswith("commit "):
            continue
        id, *times = line.split(" ", 5)
        moment, day = _first_readable(times[:4])
        found.append(Commit(id, moment, day, id in repository.boundary, times[4] if len(times) > 4 else ""))
    return found


def _first_readable(times: list[str]) -> tuple[int, date]:
    """The author's moment and day; the committer's when the author's cannot be read (0: git could not either)."""
    for moment, day in zip(times[::2], times[1::2], strict=False):
        try:
            if int(moment) > 0:
                return int(moment), date.fromisoformat(day)
        except ValueError:
            continue
    return 0, date(1970, 1, 1)


def changes_of(repository: Repository, commits: Iterable[str]) -> Iterator[tuple[str, list[FileChange]]]:
    """Commit → changes of files that hold entries. A merge has those files only that differ from all its parents."""
    wanted = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    if not wanted:
        return
    # Only near-identical files count as renamed: two people's logs resemble each other.
    command = ["diff-tree", "--stdin", "-r", "--root", "-c", "-M80%", "-l1000", "-z", "--raw", "--no-abbrev"]
    printed = repository.output(*command, "--", DATA, stdin=wanted)
    tokens = iter(printed.decode("utf-8", errors="surrogateescape").split("\0"))
    commit, changes = "", list[FileChange]()
    for token in tokens:
        if not token.startswith(":"):
            if commit:
                yield commit, changes
            commit, changes = token.strip(), []
            continue
        parents = len(token) - len(token.lstrip(":"))
        fields = token[parents:].split(" ")
        modes, oids, status = fields[: parents + 1], fields[parents + 1 : -1], fields[-1]
        paths = [next(tokens)]
        if parents == 1 and status[0] in "RC":
            paths.append(next(tokens))
        versions = [
            _version(repository.prefix, paths[-1] if index == parents else paths[0], mode, oid)
            for index, (mode, oid) in enumerate(zip(modes, oids, strict=True))
        ]
        changes.append(FileChange(tuple(one for one in versions[:-1] if one), versions[-1]))
    if commit:
        yield commit, changes


def _version(prefix: str, path: str, mode: str, oid: str) -> Version | None:
    """None where there is no such file on this side, or it is a link or a submodule, or holds no entries."""
    if not mode.startswith("100") or not path.startswith(prefix):
        return None
    file = classify(path.removeprefix(prefix))
    return (file, oid) if file is not None and file.kind in KINDS else None
