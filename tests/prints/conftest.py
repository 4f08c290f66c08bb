"""The college is printed once and only read by the tests."""

from __future__ import annotations

import hashlib
import os
import pickle
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.audit.audit import Audit
from generator.prints.press import print_pdf
from generator.prints.sheaf import Sheaf
from tests.audit.case_files import audit_of
from tests.once import once
from tests.prints.college import AS_OF, PRINTED, dossier, make_college, printed
from tests.prints.every_print import Print, print_everything


@pytest.fixture(scope="session")
def college(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(root: Path) -> None:
        make_college(root)
        result = dossier(root, *PRINTED, "--jobs", "2")
        assert result.exit_code == 0, result.output

    return once(tmp_path_factory, "college", make)


@pytest.fixture(scope="session")
def every_print(college: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Print]:
    def make(folder: Path) -> None:
        (folder / "list").write_bytes(pickle.dumps(print_everything(college, folder)))

    found: list[Print] = pickle.loads((once(tmp_path_factory, "every", make) / "list").read_bytes())
    return found


@pytest.fixture(scope="session")
def audit(college: Path) -> Audit:
    return audit_of(college, date.fromisoformat(AS_OF))


@pytest.fixture(scope="session")
def texts(college: Path) -> dict[str, list[str]]:
    """Person → text of each page, without the blanks of the layout."""
    return {
        person: ["".join(page.extract_text().split()) for page in PdfReader(printed(college, person)).pages]
        for person in PRINTED
    }


@pytest.fixture
def drawn_once(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """That the same sheaf is drawn to the same bytes again and again is for test_same_bytes to prove."""
    folder = once(tmp_path_factory, "drawn", Path.is_dir)

    def draw(sheaf: Sheaf) -> bytes:
        kept = folder / hashlib.sha256(pickle.dumps(sheaf)).hexdigest()
        if not kept.exists():
            # Plainly, since tests make the ways of `write_atomically` fail.
            draft = kept.with_suffix(f".{os.getpid()}")
            draft.write_bytes(print_pdf(sheaf))
            draft.replace(kept)
        return kept.read_bytes()

    monkeypatch.setattr("generator.prints.press.print_pdf", draw)
