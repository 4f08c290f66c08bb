"""`jishi explain` and `jishi rules`: every code has its text; nothing claims to be checked that is not."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from generator.audit.register import all_rules, nearest_codes
from generator.audit.rule import How, Rule
from generator.records.codes import CODES
from tests.commands.college import jishi

RULES = list(all_rules().values())


def test_explain_prints_all_parts() -> None:
    result = jishi("explain", "dev020")
    assert result.exit_code == 0
    for part in ("DEV020 ", "查什么：", "为什么：", "依据：", "错例：", "对例："):
        assert part in result.stdout
    assert "propose_target" in result.stdout


def test_full_width_letters_are_understood() -> None:
    assert jishi("explain", "ＤＥＶ０２０").stdout == jishi("explain", "DEV020").stdout != ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("DEV20", "DEV020"), ("E20", "DEV020"), ("dev4", "DEV004"), ("SCH01", "SCH001")],
)
def test_an_unknown_code_names_the_nearest(typed: str, meant: str) -> None:
    result = jishi("explain", typed)
    assert result.exit_code == 2
    assert meant in result.stderr
    assert nearest_codes(typed)[0] == meant


def test_a_hopeless_code_points_to_the_list() -> None:
    result = jishi("explain", "天气")
    assert result.exit_code == 2
    assert "jishi rules" in result.stderr


def test_all_numbers_of_the_list_of_recurring_errors_are_there() -> None:
    assert {f"DEV{n:03d}" for n in range(1, 76)} <= all_rules().keys()
    assert CODES.keys() <= all_rules().keys()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_texts_are_complete(rule: Rule) -> None:
    assert rule.text.what
    assert rule.text.why
    assert rule.text.basis
    if rule.how in (How.DECLARED, How.PYTHON):
        for example in (rule.text.wrong, rule.text.right):
            assert example, "an example is missing"
            assert yaml.load(example, yaml.BaseLoader), "an example is no YAML"
    if not rule.how.works:
        assert rule.text.reason, "says why it is not checked"


def test_rules_lists_every_code_and_how_it_is_checked() -> None:
    result = jishi("rules")
    assert result.exit_code == 0
    listed = re.findall(r"^([A-Z]{3}[0-9]{3}) ", result.stdout, re.MULTILINE)
    assert listed == list(all_rules())
    counts = Counter(rule.how for rule in RULES)
    assert set(counts) == set(How)
    for how, count in counts.items():
        assert f"{how.label} {count} 条" in result.stdout


def test_rules_as_json() -> None:
    listed = json.loads(jishi("rules", "--format", "json").stdout)
    assert [entry["code"] for entry in listed] == list(all_rules())
    assert {entry["checked"] for entry in listed} == {how.value for how in How}
    assert all(entry["title"] and entry["severity"] in ("error", "warning", "info") for entry in listed)


def test_declared_codes_are_declared_somewhere() -> None:
    """What the definitions name is registered, and what is registered as declared is named by definitions or engine."""
    root = Path(__file__).parents[2]
    sources = [*(root / "schema").rglob("*.yaml"), *(root / "generator" / "procedure").rglob("*.py")]
    assert len(sources) > 10
    named = {code for path in sources for code in re.findall(r"DEV[0-9]{3}", path.read_text(encoding="utf-8"))}
    assert named <= all_rules().keys()
    declared = {rule.code for rule in RULES if rule.how is How.DECLARED}
    assert declared - named <= {"DEV100", "DEV101", "DEV102"}
