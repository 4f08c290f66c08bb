"""Loaded files put together: ids unique, references followed, events merged into people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.diagnostics import Diagnostic, Place, Related
from generator.records.codes import finding
from generator.records.load import Loaded, Pointer
from generator.records.merge import Told, event_of
from generator.records.model import Branch, Committee, Event, Organisation, Organiser, Person
from generator.records.nearest import Nearest
from generator.records.private_numbers import hide_number
from generator.records.references import Known, check_references, values_at
from generator.records.scans import ScanFault
from generator.records.schema import RecordSchemas
from generator.records.sealed_people import sealed_beside
from generator.records.walk import DATA


class Assembly:
    """The parts of a corpus, made from its files in order of path. With `follow` False references are left alone.

    `scan_fault`, given a folder and the path of a scan as a record there writes it, says what is wrong with it; None: nobody looks.
    """

    def __init__(
        self,
        loaded: list[Loaded],
        schemas: RecordSchemas,
        follow: bool,
        scan_fault: Callable[[str, str], ScanFault | None] | None = None,
    ) -> None:
        self.schemas = schemas
        self.findings: list[Diagnostic] = [said for one in loaded for said in one.diagnostics]
        self.organisation = Organisation(f"{DATA}/organisation.yaml", {})
        self.committees: dict[str, Committee] = {}
        self.branches: dict[str, Branch] = {}
        self.people: dict[str, Person] = {}
        self.events: list[Event] = []
        self.organisers: dict[str, Organiser] = {}
        self.aliases: dict[str, str] = {}
        self._told: dict[str, Told] = {}
        self._near = Nearest(())
        by_kind: dict[str, list[Loaded]] = {}
        for one in sorted(loaded, key=lambda one: one.file.path):
            by_kind.setdefault(one.file.kind, []).append(one)
        self._structure(by_kind)
        self._people(by_kind)
        self._near = Nearest((*self.people, *self.organisers, *self.aliases))
        if follow:
            self._references(by_kind)
        self._merge(by_kind.get("event", []))
        self.findings += sealed_beside(by_kind)
        if scan_fault is not None:
            self._scans(loaded, scan_fault)
        self._private_numbers(loaded)

    def _structure(self, by_kind: Mapping[str, list[Loaded]]) -> None:
        for one in by_kind.get("organisation", []):
            self.organisation = Organisation(one.file.path, one.checked.fields)
        for one in by_kind.get("committee", []):
            self.committees[one.file.id] = Committee(one.file.id, one.file.path, one.checked.fields)
        for one in by_kind.get("branch", []):
            other = self.branches.get(one.file.id)
            if other is not None:
                related = (Related(Place(other.path), "同名的支部"),)
                self.findings.append(
                    finding("REF006", Place(one.file.path), value=one.file.id, other=other.path, related=related)
                )
                continue
            self.branches[one.file.id] = Branch(one.file.id, one.file.committee, one.file.path, one.checked.fields)
        # Folders whose own file is missing (which is reported) still get a name, so that everybody has a branch and a committee.
        for one in (one for kind in by_kind.values() for one in kind):
            committee, branch = one.file.committee, one.file.branch
            if committee and committee not in self.committees:
                self.committees[committee] = Committee(committee, f"{DATA}/{committee}/committee.yaml", {})
            if branch and branch not in self.branches:
                self.branches[branch] = Branch(branch, committee, f"{DATA}/{committee}/{branch}/branch.yaml", {})

    def _people(self, by_kind: Mapping[str, list[Loaded]]) -> None:
        for one in by_kind.get("organiser", []):
            other = self.organisers.get(one.file.id)
            if other is not None:
                self._taken(one.file.id, Place(one.file.path), other.path)
                continue
            self.organisers[one.file.id] = Organiser(one.file.id, one.file.committee, one.file.path, one.checked.fields)
        for one in by_kind.get("person", []):
            file = one.file
            taken = self.people.get(file.id)
            if taken is not None:
                self._taken(file.id, Place(file.path), taken.path)
                continue
            name = str(one.checked.fields.get("name", file.id))
            told = self._told[file.id] = Told(file.id, one)
            branch = file.branch or ""
            self.people[file.id] = Person(file.id, name, file.committee, branch, file.path, one.checked.fields, told)
        for person in self.people.values():
            for index, former in enumerate(person.fields.get("former_ids", ())):
                holder = self.people.get(self.aliases.get(former, former))
                if holder is not None:
                    self._taken(former, person.place("former_ids", index), holder.path)
                else:
                    self.aliases[former] = person.id

    def _taken(self, id: str, place: Place, other: str) -> None:
        related = (Related(Place(other), "已使用这个编号"),)
        self.findings.append(finding("REF002", place, value=id, other=other, related=related))

    def _references(self, by_kind: Mapping[str, list[Loaded]]) -> None:
        organisation = self.organisation.fields
        known = Known(
            people={**{id: id for id in (*self.people, *self.organisers)}, **self.aliases},
            branches=set(self.branches),
            committees={
                *self.committees,
                *(body["id"] for body in organisation.get("upper_bodies", ()) if "id" in body),
                *([organisation["id"]] if "id" in organisation else []),
            },
            steps=set(self.schemas.step_kinds),
            platforms=self.schemas.platforms,
            near_person=self._near,
        )
        there = {
            *(("person", id) for id in known.people),
            *(("branch", id) for id in known.branches),
            *(("committee", id) for id in known.committees),
            *(("step", id) for id in known.steps),
            *(("platform", id) for id in known.platforms or ()),
        }
        for kind, files in by_kind.items():
            for one in files:
                if one.references <= there:
                    continue
                if kind == "event":
                    self._event_references(one, known)
                    continue
                person = one.file.id if kind == "person" else None
                paths = self.schemas.document(kind).references
                self._add(check_references(one.checked.fields, paths, Place(one.file.path), known), person)
                for index, entry in one.checked.entries:
                    shape = self.schemas.entry(entry["step"])
                    if shape is not None:
                        place = Place(one.file.path, ("log", index))
                        self._add(check_references(entry, shape.references, place, known), person, entry["step"])

    def _event_references(self, one: Loaded, known: Known) -> None:
        step = one.checked.fields.get("step")
        shape = self.schemas.event(step) if step else None
        if shape is not None:
            data = {**one.checked.fields, "people": one.checked.people}
            self._add(check_references(data, shape.references, Place(one.file.path), known), None, step)

    def _add(self, found: Any, person: str | None, step: str | None = None) -> None:
        for said in found:
            pointer = said.place.pointer
            who = str(pointer[1]) if person is None and len(pointer) > 1 and pointer[0] == "people" else person
            self.findings.append(replace(said, person=who, step=step))

    def _merge(self, files: list[Loaded]) -> None:
        people, aliases, told = self.people, self.aliases, self._told
        away: list[tuple[Event, str, Person]] = []
        for one in files:
            event = event_of(one)
            if event is None:
                continue
            self.events.append(event)
            self._event_name(one, event)
            if not event.people:
                if not any("people" in said.place.pointer for said in one.diagnostics):
                    self.findings.append(finding("REF009", Place(event.path, ("people",)).key(), step=event.step))
                continue
            named: set[str] = set()
            for key in event.people:
                person = people.get(key) or people.get(aliases.get(key, key))
                if person is None:
                    self._stranger(event, key)
                    continue
                if event.branch != person.branch and (event.branch is not None or event.committee != person.committee):
                    away.append((event, key, person))
                if person.id in named:
                    place = Place(event.path, ("people", key)).key()
                    self.findings.append(
                        finding("REF010", place, value=key, name=person.name, person=person.id, step=event.step)
                    )
                    continue
                named.add(person.id)
                told[person.id].add(event, key)
        for event, key, person in away:
            self._belongs(event, key, person)

    def _event_name(self, one: Loaded, event: Event) -> None:
        expected = f"{event.date.isoformat()}-{event.step}"
        rest = one.file.id.removeprefix(expected)
        if not one.file.id.startswith(expected) or (rest and not rest.startswith("-")):
            place = Place(event.path, ("date",))
            said = finding("REF005", place, expected=expected, example=f"{expected}.yaml", step=event.step)
            self.findings.append(said)

    def _stranger(self, event: Event, key: str) -> None:
        near = self._near(key)
        person = self.people.get(self.aliases.get(near, near)) if near else None
        hint = "先在 people/ 下为此人建文件，例如 2021030117.yaml"
        if person is not None:
            hint = f"是不是 {near}（{person.name}）？"
        place = Place(event.path, ("people", key)).key()
        self.findings.append(finding("REF003", place, value=key, hint=hint, person=key, step=event.step))

    def _belongs(self, event: Event, key: str, person: Person) -> None:
        """An event concerns people who are where it took place, which this person is not, or once were there."""
        been = set(self._branches_of(person))
        if event.branch in been:
            return
        if event.branch is None and any(
            self.branches[id].committee == event.committee for id in been if id in self.branches
        ):
            return
        branch = self.branches[person.branch].name
        place = Place(event.path, ("people", key)).key()
        said = finding("REF004", place, name=person.name, value=key, branch=branch, person=person.id, step=event.step)
        self.findings.append(said)

    def _branches_of(self, person: Person) -> list[str]:
        found: list[str] = []
        for entry in person.entries:
            shape = self.schemas.entry(entry.step)
            for path, target in shape.references if shape is not None else ():
                if target.ref == "branch":
                    found.extend(value for _, value in values_at(entry.fields, path) if isinstance(value, str))
        return found

    def _scans(self, loaded: list[Loaded], scan_fault: Callable[[str, str], ScanFault | None]) -> None:
        for one in loaded:
            for pointer, written in one.scans:
                fault = scan_fault(one.file.path.rpartition("/")[0], written)
                if fault is not None:
                    place = Place(one.file.path, pointer)
                    said = finding(fault.code, place, value=written, why=fault.why, hint=fault.hint)
                    self._add([said], one.file.id if one.file.kind == "person" else None, _step(one, pointer))

    def _private_numbers(self, loaded: list[Loaded]) -> None:
        known = {*self.people, *self.organisers, *self.aliases}
        ids = known | {"".join(filter(str.isdigit, id)) for id in known}
        hidden: dict[str, list[str]] = {}
        for one in loaded:
            for code, number, span in one.numbers:
                if number not in ids:
                    person = one.file.id if one.file.kind in ("person", "sealed") else None
                    said = finding(code, Place(one.file.path), person=person)
                    self.findings.append(said.located(span, (), None))
                    hidden.setdefault(one.file.path, []).append(number)
        if hidden:
            self.findings = [_without(said, hidden.get(said.place.path, ())) for said in self.findings]


def _step(one: Loaded, pointer: Pointer) -> str | None:
    """The step of the entry or event to which a place belongs."""
    if pointer[0] == "log":
        return next((str(entry["step"]) for index, entry in one.checked.entries if index == pointer[1]), None)
    return one.checked.fields.get("step")


def _without(said: Diagnostic, numbers: Iterable[str]) -> Diagnostic:
    """Another finding about the same file may quote what must not be repeated."""
    message, hint = said.message, said.hint
    for number in numbers:
        message, hint = hide_number(message, number), hide_number(hint, number)
    return said if (message, hint) == (said.message, said.hint) else replace(said, message=message, hint=hint)
