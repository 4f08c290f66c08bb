"""Who last changed each record file, and when: one call of git, read only as far as needed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

from generator.history.git import Repository, git_environment
from generator.records.walk import DATA

_COMMIT = "\x01"


@dataclass(frozen=True, slots=True)
class LastChange:
    """The day and the name are the author's."""

    day: date
    author: str
    commit: str


def last_changes(repository: Repository, paths: Iterable[str]) -> Mapping[str, LastChange]:
    """Path (relative to the records) → the commit that last touched it; those no commit holds are left out.

    The log runs from the newest commit back and is left as soon as every path has been met. What a merge alone changed is not seen.
    """
    wanted = {repository.prefix + path: path for path in paths}
    found: dict[str, LastChange] = {}
    if not wanted:
        return found
    for path, change in changes_back(repository, (DATA,)):
        record = wanted.pop(path, None)
        if record is not None:
            found[record] = change
        if not wanted:
            break
    return found


def changes_back(repository: Repository, below: Iterable[str]) -> Iterator[tuple[str, LastChange]]:
    """Path from the top of the git repository, and what changed it, from the newest commit back. `below`: git's path patterns."""
    command = ["git", "-c", "core.quotePath=false", "log", "-z", "--no-renames", "--name-only"]
    command += ["--date=format:%Y-%m-%d", f"--format={_COMMIT}%H%n%ad%n%aN", "--", *below]
    with subprocess.Popen(
        command, cwd=repository.root, env=git_environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        change: LastChange | None = None
        try:
            for token in _tokens(process.stdout):
                if token.startswith(_COMMIT):
                    change = _change(token)
                elif change is not None:
                    yield token.lstrip("\n"), change
        finally:
            process.terminate()


def _tokens(stream: IO[bytes]) -> Iterator[str]:
    """What stands between NUL characters, as it comes."""
    rest = b""
    while block := stream.read(1 << 16):
        *whole, rest = (rest + block).split(b"\0")
        yield from (token.decode("utf-8", errors="surrogateescape") for token in whole)
    if rest:
        yield rest.decode("utf-8", errors="surrogateescape")


def _change(head: str) -> LastChange | None:
    """None for a day that git itself cannot tell."""
    commit, day, author = [*head.removeprefix(_COMMIT).split("\n", 2), "", ""][:3]
    try:
        return LastChange(date.fromisoformat(day), author.strip(), commit)
    except ValueError:
        return None
