"""Findings that several people have in common because they rest on the shared part of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostic, Place, Related
from generator.records.model import Person

PEOPLE = "people"


def said_once(findings: Iterable[Diagnostic], people: Mapping[str, Person]) -> list[Diagnostic]:
    """Equal findings of several people as one without a person. What stands in a shared part says in `related` whom it concerns."""
    groups: dict[object, list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        groups[finding.code, finding.place, finding.span, finding.step, finding.message].append(finding)
    return [_joined(group, people) for group in groups.values()]


def _joined(group: list[Diagnostic], people: Mapping[str, Person]) -> Diagnostic:
    first = group[0]
    concerned = sorted({finding.person for finding in group if finding.person is not None} & people.keys())
    if PEOPLE in first.place.pointer or all(people[person].path == first.place.path for person in concerned):
        return first
    related = tuple(
        Related(Place(first.place.path, (PEOPLE, person), on_key=True), f"涉及{people[person].name}")
        for person in concerned
    )
    return replace(first, person=first.person if len(concerned) == 1 else None, related=(*first.related, *related))
