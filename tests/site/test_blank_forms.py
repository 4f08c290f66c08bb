"""Blank forms of the site: all of them, empty, from a store; a machine that cannot print builds the site without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.commands.site_forms import BLANKS, blank_files
from generator.definitions.document_files import load_documents
from generator.definitions.form_files import load_forms
from generator.definitions.load import load_definitions
from generator.definitions.source import shelf_for
from generator.prints import fonts
from generator.site.build import write_tree
from generator.site.open_library import open_structure
from generator.site.pages import PageSet
from generator.site.public import public_pages
from generator.site.settings import SiteFolders
from generator.views.blank_forms import by_phase
from tests.site.pages import DAY
from tests.site.repository import PROJECT, TINY, copy_demo, jishi, write_records


def kept(root: Path) -> dict[str, int]:
    """Each print that is kept, with the time it was written."""
    return {path.name: path.stat().st_mtime_ns for path in (root / BLANKS / "forms").iterdir() if path.is_file()}


def test_every_form_and_document_can_be_had(public_demo: Path) -> None:
    shelf = shelf_for(public_demo)
    forms, documents = load_forms(shelf), load_documents(shelf)
    assert len(forms) > 15
    assert len(documents) > 20
    found = {path.name for path in (public_demo / "site" / "forms").iterdir() if path.suffix in (".pdf", ".docx")}
    assert len([name for name in found if name.endswith(".pdf")]) == len(forms) + len(documents)
    assert len([name for name in found if name.endswith(".docx")]) == len(documents)
    page = (public_demo / "site" / "forms" / "index.html").read_text(encoding="utf-8")
    assert [name for name in found if f'href="{name}"' not in page and f'/{name}"' not in page] == []


def test_what_has_not_changed_is_not_printed_again(tmp_path: Path, public_demo: Path) -> None:
    root = copy_demo(tmp_path, blanks=public_demo)
    before = kept(root)
    said: list[str] = []
    assert len(before) > 60
    files = blank_files(root, load_definitions(root), said.append)
    assert len(files) == len(before)
    assert kept(root) == before
    assert said == []


def test_a_damaged_one_is_made_again(tmp_path: Path, public_demo: Path) -> None:
    root = copy_demo(tmp_path, blanks=public_demo)
    folder = root / BLANKS / "forms"
    pdf, docx = sorted(folder.glob("*.pdf"))[0], sorted(folder.glob("*.docx"))[0]
    wanted = pdf.read_bytes(), docx.read_bytes()
    pdf.write_bytes(b"a name")
    docx.write_bytes(b"a name")
    said: list[str] = []
    blank_files(root, load_definitions(root), said.append)
    assert (pdf.read_bytes(), docx.read_bytes()) == wanted
    assert said == ["打印空白表 1/1"]


def test_without_fonts_the_site_is_built_without_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_records(tmp_path, TINY)
    monkeypatch.setattr(fonts, "font_folders", lambda: iter(()))
    assert blank_files(root, load_definitions(root), lambda text: None) == {}
    said = capsys.readouterr().err
    assert "没有生成空白表：缺少打印用的字体文件" in said
    assert "jishi doctor" in said
    library, pages, folders = open_structure(root, DAY), PageSet(), SiteFolders(root, "public")
    public_pages(library, pages)
    write_tree(folders, library, pages)
    assert "本次没有生成空白表" in (folders.docs / "forms.md").read_text(encoding="utf-8")
    text = "\n".join(path.read_text(encoding="utf-8") for path in folders.docs.rglob("*.md"))
    assert 'class="blanks"' not in text
    assert not (folders.docs / "forms").exists()


def test_without_pango_the_command_still_builds(tmp_path: Path) -> None:
    """The library that draws cannot be imported, as on a machine without Pango."""
    root = write_records(tmp_path / "repo", TINY)
    broken = tmp_path / "broken" / "weasyprint"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "broken"), str(PROJECT)])
    result = jishi(root, "site", environment={"PYTHONPATH": path})
    assert result.returncode == 0, result.stderr
    assert "没有生成空白表：打印用的程序库无法使用" in result.stderr
    assert "Traceback" not in result.stderr
    assert (root / "site" / "forms" / "index.html").is_file()
    assert list((root / "site" / "forms").glob("*.pdf")) == []


def test_forms_are_listed_by_phase_and_step() -> None:
    library = open_structure(PROJECT, DAY)
    groups = by_phase(library.blank_forms, library.procedure)
    assert [group.id for group in groups][:2] == ["throughout", "application"]
    phases = {phase.id: phase.steps for phase in library.procedure.phases}
    listed = [(group.id, form, links) for group in groups for form, links, _ in group.rows]
    for group, form, links in listed:
        mine = [step for step in form.steps if step in phases.get(group, ())]
        assert [form.steps[step] for step in mine] == list(links)
        assert bool(mine) == (group != "throughout")
    wanted = {(phase, form.id) for form in library.blank_forms for phase in phases if set(form.steps) & set(phases[phase])}
    assert len(wanted) > 40
    assert {(group, form.id) for group, form, _ in listed if group != "throughout"} == wanted
    # An address leads to one row, whatever phases a form is listed under.
    first = [form.id for group in groups for form, _, new in group.rows if new]
    assert sorted(first) == sorted(form.id for form in library.blank_forms)
    cultivation = next(group for group in groups if group.id == "cultivation")
    assert next(form.id for form, _, _ in cultivation.rows) == "recommendation"
