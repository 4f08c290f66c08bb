"""The blank forms and official documents as the handbook lists them: of which paper, who fills them, at which step, and the files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.definitions.documents import DocumentForm
from generator.definitions.forms import Form
from generator.definitions.model import Procedure
from generator.definitions.papers import Material
from generator.views.form_sheets import file_name
from generator.views.steps import Blank, Link, signers_of

FOLDER = "forms"
"""Where the files lie in the site."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """`codes`: materials that it is or stands for. `pdf`, `docx`: files of the site; empty where there is none."""

    id: str
    title: str
    codes: tuple[str, ...]
    official: bool
    steps: Mapping[str, Link]
    """Step id → where it is described."""
    actors: str
    signers: str
    pdf: str
    docx: str


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The forms of a phase, in the order of its steps, each with its steps in this phase. `new`: not listed in a group before."""

    id: str
    title: str
    rows: tuple[tuple[BlankForm, tuple[Link, ...], bool], ...]


def document_name(document: DocumentForm) -> str:
    """The name of the file of a blank document, without its ending."""
    return f"{document.code}-{document.id}-blank"


def blank_forms(
    forms: Iterable[Form],
    documents: Iterable[DocumentForm],
    procedure: Procedure,
    materials: Mapping[str, Material],
    link_step: Callable[[str], str],
    published: Collection[str],
) -> tuple[BlankForm, ...]:
    """In the order of the dossier. `published`: the files that there are."""

    def made(id: str, title: str, codes: tuple[str, ...], steps: Iterable[str], name: str, official: bool) -> BlankForm:
        known = [procedure.steps[step] for step in dict.fromkeys(steps) if step in procedure.steps]
        files = (f"{FOLDER}/{name}.{ending}" for ending in ("pdf", "docx"))
        pdf, docx = (file if file in published else "" for file in files)
        return BlankForm(
            id,
            title,
            codes,
            official,
            {step.id: Link(step.title, link_step(step.id)) for step in known},
            "、".join(dict.fromkeys(procedure.actors[step.actor] for step in known)),
            signers_of(materials[codes[0]]) if codes[0] in materials else "",
            pdf,
            docx,
        )

    found = [made(form.id, form.title, form.materials, form.printed_for, file_name(form), False) for form in forms]
    found += [
        made(one.id, one.name, (one.code,), (about.step for about in one.about), document_name(one), True)
        for one in documents
    ]
    order = {code: material.order for code, material in materials.items()}
    return tuple(sorted(found, key=lambda one: (order.get(one.codes[0], 999), one.official, one.id)))


def by_material(forms: Iterable[BlankForm]) -> dict[str, tuple[Blank, ...]]:
    """Code of a material → its blank forms that can be had."""
    found: dict[str, tuple[Blank, ...]] = {}
    for form in forms:
        for code in form.codes if form.pdf or form.docx else ():
            found[code] = (*found.get(code, ()), Blank(form.title, form.pdf, form.docx))
    return found


def by_phase(forms: Iterable[BlankForm], procedure: Procedure) -> tuple[FormGroup, ...]:
    """Phases in which there are forms; before them what belongs to no single step."""
    every, seen = tuple(forms), set[str]()

    def group(id: str, title: str, steps: Sequence[str] | None) -> FormGroup:
        mine = [form for form in every if (not form.steps if steps is None else any(s in form.steps for s in steps))]
        place = {step: index for index, step in enumerate(steps or ())}
        mine.sort(key=lambda form: min((place[step] for step in form.steps if step in place), default=0))
        rows = []
        for form in mine:
            links = (link for step, link in form.steps.items() if step in place)
            rows.append((form, tuple(links), form.id not in seen))
            seen.add(form.id)
        return FormGroup(id, title, tuple(rows))

    groups = [group("throughout", "全程", None)]
    groups += [group(phase.id, phase.title, phase.steps) for phase in procedure.phases]
    return tuple(one for one in groups if one.rows)
