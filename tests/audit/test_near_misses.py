"""Every dated limit and order of the procedures has cases the day before, on the day and the day after; so none can drift by a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions.load import load_definitions
from tests.audit.case_files import all_cases, audit_of, build
from tests.audit.near_misses import Distances, dated_limits, orders

LIMITS = dated_limits(load_definitions())
ORDERS = orders(load_definitions())
EDGES = [*LIMITS, *ORDERS]


def test_there_are_limits_and_orders() -> None:
    assert len(LIMITS) > 20
    assert len(ORDERS) > 20


@pytest.mark.parametrize("code", sorted({edge.code for edge in EDGES}))
def test_cases_lie_before_on_and_after(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distances = Distances(monkeypatch)
    for number, case in enumerate(case for case in all_cases() if case.code == code):
        as_of, _ = build(case, tmp_path / str(number))
        assert audit_of(tmp_path / str(number), as_of).assessments
    lacking = {edge.name: days for edge in EDGES if edge.code == code and (days := distances.lacking(edge))}
    assert lacking == {}, f"add these near misses to tests/cases/{code}.yaml"
