"""Printed forms: which fields of which step each of them shows (schema/forms/*.yaml).

A form is a list of sections of six kinds; a further form is a further file. Widths are CSS lengths. How such a file is written:
ARCHITECTURE.md, "Forms".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["", "month", "count"]
"""How a value is written: `month`: a date without its day; `count`: the number of items; else as the record schema has it
(days in full, people by name, coded values in Chinese)."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A box or column. `refs`: the first one present counts.

    In sections on entries a reference is a field of the entry (`date`, `ballots.for`); elsewhere `step.field`. Everywhere
    `person.…`; outside entries also `branch.…`, `committee.…`, `organisation.…`, `since.<stage>`,
    `probation.start|expiry`, `stage`, and `sealed.<key>` of schema/sealed.yaml, printed only with a key at hand. No
    reference: room for the hand.
    """

    label: str
    refs: tuple[str, ...] = ()
    shape: Shape = ""
    unit: str = ""
    width: str = ""
    align: Literal["", "center"] = ""
    span: int = 1
    lines: int = 1
    optional: bool = False
    """A box that is left out, not shown as unrecorded, when the entry has nothing for it."""


@dataclass(frozen=True, slots=True)
class FactsForm:
    """A grid of labelled boxes about the person."""

    title: str
    widths: tuple[str, ...]
    rows: tuple[tuple[FormField, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in a table of steps: who acted, what came of it, and the field in which a span of days begins."""

    step: str
    who: tuple[str, ...] = ()
    start: str = ""
    show: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class StepsForm:
    """A table with one row for each step named, grouped by the phases of the procedure."""

    title: str
    rows: tuple[StepRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntriesForm:
    """A table with one row for each entry of the steps named; `where` keeps entries whose field has one of the values.

    `blank` empty rows follow for the hand; a form without a person has `empty` of them. With `people` (a field that states a complete
    set from that day on) there is one row for each person and period instead, and columns refer to `name`, `from`, `to`, `unit`. With
    `items` (a field that is a list) there is one row for each of its items in the entry that counts, and columns refer to keys of an item.
    """

    title: str
    steps: tuple[str, ...]
    columns: tuple[FormField, ...]
    where: Mapping[str, tuple[str, ...]]
    blank: int = 0
    head: int = 0
    people: str = ""
    ended: str = ""
    items: str = ""
    empty: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    label: str
    name: str = ""
    """Reference to the person who signed, when recorded."""
    date: str = ""


@dataclass(frozen=True, slots=True)
class RoomForm:
    """A framed block: what is recorded at `text`, `lines` lines for the hand, signatures."""

    title: str
    text: tuple[str, ...]
    lines: int
    signatures: tuple[SignatureLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExtractsForm:
    """One grid for each entry of the steps named, headed by the step's title; boxes without a value are shown as unrecorded."""

    steps: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[FormField, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PapersForm:
    """The papers of the catalogue that are asked for or there, with what is there of each; on a blank form all of them."""

    title: str
    note: str = ""


FormSection = FactsForm | StepsForm | EntriesForm | RoomForm | ExtractsForm | PapersForm

InDossier = Literal["always", "recorded", "never"]
"""Whether a form is a sheet of the dossier. `always`: as soon as a step of `printed_for` was reached; `recorded`: when such a step has an
entry and no original of the paper lies in the folder, since nobody keeps the same paper twice; `never`: printed on its own only."""


@dataclass(frozen=True, slots=True)
class Form:
    """`materials`: codes of the catalogue that the form is or stands for; the first one gives its place in the dossier.

    It is asked for when any of the steps in `printed_for` was reached or should have been; always when there are none.
    """

    id: str
    materials: tuple[str, ...]
    title: str
    sections: tuple[FormSection, ...]
    printed_for: tuple[str, ...] = ()
    subtitle: str = ""
    reading: str = ""
    """The subtitle instead where what is missing is shown as such: how to read it."""
    note: str = ""
    dossier: InDossier = "always"
    file: str = ""
    """The definition file that it stands in."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Every step that the form names, each once."""
        found: dict[str, None] = dict.fromkeys(self.printed_for)
        for section in self.sections:
            if isinstance(section, StepsForm):
                found.update(dict.fromkeys(row.step for row in section.rows))
            elif isinstance(section, EntriesForm | ExtractsForm):
                found.update(dict.fromkeys(section.steps))
        return tuple(found)
