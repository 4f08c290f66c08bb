"""Forms are files: they name known steps and fields, and a further file is a further form."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from generator.audit.read import load_schemas
from generator.definitions.form_files import load_forms
from generator.definitions.forms import EntriesForm, ExtractsForm, FactsForm, Form, FormField, RoomForm, StepsForm
from generator.definitions.load import load_definitions
from generator.definitions.source import shelf_for
from generator.views.cut import Cut
from tests.prints.college import WHOLE, dossier, make_college, printed, write

DEFINITIONS = load_definitions(None)
FORMS = load_forms(shelf_for(None))
OUTSIDE = ("person.", "sealed.", "branch.", "committee.", "organisation.", "since.", "probation.")


def entry_fields(form: Form) -> list[tuple[str, str]]:
    """(step, path) of every field of an entry that a form shows."""
    found: list[tuple[str, str]] = []
    for section in form.sections:
        if isinstance(section, StepsForm):
            for row in section.rows:
                refs = [
                    *row.who,
                    *([row.start] if row.start else []),
                    *(ref for field in row.show for ref in field.refs),
                ]
                found += [(row.step, ref) for ref in refs if not ref.startswith("person.")]
        elif isinstance(section, ExtractsForm):
            fields: list[FormField] = [field for boxes in section.rows for field in boxes]
            found += [(step, ref) for step in section.steps for field in fields for ref in field.refs]
        elif isinstance(section, EntriesForm) and section.items:
            columns = [f"{section.items}.{ref}" for field in section.columns for ref in field.refs]
            found += [(step, ref) for step in section.steps for ref in columns]
        elif isinstance(section, EntriesForm) and not section.people:
            found += [(step, ref) for step in section.steps for field in section.columns for ref in field.refs]
        elif isinstance(section, FactsForm):
            refs = [ref for boxes in section.rows for field in boxes for ref in field.refs]
            found += [_parted(ref) for ref in refs if not ref.startswith(OUTSIDE) and ref != "stage"]
        elif isinstance(section, RoomForm):
            found += [_parted(ref) for ref in section.text]
    return found


def _parted(ref: str) -> tuple[str, str]:
    step, _, path = ref.partition(".")
    return step, path


CUT = Cut.parse(shelf_for(None).read("schema/slice.yaml").data)
"""Says of which lists forms show numbers only."""


def test_forms_name_known_steps_and_fields() -> None:
    schemas = load_schemas(Path(), DEFINITIONS)
    checked = 0
    for form in FORMS:
        assert set(form.steps) <= set(DEFINITIONS.steps), form.id
        assert set(form.materials) <= set(DEFINITIONS.materials), form.id
        for step, path in entry_fields(form):
            shape = schemas.entry(step)
            assert shape is not None, (form.id, step, path)
            field = shape.field
            head, _, counted = path.partition(".")
            if counted and head in CUT.counted:
                votes = field.at((head,))
                value = votes.item.child(CUT.counted[head]) if votes and votes.item else None
                assert value is not None, (form.id, step, path)
                assert counted in ("count", *value.values), (form.id, step, path)
                checked += 1
                continue
            for key in path.split("."):
                below = (field.item or field).child(key)
                assert below is not None, (form.id, step, path)
                field = below
            checked += 1
    assert checked > 300


def test_record_sheet_has_every_numbered_step() -> None:
    (sheet,) = (form for form in FORMS if "M00" in form.materials)
    numbered = {step.id for step in DEFINITIONS.steps.values() if step.number is not None}
    assert len({step.number for step in DEFINITIONS.steps.values()} - {None}) == 25
    assert numbered <= set(sheet.steps)


def test_further_file_is_a_further_form(tmp_path: Path) -> None:
    root = make_college(tmp_path)
    form = """\
id: talk_record
materials: [M02]
title: 入党申请谈话记录
printed_for: [talk]
sections:
- kind: facts
  title: 谈话
  widths: [30mm, auto, 30mm, auto]
  rows:
  - - {label: 谈话人, value: talk.by}
    - {label: 谈话日期, value: talk.date}
  - - {label: 谈话地点, value: talk.place, span: 3}
- kind: room
  title: 谈话内容
  lines: 6
  signatures: [{label: 谈话人签字}]
"""
    write(root, "schema/forms/talk_record.yaml", form)
    assert dossier(root, WHOLE).exit_code == 0
    pages = ["".join(page.extract_text().split()) for page in PdfReader(printed(root, WHOLE)).pages]
    (page,) = (page for page in pages if page.startswith("入党申请谈话记录"))
    assert "谈话人祁怀瑾" in page or "谈话人闻人清" in page or "谈话人秦望舒" in page
    assert "谈话日期2020年11月5日" in page
    assert "入党申请谈话记录" in pages[1]
