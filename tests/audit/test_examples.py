"""The examples in the texts of the rules are records as one would write them: every key and value is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.audit.read import load_schemas
from generator.audit.register import all_rules
from generator.definitions.load import load_definitions
from generator.records.schema import RecordSchemas

EXAMPLES = [
    pytest.param(text, id=f"{rule.code} {which}")
    for rule in all_rules().values()
    for which, text in (("wrong", rule.text.wrong), ("right", rule.text.right))
    if text
]
MEETING = {"step": "admission_meeting", "date": "2025-05-20"}


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_follow_the_schema(text: str) -> None:
    person = _person(yaml.load(text, yaml.CBaseLoader))
    checked = _schemas().check("person", person, "person.yaml", "1")
    assert not checked.diagnostics, [f"{d.place.pointer} {d.message}" for d in checked.diagnostics]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 150


def _person(example: Any) -> dict[str, Any]:
    if isinstance(example, list):
        return {"name": "某人", "log": example}
    known = _schemas().document("person").field.fields or {}
    if set(example) <= set(known):
        return {"name": "某人", **example}
    return {"name": "某人", "log": [{**MEETING, **example}]}


@cache
def _schemas() -> RecordSchemas:
    return load_schemas(Path(), load_definitions())
