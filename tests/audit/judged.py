"""Each case is judged once, however many tests look at what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.diagnostics import Diagnostic
from tests.audit.case_files import Case, Expected, audit_of, build
from tests.audit.near_misses import Distances


@dataclass(frozen=True)
class Judged:
    """`distances`: (limit or order, days) of everything dated that was looked at; see `Distances`."""

    expected: Expected
    findings: tuple[Diagnostic, ...]
    distances: frozenset[tuple[str, int]]


_JUDGED: dict[str, Judged] = {}


def judged(case: Case) -> Judged:
    """Builds the repository of a case and audits it, unless this process has done so before."""
    name = str(case)
    if name not in _JUDGED:
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            as_of, expected = build(case, Path(folder))
            distances = Distances(patch)
            audit = audit_of(Path(folder), as_of)
            assert audit.assessments
            _JUDGED[name] = Judged(expected, tuple(audit.findings), frozenset(distances.found))
    return _JUDGED[name]
