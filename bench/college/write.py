"""Writes a college as a records repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.college.model import Branch, College, Committee, Event, Fields, Person, merged
from bench.college.order import in_order, ordered
from bench.college.yaml_text import Note, document

PERSON_KEYS = (
    "name",
    "former_names",
    "former_ids",
    "sex",
    "ethnicity",
    "born",
    "native_place",
    "birthplace",
    "category",
    "league",
    "enrolled",
    "leaves",
    "unit",
    "position",
    "education",
    "degree",
    "work_started",
    "accounts",
    "baseline",
    "sanctions",
    "waivers",
    "note",
)


def write_college(college: College, out: Path) -> int:
    """Writes everything below `out` and returns the number of files. Refuses a folder that has something in it."""
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} 不是空文件夹")
    files = 0
    for path, text in texts(college):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        files += 1
    return files


def texts(college: College) -> Iterable[tuple[str, str]]:
    """Path and content of every file, in a fixed order."""
    events = _settle(college)
    yield "organisation.yaml", document(college.organisation, "学校。人员、支部和事件都是虚构的。")
    for committee in college.committees:
        yield f"{committee.id}/committee.yaml", document(_committee(committee))
        for organiser in committee.organisers:
            yield f"{committee.id}/organisers/{organiser.person.id}.yaml", document(organiser.fields)
        for branch in committee.branches:
            yield f"{committee.id}/{branch.id}/branch.yaml", document(_branch(branch))
            for person in sorted(branch.people, key=lambda one: one.id):
                yield f"{committee.id}/{branch.id}/people/{person.id}.yaml", document(_person(person), person.heading)
    for path, event in events:
        yield path, document(_event(event))


def _settle(college: College) -> list[tuple[str, Event]]:
    """Names the event files; some events of a single person go into that person's own log."""
    named: list[tuple[str, Event]] = []
    taken: dict[str, int] = {}
    for event in sorted(college.events.values(), key=lambda one: (one.folder, one.day, one.step, min(one.parts))):
        if len(event.parts) == 1 and college.chance("home", event.folder, event.step, event.day).random() < 0.5:
            ((number, own),) = event.parts.items()
            event.owners[number].log.append(
                (event.day, event.order, ordered(event.step, event.day, event.shared, own), "")
            )
            continue
        base = f"{event.folder}/events/{event.day}-{event.step}"
        count = taken[base] = taken.get(base, 0) + 1
        named.append((f"{base}-{count}.yaml" if count > 1 else f"{base}.yaml", event))
    return named


def _person(person: Person) -> Fields:
    fields = {key: person.fields[key] for key in PERSON_KEYS if person.fields.get(key) is not None}
    log: list[Any] = []
    for _, _, entry, comment in sorted(person.log, key=lambda item: item[:2]):
        if comment:
            log.append(Note(comment))
        log.append(entry)
    return merged(fields, {"log": log or None})


def _event(event: Event) -> Fields:
    parts = {number: in_order(event.parts[number]) for number in sorted(event.parts)}
    return {**ordered(event.step, event.day, event.shared), "people": parts}


def _committee(committee: Committee) -> Fields:
    return merged(
        committee.fields,
        {"officers": [officer.written() for officer in committee.officers]},
        _moved(committee.fields, "plans"),
    )


def _moved(fields: Fields, key: str) -> Fields:
    return {key: fields[key]} if key in fields else {}


def _branch(branch: Branch) -> Fields:
    return merged(
        branch.fields,
        {"officers": [officer.written() for officer in sorted(branch.officers, key=lambda one: one.start)]},
    )
