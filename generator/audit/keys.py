"""What the findings about a person rest on, as one short key each, and until when: an equal key means equal findings before that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from generator.records.corpus import Corpus
from generator.records.model import Branch, Committee, Organisation, Organiser, Person


class Rest(NamedTuple):
    """`turn`: the first day after the as-of day on which an entry of somebody else comes to count; None: there is none."""

    key: bytes
    turn: date | None


def keys_of(corpus: Corpus, shared: Iterable[str], day: date, explicit: bool) -> Mapping[str, Rest]:
    """Person id → key.

    It covers every file about organisation, committees, branches and organisers, the person's own file and events, and the same of
    everybody whose id occurs in any of these. `shared` are people whom findings about others may point to unnamed. An explicit day
    leaves later entries aside, those of other people too; without one they are never looked at for a day that has come.
    """
    made = _Keys(corpus, day if explicit else None)
    common = made.common(shared, "explicit" if explicit else "")
    return {person.id: made.rest(person, common) for person in corpus.people.values()}


class _Keys:
    def __init__(self, corpus: Corpus, day: date | None) -> None:
        self._corpus = corpus
        contents = corpus.contents
        self._named = {path: content.mentions for path, content in contents.items()}
        self._digests = {path: content.digest for path, content in contents.items()}
        self._event_branches = {event.path: event.branch for event in corpus.events}
        self._events: dict[str, list[str]] = {person: [] for person in corpus.people}
        for event in corpus.events:
            for person in {corpus.aliases.get(id, id) for id in event.people} & corpus.people.keys():
                self._events[person].append(event.path)
        self._own = {person.id: self._told(person) for person in corpus.people.values()}
        self._turns = {
            person.id: turn for person in corpus.people.values() if day and (turn := _next_entry(person, day))
        }
        self._beyond: dict[str, frozenset[str]] = {}

    def _told(self, person: Person) -> bytes:
        """Everything that is recorded of a person: the own file and every event that names the person."""
        parts = [f"{person.id}\0{person.path}\0".encode(), self._digests.get(person.path, b"")]
        for event in self._events[person.id]:
            parts += (event.encode(), self._digests[event])
        return blake2b(b"\0".join(parts), digest_size=16).digest()

    def common(self, shared: Iterable[str], kind: str) -> bytes:
        corpus = self._corpus
        above: list[Organisation | Committee | Branch | Organiser] = [
            corpus.organisation,
            *corpus.committees.values(),
            *corpus.branches.values(),
            *corpus.organisers.values(),
        ]
        parts = [kind.encode(), repr(sorted(corpus.aliases.items())).encode()]
        for holder in above:
            parts += (holder.path.encode(), self._digests.get(holder.path, b"none"))
        parts += (self._own[person] for person in sorted(set(shared)))
        return blake2b(b"\0".join(parts), digest_size=16).digest()

    def rest(self, person: Person, common: bytes) -> Rest:
        corpus = self._corpus
        named = set(self._named.get(person.path, ()))
        branches = {person.branch}
        for event in self._events[person.id]:
            named |= self._named[event]
            if branch := self._event_branches[event]:
                branches.add(branch)
        branches.update(named & corpus.branches.keys())
        for branch in branches:
            named |= self._officers(branch)
        others = sorted({corpus.aliases.get(id, id) for id in named} & corpus.people.keys())
        parts = [common, self._own[person.id], *(self._own[other] for other in others)]
        turn = min((self._turns[other] for other in others if other in self._turns), default=None)
        return Rest(blake2b(b"".join(parts), digest_size=16).digest(), turn)

    def _officers(self, branch: str) -> frozenset[str]:
        """Whoever the files of a branch and of what is above it name."""
        if branch not in self._beyond:
            corpus = self._corpus
            named = set(self._named.get(corpus.organisation.path, ()))
            if (found := corpus.branches.get(branch)) is not None:
                named |= self._named.get(found.path, frozenset())
                if (committee := corpus.committees.get(found.committee)) is not None:
                    named |= self._named.get(committee.path, frozenset())
            self._beyond[branch] = frozenset(named)
        return self._beyond[branch]


def _next_entry(person: Person, day: date) -> date | None:
    return min((own for own in person.entries.days() if own > day), default=None)
