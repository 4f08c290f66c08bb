"""The entries that the handbook shows for copying are entries that the check accepts."""

from __future__ import annotations

import pytest

from generator.audit.afresh import load_schemas
from generator.definitions.load import load_definitions
from generator.definitions.model import Procedure
from generator.definitions.source import shelf_for
from generator.records.load import check_text
from generator.views.record_fields import RecordFields, without_numbers
from tests.site.repository import PROJECT

DEFINITIONS = load_definitions(PROJECT)


def test_there_are_steps() -> None:
    assert all(len(procedure.steps) > 30 for procedure in DEFINITIONS.procedures)


@pytest.mark.parametrize("procedure", DEFINITIONS.procedures, ids=lambda procedure: procedure.id)
def test_every_example_is_a_valid_entry(procedure: Procedure) -> None:
    fields = RecordFields.load(shelf_for(PROJECT), procedure)
    schemas = load_schemas(PROJECT, DEFINITIONS)
    assert len(procedure.steps) > 40
    for step in procedure.steps.values():
        example = fields.example(step)
        found = check_text("person", f"name: 甲乙\nlog:\n{example}\n", schemas)
        assert [f"{step.id}: {f.message}" for f in found] == []
        assert f"step: {step.id} " in example


def test_fields_that_belong_to_a_sibling_step_are_left_out() -> None:
    procedure = DEFINITIONS.procedures[-1]
    fields = RecordFields.load(shelf_for(PROJECT), procedure)
    assert "extension_months" in fields.example(procedure.steps["conversion_meeting"])
    assert "extension_months" not in fields.example(procedure.steps["admission_meeting"])


def test_numbers_of_people_become_placeholders() -> None:
    assert without_numbers('["2008017", "2010022", "2008017"]') == '["0000001", "0000002", "0000001"]'


def test_what_happens_in_some_cases_only_is_commented_out() -> None:
    procedure = DEFINITIONS.procedures[-1]
    example = RecordFields.load(shelf_for(PROJECT), procedure).example(procedure.steps["admission_meeting"])
    assert "  result: passed " in example
    assert "\n  # reason: " in example
    assert "\n  # written: " in example


def test_a_choice_among_actors_falls_on_the_one_who_acts() -> None:
    procedure = DEFINITIONS.procedures[-1]
    fields = RecordFields.load(shelf_for(PROJECT), procedure)
    assert "  body: general_meeting " in fields.example(procedure.steps["admission_meeting"])
    assert "  body: committee " in fields.example(procedure.steps["committee_review"])
