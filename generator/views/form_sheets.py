"""Forms on their own, outside a dossier: one sheet for one person, or for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.audit.assessment import Assessment
from generator.definitions.forms import Form
from generator.definitions.load import Definitions
from generator.diagnostics import JishiError
from generator.views.blank import BlankForms
from generator.views.boxes import Manner
from generator.views.chosen_forms import reached
from generator.views.desk import DossierDesk
from generator.views.fill import Filler
from generator.views.footer import whose
from generator.views.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Attached:
    """What a sheet was made from, as a file inside the PDF."""

    name: str
    text: str
    description: str


@dataclass(frozen=True, slots=True)
class FormDocument:
    """`title` and `author` go into the file's properties: no name of a person there. `left` and `right` stand in the footer."""

    name: str
    title: str
    author: str
    left: str
    right: str
    day: date
    sheet: Sheet
    attached: Attached


def in_order(forms: Sequence[Form], definitions: Definitions) -> list[Form]:
    """In the order of the dossier."""
    order = {code: material.order for code, material in definitions.materials.items()}
    return sorted(forms, key=lambda form: (order.get(form.materials[0], 999), form.id))


def forms_of(forms: Sequence[Form], word: str) -> list[Form]:
    """Those of a code of the catalogue, or the one with this id."""
    return [form for form in forms if word == form.id or word.upper() in form.materials]


def file_name(form: Form) -> str:
    """Sorted by name, files lie in the order of the codes."""
    return f"{form.materials[0]}-{form.id}"


def blank_document(form: Form, definitions: Definitions, source: str) -> FormDocument:
    """A form without a person, after the latest version. `source`: text of its definition file. No record is opened."""
    procedure = definitions.procedures[-1]
    sheet = BlankForms(procedure, definitions.materials, definitions.sections).sheet(form)
    return FormDocument(
        name=file_name(form),
        title=form.title,
        author=procedure.regulation,
        left=form.materials[0],
        right=form.title,
        day=procedure.from_,
        sheet=sheet,
        attached=Attached(form.file.rpartition("/")[2], source, "本表的定义"),
    )


class NothingToFillError(JishiError):
    """Nothing of a form applies to the person."""


class FormDesk:
    """Fills forms from one audit."""

    def __init__(self, desk: DossierDesk, definitions: Definitions) -> None:
        self._desk = desk
        self._definitions = definitions

    def reached(self, form: Form, assessment: Assessment) -> bool:
        """Whether the person has come so far that the form concerns them."""
        return reached(form, assessment.progress)

    def document(self, form: Form, assessment: Assessment, manner: Manner) -> FormDocument:
        """Raises `NothingToFillError` when nothing of the form applies to the person."""
        person, subject = assessment.person, self._desk.subject_of(assessment)
        own = self._desk.slice_of(person)
        catalogue = self._definitions
        filler = Filler(subject, self._desk.wording, manner, catalogue.materials, catalogue.sections)
        sheet = filler.sheet(form)
        if not sheet.sections:
            raise NothingToFillError(f"{person.id} 还没有办到“{form.title}”所载的步骤，没有生成")
        return FormDocument(
            name=f"{person.id}-{file_name(form)}",
            title=f"{form.title}（{person.id}）",
            author=subject.committee.name,
            left=whose(person.name, person.id),
            right=f"校验码 {own.shown}",
            day=assessment.progress.as_of,
            sheet=sheet,
            attached=Attached(own.name, own.text, "本人记录片段（编制本表所依据的记录）"),
        )
