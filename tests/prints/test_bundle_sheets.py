"""Ledger and labels are printed while the rest of a bundle is put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.diagnostics import JishiError
from generator.prints.bundle_sheets import printed_meanwhile
from generator.prints.fonts import activate_fonts
from generator.prints.run import Job
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore

PAGE = '<html lang="zh-CN"><head><title>表</title></head><body><p>表</p></body></html>'
CSS = 'p { font-family: "FandolFang" }'


def sheaf() -> Sheaf:
    return Sheaf(PAGE, CSS, "t.yaml", "a: b\n", "t", date(2024, 1, 10), activate_fonts().fingerprint)


def refused() -> Sheaf:
    raise JishiError("缺字", "换字")


@pytest.mark.parametrize("workers", [1, 2])
def test_files_are_there_when_asked_for(tmp_path: Path, workers: int) -> None:
    store = PrintStore(tmp_path)
    with printed_meanwhile([Job("b", "ledger", sheaf), Job("b", "labels", sheaf)], store, workers) as sheets:
        ledger, labels = sheets()
        assert (ledger, labels) == (tmp_path / "b" / "ledger.pdf", tmp_path / "b" / "labels.pdf")
        assert ledger.read_bytes() == labels.read_bytes()
        assert ledger.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sheet_that_cannot_be_printed_is_an_error(tmp_path: Path, workers: int) -> None:
    jobs = [Job("b", "ledger", refused), Job("b", "labels", refused)]
    with (
        pytest.raises(JishiError, match="台账或标签没有印出：缺字"),
        printed_meanwhile(jobs, PrintStore(tmp_path), workers) as sheets,
    ):
        sheets()
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_fault_of_the_rest_waits_for_the_sheets_and_is_told(tmp_path: Path) -> None:
    store = PrintStore(tmp_path)
    with (
        pytest.raises(KeyboardInterrupt),
        printed_meanwhile([Job("b", "ledger", sheaf), Job("b", "labels", sheaf)], store, 2),
    ):
        raise KeyboardInterrupt
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix not in (".pdf", ".json")]
