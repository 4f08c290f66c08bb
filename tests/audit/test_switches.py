"""Interpretation switches: one record, judged under each value, gives what that value stands for and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.definitions.load import load_definitions
from tests.audit.case_files import CASES, Case, audit_of, build
from tests.audit.test_cases import _found, _listed

SETTINGS = load_definitions().settings
SHOWN_ONLY = {"probation_end"}
"""Decides how something is written, not what is found."""
OF_COMMITTEES = {"committee_inspection_months"}
"""Has its cases with the code it belongs to, since they need the file of a committee."""
COUNTED = {"criticism_months", "criticism_problems", "criticism_failures"}
"""Read by `jishi stats` alone."""
TREES = [
    Case(path.stem, name, raw)
    for path in sorted((CASES / "switches").glob("*.yaml"))
    for name, raw in yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader).items()
]
RUNS = [(tree, value) for tree in TREES for value in tree.raw["values"]]


def _case(tree: Case, value: str, mark: Any) -> Case:
    raw = {key: each for key, each in tree.raw.items() if key not in ("values", "with")}
    text = f"id: case\ntitle: 本校规定\nsettings: {{{tree.code}: {value}}}\n{tree.raw.get('with', '')}"
    return Case(
        tree.code, tree.name, {**raw, "profile": "case", "files": {"schema/profiles/case.yaml": text}, "mark": mark}
    )


@pytest.mark.parametrize(("tree", "value"), RUNS, ids=str)
def test_each_value_finds_what_it_stands_for(tree: Case, value: str, tmp_path: Path) -> None:
    as_of, expected = build(_case(tree, value, tree.raw["values"][value]), tmp_path)
    audit = audit_of(tmp_path, as_of)
    assert audit.assessments
    assert _found(audit.findings, expected) == expected, _listed(audit.findings)


@pytest.mark.parametrize("switch", sorted(SETTINGS.keys() - SHOWN_ONLY - OF_COMMITTEES - COUNTED))
def test_a_switch_changes_what_is_found(switch: str) -> None:
    mine = [tree.raw["values"] for tree in TREES if tree.code == switch]
    assert any(len({str(marks) for marks in values.values()}) > 1 for values in mine), f"{switch} changes nothing"
    tried = {value for values in mine for value in values}
    assert str(SETTINGS[switch].default) in tried
    assert set(SETTINGS[switch].allowed) <= tried
    assert len(tried) > 1


def test_there_are_switches() -> None:
    assert {tree.code for tree in TREES} | SHOWN_ONLY | OF_COMMITTEES | COUNTED == SETTINGS.keys()
    assert len(SETTINGS) > 15
    for switch in OF_COMMITTEES:
        assert SETTINGS[switch].codes
        assert any(switch in (CASES / f"{code}.yaml").read_text(encoding="utf-8") for code in SETTINGS[switch].codes)


@pytest.mark.parametrize(("value", "shown"), [("day_before", "2023-10-27"), ("same_day", "2023-10-28")])
def test_the_end_of_the_probation_period_is_written_as_chosen(value: str, shown: str, tmp_path: Path) -> None:
    # Both ways of writing it pass; a wrong one is told the right one as it is written here.
    for stated, marks in (("2023-10-27", {}), ("2023-10-28", {}), ("2023-10-29", {"approve_admission": "DEV054"})):
        root = tmp_path / stated
        raw = {
            "until": "approve_admission",
            "values": {},
            "change": {"approve_admission": {"probation": {"from": "2022-10-28", "to": stated}}},
        }
        as_of, expected = build(_case(Case("probation_end", stated, raw), value, marks), root)
        audit = audit_of(root, as_of)
        assert _found(audit.findings, expected) == expected, _listed(audit.findings)
        assert all(shown in finding.message + finding.hint for finding in audit.findings)
        probation = audit.assessments["2020000001"].progress.probation
        assert probation is not None
        assert (str(probation.last), str(probation.expiry)) == (shown, "2023-10-28")
