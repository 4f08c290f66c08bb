"""Every dated limit and order of the procedures has cases the day before, on the day and the day after; so none can drift by a day."""

from __future__ import annotations

import pytest

from generator.definitions.load import load_definitions
from tests.audit.case_files import all_cases
from tests.audit.judged import judged
from tests.audit.near_misses import dated_limits, orders

LIMITS = dated_limits(load_definitions())
ORDERS = orders(load_definitions())
EDGES = [*LIMITS, *ORDERS]


def test_there_are_limits_and_orders() -> None:
    assert len(LIMITS) > 20
    assert len(ORDERS) > 20


@pytest.mark.parametrize("code", sorted({edge.code for edge in EDGES}))
def test_cases_lie_before_on_and_after(code: str) -> None:
    found = {distance for case in all_cases() if case.code == code for distance in judged(case).distances}
    wanted = {(edge.name, day) for edge in EDGES if edge.code == code for day in edge.days}
    assert wanted
    assert wanted - found == set(), f"add these near misses to tests/cases/{code}.yaml"
