"""Files of forms: shared sections, variants, and what such a file may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions.form_files import load_forms
from generator.definitions.forms import EntriesForm, FactsForm, Form
from generator.definitions.source import Shelf, shelf_for
from generator.diagnostics import JishiError

HEAD = "id: mine\nmaterials: [M02]\ntitle: 谈话记录\n"


def load(root: Path, text: str, parts: str = "") -> tuple[Form, ...]:
    (root / "schema/forms").mkdir(parents=True, exist_ok=True)
    (root / "schema/forms/mine.yaml").write_text(text, encoding="utf-8")
    if parts:
        (root / "schema/form_parts.yaml").write_text(parts, encoding="utf-8")
    return load_forms(Shelf((root,)))


def test_variants_are_forms_about_their_own_step(tmp_path: Path) -> None:
    text = """\
variants:
- {id: one, materials: [M17], step: train_activist, title: 甲}
- {id: two, materials: [M27], step: train_target, title: 乙, dossier: never}
printed_for: [this]
dossier: recorded
sections:
- kind: facts
  widths: [20mm, auto]
  rows: [[{label: 日期, value: [this.date, person.born]}]]
- {kind: entries, title: 名单, steps: [this], columns: [{label: 地点, value: place}]}
"""
    one, two = load(tmp_path, text)
    assert [(form.id, form.title, form.materials, form.printed_for, form.dossier) for form in (one, two)] == [
        ("one", "甲", ("M17",), ("train_activist",), "recorded"),
        ("two", "乙", ("M27",), ("train_target",), "never"),
    ]
    for form, step in ((one, "train_activist"), (two, "train_target")):
        facts, entries = form.sections
        assert isinstance(facts, FactsForm)
        assert isinstance(entries, EntriesForm)
        assert facts.rows[0][0].refs == (f"{step}.date", "person.born")
        assert entries.steps == (step,)


def test_part_stands_for_the_section_of_that_name(tmp_path: Path) -> None:
    (form,) = load(
        tmp_path,
        HEAD + "sections:\n- {part: head}\n",
        "head: {kind: facts, widths: [20mm, auto], rows: [[{label: 姓名, value: person.name}]]}\n",
    )
    (section,) = form.sections
    assert isinstance(section, FactsForm)
    assert section.rows[0][0].label == "姓名"


def test_own_parts_change_every_shipped_form_that_uses_them(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    shipped = shelf_for(None).read("schema/form_parts.yaml").data
    own = "person: {kind: facts, widths: [20mm, auto], rows: [[{label: 某某, value: person.name}]]}\n"
    own += "way: {kind: room, title: 略}\n"
    assert set(shipped) == {"person", "way"}
    (tmp_path / "schema/form_parts.yaml").write_text(own, encoding="utf-8")
    forms = load_forms(Shelf((tmp_path, *shelf_for(None).roots)))
    heads = [form.sections[0] for form in forms]
    assert sum(isinstance(head, FactsForm) and head.rows[0][0].label == "某某" for head in heads) > 10


@pytest.mark.parametrize(
    ("text", "parts", "said"),
    [
        (HEAD + "sections:\n- {part: nobody}\n", "", "mine.yaml 第 5 行：schema/form_parts.yaml 里没有“nobody”"),
        (HEAD + "sections:\n- {part: a}\n", "a: {kind: poem}\n", "schema/form_parts.yaml 第 1 行：kind 须为"),
        (HEAD + "sections:\n- {kind: room, text: this.summary}\n", "", "第 5 行：this 只能用在有 variants 的表里"),
        (HEAD + "dossier: sometimes\nsections: []\n", "", "第 4 行：dossier 须为 always、recorded、never 之一"),
        ("id: mine\ntitle: 表\nsections: []\n", "", "缺少 materials"),
        (HEAD + "colour: red\nsections: []\n", "", "第 4 行：不认识的键 colour"),
        (
            "variants:\n" + "- {id: a, materials: [M02], title: 甲, step: talk}\n" * 2 + "sections: []\n",
            "",
            "表 a 在 schema/forms/mine.yaml 里已有",
        ),
        ("variants:\n- {id: a, materials: [M02], title: 甲}\nsections: []\n", "", "第 2 行：缺少 step"),
        ("variants: none\nsections: []\n", "", "variants 须为列表"),
    ],
)
def test_slip_is_told_with_its_line(tmp_path: Path, text: str, parts: str, said: str) -> None:
    with pytest.raises(JishiError) as fault:
        load(tmp_path, text, parts)
    assert said in fault.value.message


def test_shipped_forms_have_ids_of_their_own() -> None:
    forms = load_forms(shelf_for(None))
    assert len({form.id for form in forms}) == len(forms) >= 20
