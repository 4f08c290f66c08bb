"""People of the demo as they are printed: rare characters in names, and values that are sealed."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import page as validator
import pikepdf
import pytest

from bench.college.sealed import SEALED
from generator.audit.audit import run_audit
from tests.prints.college import dossier
from tests.prints.forms_college import form

PROJECT = Path(__file__).parents[2]
AS_OF = "2026-11-20"
RARE = "䶮𬭎堃喆㛃"


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """Id → name of whoever has a rare character in it."""
    people = run_audit(PROJECT, date.fromisoformat(AS_OF)).corpus.people.values()
    found = {person.id: person.name for person in people if not set(RARE).isdisjoint(person.name)}
    assert set(RARE) <= set("".join(found.values()))
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(PROJECT / "data", root / "data")
    return root


@pytest.fixture(scope="module")
def pdfs(names: dict[str, str], root: Path) -> dict[str, Path]:
    result = dossier(root, *{*names, *SEALED}, "--jobs", "2", as_of=AS_OF)
    assert result.exit_code == 0, result.output
    assert f"{len(SEALED)} 人有密封内容，没有密钥" in result.output
    return {path.stem: path for path in (root / "build/print").rglob("*.pdf")}


def text(pdf: Path) -> str:
    printed = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(printed.split())


@pytest.mark.parametrize("character", RARE)
def test_a_rare_name_is_printed_and_no_glyph_is_missing(
    pdfs: dict[str, Path], names: dict[str, str], character: str
) -> None:
    (person,) = (id for id, name in names.items() if character in name)
    assert names[person] in text(pdfs[person])
    for profile in ("3a", "ua1"):
        result = validator.validate_pdf(str(pdfs[person]), profile=profile)
        assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]
    with pikepdf.open(pdfs[person]) as pdf:
        shown = [font for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font]
        mapped = [font.ToUnicode.read_bytes().decode("ascii", "replace") for font in shown]
    code = character.encode("utf-16-be").hex()
    lines = [line for cmap in mapped for line in cmap.splitlines() if re.search(f"<{code}>$", line, re.IGNORECASE)]
    assert lines
    assert not [line for line in lines if line.startswith("<0000>")]


@pytest.mark.parametrize("person", SEALED)
def test_what_is_sealed_is_printed_as_sealed(root: Path, pdfs: dict[str, Path], person: str) -> None:
    """On the register; the original of it lies in the folder, so that the dossier has none."""
    assert "身份证号" not in text(pdfs[person])
    assert form(root, "M15", person, "--complete", as_of=AS_OF).exit_code == 0
    (path,) = (root / "build/print/forms").rglob(f"{person}-M15-*.pdf")
    printed = text(path)
    assert all(label in printed for label in ("身份证号", "手机", "现住址"))
    assert printed.count("（密封）") == 3


def test_what_is_not_sealed_is_left_blank(pdfs: dict[str, Path], names: dict[str, str]) -> None:
    others = sorted(names.keys() - set(SEALED))
    assert others
    assert [person for person in others if "（密封）" in text(pdfs[person])] == []
