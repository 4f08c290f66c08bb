from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.audit import everybody
from generator.audit.audit import run_audit

DEMO = Path(__file__).parents[2]


def test_of_all_assessments_only_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "_KEPT", 3)
    assessments = run_audit(DEMO, date(2026, 11, 20)).assessments
    ids = list(assessments)
    assert len(ids) > 5
    first = assessments[ids[0]]
    assert assessments[ids[0]] is first
    for id in ids[1:4]:
        assert assessments[id].person.id == id
    again = assessments[ids[0]]
    assert again is not first
    assert again == first
