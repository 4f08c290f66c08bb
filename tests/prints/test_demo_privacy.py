"""Two dossiers of the demo name nobody, on a page, attached or in a property, who has no part in the person's own record."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import yaml
from pypdf import PdfReader

from generator.audit.audit import run_audit
from tests.prints.college import dossier

PROJECT = Path(__file__).parents[2]
AS_OF = "2026-11-20"
PEOPLE = {"2022010101": "cs-ug1", "2024010205": "cs-ug2"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(PROJECT / "data", root / "data")
    result = dossier(root, *PEOPLE, "--jobs", "2", as_of=AS_OF)
    assert result.exit_code == 0, result.output
    return root


def everything(pdf: Path) -> str:
    """Pages, attachments, properties, bookmarks, names of files."""
    reader = PdfReader(pdf)
    parts = ["".join("".join(page.extract_text().split()) for page in reader.pages)]
    with pikepdf.open(pdf) as document:
        parts += [str(value) for value in document.docinfo.values()]
        parts.append(document.Root.Metadata.read_bytes().decode())
        for name, attached in document.attachments.items():
            parts += [name, attached.filename, attached.description, attached.get_file().read_bytes().decode()]
        parts += [
            str(item["/Alt"]) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
        with document.open_outline() as outline:
            parts += [str(item.title) for item in outline.root]
    return "\n".join(parts)


@pytest.mark.parametrize("person", PEOPLE)
def test_only_those_are_named_whom_the_own_record_names(root: Path, person: str) -> None:
    pdf = next((root / "build" / "print").rglob(f"{person}.pdf"))
    text = everything(pdf)
    with pikepdf.open(pdf) as document:
        own = next(iter(document.attachments.values())).get_file().read_bytes().decode()
    audit = run_audit(root, date.fromisoformat(AS_OF))
    others = [one for one in audit.corpus.people.values() if one.id != person]
    known = set(re.findall(r"[0-9]{7,10}", own))
    strangers = [one for one in others if one.id not in known]
    assert len(strangers) > 100
    assert [one.id for one in strangers if one.id in text] == []
    assert [one.name for one in strangers if one.name in text] == []
    roles = [one for one in others if one.id in known]
    assert any(one.name in text for one in roles)


@pytest.mark.parametrize("person", PEOPLE)
def test_of_those_who_shared_an_event_nothing_is_attached(root: Path, person: str) -> None:
    pdf = next((root / "build" / "print").rglob(f"{person}.pdf"))
    with pikepdf.open(pdf) as document:
        events = yaml.safe_load(next(iter(document.attachments.values())).get_file().read_bytes())["events"]
    shared = 0
    for event in events:
        assert list(event["record"]["people"]) == [person]
        shared += len(yaml.safe_load((root / event["file"]).read_text(encoding="utf-8"))["people"]) > 1
    assert shared > 0
