"""Whole dossiers after published case types: the set of findings is exact, nothing missing and nothing extra."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.audit.case_files import CASES, Case, audit_of, build
from tests.audit.test_cases import _found, _listed

DOSSIERS = [
    Case(path.stem, name, raw)
    for path in sorted((CASES / "dossiers").glob("*.yaml"))
    for name, raw in yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader).items()
]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=str)
def test_findings_are_exactly_those_of_the_case(dossier: Case, tmp_path: Path) -> None:
    as_of, expected = build(dossier, tmp_path)
    audit = audit_of(tmp_path, as_of)
    assert sum(expected.values()) >= 2
    assert _found(audit.findings, expected) == expected, _listed(audit.findings)


def test_there_are_dossiers() -> None:
    assert len(DOSSIERS) >= 9
