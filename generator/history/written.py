"""When each entry of the records was first written, as far as git can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.history.cache import read_cache, write_cache
from generator.history.commits import Commit, commits_of
from generator.history.entries import EntryKey
from generator.history.facts import Facts, facts_of
from generator.history.git import Repository


@dataclass(frozen=True, slots=True)
class FirstWritten:
    """The commit that brought an entry. `instead_of`: the date it replaced, when an entry of the same step was corrected."""

    commit: Commit
    instead_of: str | None = None


@dataclass(frozen=True)
class Written:
    """The answer for the whole of HEAD. Of several commits that brought an entry (deleted and added again, on two branches) the
    one of the earliest moment counts."""

    first: Mapping[EntryKey, FirstWritten]
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Person id → ids that person's file had before."""
    shallow: bool = False
    """Part of the history is not here; `Commit.boundary` tells where it was cut off."""
    gaps: bool = False
    """Some contents are not here (a partial clone): an entry that no commit holds may have been written all the same."""
    began: date | None = None
    """The day on which git first saw an entry."""
    read: int = 0
    """Commits that had to be read; the others were known."""

    def of(self, ids: Iterable[str], step: str, day: date, n: int) -> FirstWritten | None:
        """The first writing of an entry of somebody with these ids; None for one that no commit holds."""
        found = [self.first.get(EntryKey(id, step, day.isoformat(), n)) for id in ids]
        return min((one for one in found if one), key=lambda one: _moment(one.commit), default=None)

    def ids_before(self, id: str) -> set[str]:
        """Every id under which a person's file once lay."""
        found: set[str] = set()
        waiting = [id]
        while waiting:
            waiting.extend(new := self.former.get(waiting.pop(), frozenset()) - found)
            found |= new
        return found - {id}


def read_written(root: Path) -> Written:
    """One pass over the history of the records below `root`; commits read once are not read again.

    Raises JishiError without git, outside a repository, and before the first commit.
    """
    repository = Repository.open(root)
    commits = commits_of(repository)
    kept = read_cache(repository)
    facts = {commit.id: kept[commit.id] for commit in commits if commit.id in kept}
    new = [commit.id for commit in commits if commit.id not in facts]
    # What a boundary commit adds, and what is missing here, is another thing in a fuller clone: never kept.
    passing: dict[str, Facts] = {}
    for id, found, whole in facts_of(repository, new):
        (facts if whole and id not in repository.boundary else passing)[id] = found
    for id in new:
        if id not in passing and id not in repository.boundary:
            facts.setdefault(id, Facts())
    if len(facts) != len(kept) or new:
        write_cache(repository, facts)
    first, former = _put_together(commits, {**facts, **passing})
    return Written(
        first=first,
        former=former,
        shallow=bool(repository.boundary),
        gaps=bool(passing.keys() - repository.boundary),
        began=min((one.commit.day for one in first.values()), default=None),
        read=len(new),
    )


def _put_together(
    commits: Iterable[Commit], facts: Mapping[str, Facts]
) -> tuple[dict[EntryKey, FirstWritten], dict[str, frozenset[str]]]:
    first: dict[EntryKey, FirstWritten] = {}
    former: dict[str, set[str]] = defaultdict(set)
    for commit in commits:
        one = facts.get(commit.id)
        if one is None:
            continue
        replaced: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key in one.removed:
            replaced[key.person, key.step].append(key.day)
        for key in one.added:
            known = first.get(key)
            if known is None or _moment(commit) < _moment(known.commit):
                gone = replaced.get((key.person, key.step), [])
                first[key] = FirstWritten(commit, gone[0] if len(gone) == 1 else None)
        for old, new in one.renamed:
            former[new].add(old)
    return first, {id: frozenset(old) for id, old in former.items()}


def _moment(commit: Commit) -> tuple[int, str]:
    return commit.moment, commit.id
