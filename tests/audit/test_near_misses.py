"""Every dated limit of the procedures has cases the day before, on the day and the day after; so a limit cannot drift by a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions.load import load_definitions
from tests.audit.case_files import all_cases, audit_of, build
from tests.audit.near_misses import DatedLimit, Distances, dated_limits

LIMITS = list(dated_limits(load_definitions(None)))


def test_there_are_dated_limits() -> None:
    assert len(LIMITS) > 20


@pytest.mark.parametrize("code", sorted({one.limit.code for one in LIMITS}))
def test_cases_lie_before_on_and_after_each_limit(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distances = Distances(monkeypatch)
    for number, case in enumerate(case for case in all_cases() if case.code == code):
        as_of, _ = build(case, tmp_path / str(number))
        assert audit_of(tmp_path / str(number), as_of).assessments
    lacking = {str(one): _lacking(one, distances) for one in LIMITS if one.limit.code == code}
    assert {name: days for name, days in lacking.items() if days} == {}, (
        f"add these near misses to tests/cases/{code}.yaml"
    )


def _lacking(one: DatedLimit, distances: Distances) -> list[int]:
    return [edge for edge in one.edges if (one.limit.id, edge) not in distances.found]
