"""The findings about everybody: those kept from an earlier run where nothing they rest on changed, the others worked out anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
_PIECES = 8
"""Pieces of work for each process, so that none waits long for the last."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was found about one person, located; `later`: entries after the as-of day that were left aside.

    It holds from `since`, the day it was found for, to the day before `until`; None: for good.
    """

    findings: tuple[Diagnostic, ...]
    later: int
    since: date
    until: date | None


class Assessments(Mapping[str, Assessment]):
    """Person id → assessment, by branch and id; each is worked out when it is asked for, and only the last ones are kept."""

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor
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
        made = self._made[id] = self._assessor.assess(self._assessor.corpus.people[id])
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return made

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
    assessments: Assessments, assessor: Assessor, store: Store | None, progress: Tick | None
) -> list[Said]:
    """In the order of the assessments."""
    order = assessments.order
    keys = _keys(assessor) if store is not None else {}
    kept = _kept(assessor, store, keys) if store is not None else {}
    said: dict[str, Said] = {id: kept[id] for id in order if id in kept}
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
    if store is not None and open_:
        if len(open_) < MANY:
            said.update(zip(open_, _located(assessor, [said[id] for id in open_]), strict=True))
        for id in open_:
            said[id] = replace(said[id], until=earliest((said[id].until, keys[id].turn)))
        _keep(assessor, store, keys, said, open_)
    return [said[id] for id in order]


def _said(assessor: Assessor, ids: Sequence[str]) -> list[Said]:
    return _located(assessor, [_unlocated(assessor.assess(assessor.corpus.people[id])) for id in ids])


def _unlocated(one: Assessment) -> Said:
    return Said(one.findings, one.progress.ignored_later, one.progress.as_of, one.next_change)


def _located(assessor: Assessor, said: list[Said]) -> list[Said]:
    """With spans, looked up file by file: only the documents read last are at hand."""
    everything = {finding: None for one in said for finding in one.findings}
    places = {
        finding: assessor.locate(finding) for finding in sorted(everything, key=lambda finding: finding.place.path)
    }
    return [replace(one, findings=tuple(places[finding] for finding in one.findings)) for one in said]


def _keys(assessor: Assessor) -> Mapping[str, Rest]:
    holders = {person.id for found in assessor.index.serials.values() for person, _ in found}
    return keys_of(assessor.corpus, holders, assessor.day, assessor.explicit)


def _groups(assessor: Assessor) -> Mapping[str, list[str]]:
    """Name under which people are kept → their ids."""
    groups: dict[str, list[str]] = {}
    for id in assessor.order:
        person = assessor.corpus.people[id]
        groups.setdefault(people_of(group_of(person.committee, person.branch)), []).append(id)
    return groups


def _kept(assessor: Assessor, store: Store, keys: Mapping[str, Rest]) -> dict[str, Said]:
    kept: dict[str, Said] = {}
    for name, ids in _groups(assessor).items():
        found = store.get(name)
        for id in ids if isinstance(found, dict) else ():
            key, *said = found.get(id, (None,))
            if key == keys[id].key and holds_on(assessor.day, *said[2:]):
                kept[id] = Said(*said)
    return kept


def _keep(
    assessor: Assessor, store: Store, keys: Mapping[str, Rest], said: Mapping[str, Said], new: Sequence[str]
) -> None:
    changed = set(new)
    for name, ids in _groups(assessor).items():
        if not changed.isdisjoint(ids):
            store.put(name, {id: (keys[id].key, *_plain(said[id])) for id in ids})


def _plain(one: Said) -> tuple[object, ...]:
    return one.findings, one.later, one.since, one.until
