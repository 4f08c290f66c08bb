"""Finds what a form refers to: fields of an entry, of the person, of the organisation, or of the latest entry of a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.privacy.vault import NOTHING as NOTHING_SEALED
from generator.privacy.vault import Sealed
from generator.procedure.progress import Progress, StepProgress
from generator.records.model import Branch, Committee, Entry, Fields, Organisation, Person
from generator.records.schema import RecordSchemas
from generator.records.schema_fields import Field

Found = tuple[Any, Field | None]
"""A value and what the schema says of it."""
NOTHING: Found = (None, None)
SEALED = "sealed"
"""Head of references to sealed values: `sealed.mobile`."""


def dig(fields: Fields, path: str) -> Any:
    """The value at a dotted path in nested mappings; None when absent."""
    value: Any = fields
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def shown_entry(progress: StepProgress) -> Entry | None:
    """The entry a form shows for a step: the one that completed it, else the latest (a refusal)."""
    return progress.completed or (progress.entries[-1] if progress.entries else None)


@dataclass(frozen=True, slots=True)
class Subject:
    """One person with everything a reference may lead to.

    `stage`: title of the stage, empty before the first application. `told(entry)`: the entry with what of it is the
    person's own, nothing of the others of an event.
    """

    person: Person
    progress: Progress
    branch: Branch
    committee: Committee
    organisation: Organisation
    stage: str
    schemas: RecordSchemas
    told: Callable[[Entry], Entry]
    sealed: Sealed = NOTHING_SEALED

    def first(self, refs: Iterable[str], entry: Entry | None = None) -> Found:
        """The first reference with a value. With an entry, references are its own fields, except those on the `person` and sealed ones."""
        for ref in refs:
            own = entry is not None and not ref.startswith(("person.", f"{SEALED}."))
            found = self.of_entry(entry, ref) if own and entry is not None else self.find(ref)
            if found[0] is not None and found[0] != []:
                return found
        return NOTHING

    def of_entry(self, entry: Entry, path: str) -> Found:
        value = self.told(entry).get(path)
        if value is None:
            return NOTHING
        shape = self.schemas.entry(entry.step)
        return value, shape.field.at(tuple(path.split("."))) if shape else None

    def find(self, ref: str) -> Found:
        """The value of a reference outside entries."""
        head, _, rest = ref.partition(".")
        if head == "person":
            return self._of_person(rest)
        if head == SEALED:
            return (self.sealed.values or {}).get(rest), None
        if head in ("branch", "committee", "organisation"):
            holder: Branch | Committee | Organisation = getattr(self, head)
            return (holder.name, None) if rest == "name" else (dig(holder.fields, rest), None)
        if head == "stage":
            return self.stage or None, None
        if head == "since":
            return self.progress.stages.get(rest), None
        if head == "probation":
            return getattr(self.progress.probation, rest, None), None
        step = self.progress.steps.get(head)
        entry = shown_entry(step) if step else None
        return self.of_entry(entry, rest or "date") if entry else NOTHING

    def is_shut(self, refs: Iterable[str]) -> bool:
        """Whether what is asked for lies sealed and no key opened it."""
        return self.sealed.shut and any(ref.partition(".")[0] == SEALED for ref in refs)

    def _of_person(self, path: str) -> Found:
        if path == "id":
            return self.person.id, None
        if path == "name":
            return self.person.name, None
        return self.person.get(path), self.schemas.document("person").field.at(tuple(path.split(".")))
