"""Rehearsing a step: nothing speaks against what a faultless person does next, and something against what comes too soon."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.audit.rehearsal import Rehearsal, Rehearsals
from tests.audit.case_files import COLLEGE, PERSON, Case, audit_of, build

STORIES = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    for path in sorted(COLLEGE.glob("story*.yaml"))
}


def rehearsed(root: Path, story: dict[str, Any], told: int, step: str, day: str) -> Rehearsal:
    """The story up to an entry, and a step after it."""
    person = yaml.safe_dump({**story, "log": story["log"][:told]}, allow_unicode=True, sort_keys=False)
    build(Case("-", "-", {"person": person, "as_of": day}), root)
    audit = audit_of(root, date.fromisoformat(day))
    return Rehearsals(audit).rehearse(audit.corpus.people[Path(PERSON).stem], step)


@pytest.mark.parametrize("name", STORIES)
def test_every_next_step_of_a_faultless_person_is_safe(tmp_path: Path, name: str) -> None:
    log = STORIES[name]["log"]
    assert len(log) > 20
    for number, entry in enumerate(log):
        result = rehearsed(tmp_path / str(number), STORIES[name], number, entry["step"], entry["date"])
        assert result.safe, (entry, result.findings, result.remarks)


@pytest.mark.parametrize("name", STORIES)
def test_no_milestone_can_be_reached_by_skipping_ahead(tmp_path: Path, name: str) -> None:
    log = STORIES[name]["log"]
    steps = ("decide_activist", "propose_target", "admission_meeting", "approve_admission", "conversion_meeting")
    ahead = [entry for entry in log if entry["step"] in steps]
    assert len(ahead) == len(steps)
    for number, entry in enumerate(ahead):
        result = rehearsed(tmp_path / str(number), STORIES[name], 1, entry["step"], entry["date"])
        assert len({finding.step for finding in result.findings}) > 1, entry
