"""The college is printed once and only read by the tests."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.audit.audit import Audit
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
