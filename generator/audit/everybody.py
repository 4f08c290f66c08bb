"""The findings about everybody: those kept from an earlier run where nothing they rest on changed, the others worked out anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from generator.audit.assessment import Assessment, Journey, Unjudged
from generator.audit.assessor import Assessor
from generator.audit.audit import Tick
from generator.audit.kept import earliest, holds_on
from generator.audit.keys import Rest, keys_of
from generator.audit.register import all_rules
from generator.diagnostics import Diagnostic
from generator.records.garbage import without_looking_for_garbage
from generator.records.look import group_of, people_of
from generator.records.store import Store
from generator.records.workers import in_order, process_count

MANY = 150
"""From this many people on it pays to start other processes; their assessments are not brought back, only the findings."""
_KEPT = 300
"""Assessments kept: of a few branches. Those of a whole university take gigabytes, and who goes through all goes branch by branch."""
_BRANCHES = 8
"""Branches whose findings from an earlier run are held at a time."""
_PIECES = 8
"""Pieces of work for each process, so that none waits long for the last."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was found about one person; `findings` are located when they are kept, `waived` never. `later`: entries after the as-of day
    that were left aside.

    It holds from `since`, the day it was found for, to the day before `until`; None: for good.
    """

    findings: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    later: int
    since: date
    until: date | None


class KeptSaid:
    """What an earlier run has said about single people. The people of a branch are read when one of them is asked for."""

    def __init__(self, assessor: Assessor, store: Store) -> None:
        self._assessor, self._store = assessor, store
        self._read = lru_cache(maxsize=_BRANCHES)(store.get)

    @cached_property
    def _keys(self) -> Mapping[str, Rest]:
        holders = {person.id for found in self._assessor.index.serials.values() for person, _ in found}
        return keys_of(self._assessor.corpus, holders, self._assessor.day, self._assessor.explicit)

    def get(self, id: str) -> Said | None:
        """None where anything that it rests on has changed, or the day has come from which it may be otherwise."""
        found = self._read(self._group(id))
        key, *said = found.get(id, (None,)) if isinstance(found, dict) else (None,)
        return Said(*said) if key == self._keys[id].key and holds_on(self._assessor.day, *said[3:]) else None

    def keep(self, said: Mapping[str, Said], new: Sequence[str]) -> None:
        """`said`: about everybody; `new`: about whom it was not kept before."""
        groups: dict[str, list[str]] = {}
        for id in self._assessor.order:
            groups.setdefault(self._group(id), []).append(id)
        changed = {self._group(id) for id in new}
        for name, ids in groups.items():
            if name in changed:
                self._store.put(name, {id: (self._keys[id].key, *_plain(said[id])) for id in ids})
        self._read.cache_clear()

    def turn(self, id: str) -> date | None:
        """The first day on which what others say of the person may be otherwise."""
        return self._keys[id].turn

    def _group(self, id: str) -> str:
        person = self._assessor.corpus.people[id]
        return people_of(group_of(person.committee, person.branch))


class Assessments(Mapping[str, Assessment]):
    """Person id → assessment, by branch and id; each is worked out when it is asked for, and only the last ones are kept.

    Of whom the findings are known from an earlier run no rule is asked.
    """

    def __init__(self, assessor: Assessor, kept: KeptSaid | None = None) -> None:
        self._assessor = assessor
        self._said = kept
        self._made: OrderedDict[str, Assessment] = OrderedDict()

    @property
    def order(self) -> tuple[str, ...]:
        return self._assessor.order

    def __getitem__(self, id: str) -> Assessment:
        if id in self._made:
            self._made.move_to_end(id)
            return self._made[id]
        if id not in self._assessor.readable:
            raise KeyError(id)
        made = self._made[id] = self._assessed(id)
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return made

    def _assessed(self, id: str) -> Assessment:
        person, known = self._assessor.corpus.people[id], self._said.get(id) if self._said is not None else None
        if known is None:
            return self._assessor.assess(person)
        return Assessment(person, self._assessor.progress(person), known.findings, known.waived, known.until)

    def journey(self, id: str) -> Journey:
        if id in self._made or id not in self._assessor.readable:
            return self[id]
        person = self._assessor.corpus.people[id]
        return Unjudged(person, self._assessor.progress(person))

    def __contains__(self, id: object) -> bool:
        return id in self._assessor.readable

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)


class Journeys(Mapping[str, Journey]):
    """Person id → journey, by branch and id: what is asked for is not assessed for that."""

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    def __getitem__(self, id: str) -> Journey:
        return self._assessments.journey(id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._assessments)

    def __len__(self) -> int:
        return len(self._assessments)


def said_about_everybody(
    assessments: Assessments, assessor: Assessor, kept: KeptSaid | None, progress: Tick | None
) -> list[Said]:
    """In the order of the assessments."""
    order = assessments.order
    said: dict[str, Said] = {id: known for id in order if kept is not None and (known := kept.get(id))}
    open_ = [id for id in order if id not in said]
    if len(open_) < MANY:
        for id in open_:
            said[id] = _unlocated(assessments[id])
            if progress is not None:
                progress(len(said), len(order))
    else:
        processes = process_count()
        size = max(20, len(open_) // (_PIECES * processes) + 1)
        pieces = [open_[start : start + size] for start in range(0, len(open_), size)]

        def work(ids: Sequence[str]) -> list[Said]:
            return _said(assessor, ids)

        # What everybody needs is made before the others start, which take it over.
        _ = assessor.index, all_rules()
        with without_looking_for_garbage():
            for ids, found in zip(pieces, in_order(work, pieces, processes), strict=True):
                said.update(zip(ids, found, strict=True))
                if progress is not None:
                    progress(len(said), len(order))
    if kept is not None and open_:
        if len(open_) < MANY:
            said.update(zip(open_, _located(assessor, [said[id] for id in open_]), strict=True))
        for id in open_:
            said[id] = replace(said[id], until=earliest((said[id].until, kept.turn(id))))
        kept.keep(said, open_)
    return [said[id] for id in order]


def _said(assessor: Assessor, ids: Sequence[str]) -> list[Said]:
    return _located(assessor, [_unlocated(assessor.assess(assessor.corpus.people[id])) for id in ids])


def _unlocated(one: Assessment) -> Said:
    return Said(one.findings, one.waived, one.progress.ignored_later, one.progress.as_of, one.next_change)


def _located(assessor: Assessor, said: list[Said]) -> list[Said]:
    """With spans, looked up file by file: only the documents read last are at hand."""
    everything = {finding: None for one in said for finding in one.findings}
    places = {
        finding: assessor.locate(finding) for finding in sorted(everything, key=lambda finding: finding.place.path)
    }
    return [replace(one, findings=tuple(places[finding] for finding in one.findings)) for one in said]


def _plain(one: Said) -> tuple[object, ...]:
    return one.findings, one.waived, one.later, one.since, one.until
