"""Every step is told so that nobody needs another manual: each part is there, or it is said here why not."""

from __future__ import annotations

import re

import pytest

from generator.definitions.load import load_definitions
from generator.definitions.model import Procedure

PROCEDURES = load_definitions().procedures
PARTS = ("purpose", "prepare", "guide", "record", "entry", "refusal", "again", "told", "basis", "date_means", "actor")
STAGES = {stage.id: stage.title for stage in PROCEDURES[-1].stages}


@pytest.fixture(params=PROCEDURES, ids=lambda each: each.id)
def procedure(request: pytest.FixtureRequest) -> Procedure:
    found: Procedure = request.param
    assert len(found.steps) > 45
    return found


@pytest.mark.parametrize("part", PARTS)
def test_every_step_has_every_part(procedure: Procedure, part: str) -> None:
    assert [step.id for step in procedure.steps.values() if not getattr(step, part)] == []


def test_what_must_be_ready_is_said_line_by_line(procedure: Procedure) -> None:
    for step in procedure.steps.values():
        assert len(step.prepare) >= 2, step.id
        assert all(re.match(r"[^：]{1,7}：.+。$", line) for line in step.prepare), step.id


def test_guidance_is_numbered(procedure: Procedure) -> None:
    for step in procedure.steps.values():
        numbers = [int(n) for n in re.findall(r"(?m)^(\d+)\. ", step.guide)]
        assert len(numbers) >= 2, step.id
        assert numbers == list(range(1, len(numbers) + 1)), step.id


def test_a_refusal_says_in_which_stage_the_person_stays(procedure: Procedure) -> None:
    refusable = [(step, step.stage) for step in procedure.steps.values() if step.refused_when and step.stage]
    assert len(refusable) > 15
    assert [step.id for step, stage in refusable if STAGES[stage].removeprefix("入党") not in step.refusal] == []


def test_the_newer_version_says_what_it_changed_where_it_rewrote_the_guidance() -> None:
    older, newer = PROCEDURES[0], PROCEDURES[-1]
    rewritten = [
        key
        for key, step in newer.steps.items()
        if key in older.steps and step.guide != older.steps[key].guide and not step.guide.startswith(older.steps[key].guide)
    ]
    assert len(rewritten) >= 3
    assert [key for key in rewritten if not newer.steps[key].changed] == []
