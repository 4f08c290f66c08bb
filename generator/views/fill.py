"""Fills a form with one person's records. Nothing is made up: what is not there is a blank, 缺 or 未记录.

How what is not there is shown depends on what the sheet is for (`Manner`): to be completed by hand, complete as it stands, or a sheet
of the dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from generator.definitions.forms import (
    EntriesForm,
    ExtractsForm,
    FactsForm,
    Form,
    FormSection,
    PapersForm,
    RoomForm,
    StepsForm,
)
from generator.definitions.papers import Material
from generator.procedure.progress import StepState
from generator.views.boxes import ABSENT, REACHED, SHEET_OF_DOSSIER, Boxes, Manner
from generator.views.fill_entries import EntryTable
from generator.views.fill_steps import StepTable
from generator.views.grids import PAPER_COLUMNS, grid_of
from generator.views.lookup import Subject
from generator.views.material_list import PaperLine, list_materials
from generator.views.sheet import (
    BLANK,
    Cell,
    Fact,
    FactsSection,
    RoomSection,
    Row,
    RowGroup,
    Section,
    Sheet,
    Signature,
    TableSection,
)
from generator.views.wording import Wording

_LONG = 600
"""A text of more characters may go on over the page."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills forms for one person. `materials` and `sections` of the catalogue are needed by forms that list papers."""

    subject: Subject
    wording: Wording
    manner: Manner = SHEET_OF_DOSSIER
    materials: Mapping[str, Material] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def boxes(self) -> Boxes:
        return Boxes(self.subject, self.wording, self.manner)

    def sheet(self, form: Form) -> Sheet:
        sections: list[Section] = []
        extracts: list[tuple[date, Section]] = []
        made = 0
        for each in form.sections:
            if isinstance(each, ExtractsForm):
                extracts += (found := self._extracts(each))
                made += len(found)
                continue
            sections += [section for _, section in _in_order(extracts)]
            extracts.clear()
            sections.append(self._section(each))
        sections += [section for _, section in _in_order(extracts)]
        if not made and any(isinstance(each, ExtractsForm) for each in form.sections):
            # Nothing to extract: the signature below would confirm an empty sheet.
            sections.clear()
        anchor = f"form-{form.id}"
        under = (form.reading if self.manner.says_missing else "") or form.subtitle
        by_hand = not self.manner.says_missing
        return Sheet(form.id, anchor, form.materials[0], form.title, tuple(sections), under, form.note, by_hand)

    def _section(self, form: FormSection) -> Section:
        if isinstance(form, FactsForm):
            grid = self.boxes.grid(form.rows, len(form.widths), self.boxes.about)
            return grid_of(form, form.title, grid)
        if isinstance(form, StepsForm):
            return StepTable(self.boxes).table(form)
        if isinstance(form, EntriesForm):
            return EntryTable(self.boxes).table(form)
        if isinstance(form, PapersForm):
            return self._papers(form)
        assert isinstance(form, RoomForm)
        return self._room(form)

    def _papers(self, form: PapersForm) -> TableSection:
        progress = self.subject.progress
        elsewhere = any(step.state is StepState.UNKNOWN for step in progress.steps.values())
        papers = list_materials(self.materials, self.sections, progress.papers, elsewhere=elsewhere)
        groups = tuple(RowGroup(group.title, tuple(map(_paper, group.papers))) for group in papers.groups)
        return TableSection(form.title, PAPER_COLUMNS, groups, 1, form.note or papers.summary, dense=True)

    def _room(self, form: RoomForm) -> RoomSection:
        recorded = tuple(self.wording.text(*self.subject.find(ref)) for ref in form.text)
        signatures = tuple(
            Signature(
                line.label,
                self.wording.text(*self.subject.find(line.name)) if line.name else "",
                self.wording.text(*self.subject.find(line.date)) if line.date else "",
            )
            for line in form.signatures
        )
        together = sum(map(len, recorded)) <= _LONG
        return RoomSection(form.title, tuple(filter(None, recorded)), form.lines, signatures, form.note, together)

    def _extracts(self, form: ExtractsForm) -> list[tuple[date, Section]]:
        """A grid for each entry, with its day; what should be there and is not comes last."""
        sections: list[tuple[date, Section]] = []
        for step in self.subject.progress.steps.values():
            if step.step.id not in form.steps:
                continue
            for entry in step.entries:
                rows = self.boxes.grid(form.rows, len(form.widths), partial(self.boxes.minuted, entry))
                sections.append((entry.date, grid_of(form, step.step.title, rows)))
            if not step.entries and not self.manner.says_missing and step.state in REACHED:
                rows = self.boxes.grid(form.rows, len(form.widths), lambda field: BLANK)
                sections.append((date.max, grid_of(form, step.step.title, rows)))
            elif not step.entries and step.state in ABSENT:
                missing = ((Fact("记录", Cell(state="missing")),),)
                sections.append((date.max, FactsSection(step.step.title, ("24mm", ""), missing)))
        return sections


def _in_order(extracts: list[tuple[date, Section]]) -> list[tuple[date, Section]]:
    return sorted(extracts, key=lambda dated: dated[0])


def _paper(paper: PaperLine) -> Row:
    state = Cell(state="missing") if paper.state == "missing" else Cell(paper.label)
    texts = (paper.originals, paper.copies, paper.pages, paper.remark)
    return Row((Cell(paper.code), Cell(paper.title), state, *(Cell(text) for text in texts)))
