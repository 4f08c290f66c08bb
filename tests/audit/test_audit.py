"""The audit as a whole: order, sharing, as-of, robustness, and what keeps it clean."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.audit.audit import Audit, run_audit
from generator.audit.rules.thought_reports import quarters_inside
from generator.definitions.load import load_definitions
from tests.audit.case_files import PERSON, Case, audit_of, build


def _audit(root: Path, **raw: Any) -> Audit:
    as_of, _ = build(Case("-", "-", raw), root)
    return audit_of(root, as_of)


def test_findings_come_in_order_of_place(tmp_path: Path) -> None:
    late = {"talk": {"date": "2020-11-20", "materials": [{"code": "M02", "signed": "false"}]},
            "apply": {"materials": [{"code": "M01", "signed": "false"}]}}  # fmt: skip
    audit = _audit(tmp_path, until="talk", change=late, head={"born": "2005-01-01"})
    places = [(f.place.path, f.span.line, f.span.column, f.code) for f in audit.findings if f.span]
    assert len(places) == 4
    assert places == sorted(places)


def test_the_same_records_and_day_give_the_same_findings(tmp_path: Path) -> None:
    first = _audit(tmp_path, until="talk", change={"talk": {"date": "2020-11-20"}})
    again = audit_of(tmp_path, date(2020, 11, 20))
    assert first.findings == again.findings
    assert first.findings


@pytest.mark.parametrize("path", ["data/cs/committee.yaml", "data/cs/ug-1/branch.yaml"])
def test_an_unreadable_file_above_is_held_against_nobody(tmp_path: Path, path: str) -> None:
    audit = _audit(tmp_path, until="approve_admission", files={path: "name: [\n"})
    assert [(f.code, f.place.path) for f in audit.findings] == [("YML010", path)]


def test_without_a_day_asked_for_it_is_today(tmp_path: Path) -> None:
    build(Case("-", "-", {}), tmp_path)
    audit = run_audit(tmp_path)
    assert (audit.as_of, audit.explicit) == (date.today(), False)


def test_a_finding_on_the_shared_part_of_an_event_is_said_once_and_names_everybody(tmp_path: Path) -> None:
    sibling = "name: 水清浅\nlog: []\n"
    event = (
        "step: publicise_activist\nstart: 2021-03-22\ndate: 2021-03-26\nresult: clear\n"
        "objections: [{date: 2021-03-24, matter: 学风}]\n"
        'people:\n  "2020000001": {materials: [M18]}\n  "2020000002": {materials: [M18]}\n'
    )
    path = "data/cs/ug-1/events/2021-03-26-publicise_activist.yaml"
    files = {path: event, "data/cs/ug-1/people/2020000002.yaml": sibling}
    audit = _audit(tmp_path, until="decide_activist", files=files, as_of="2021-03-27")
    (said,) = [finding for finding in audit.findings if finding.code == "DEV026"]
    assert said.person is None
    assert [related.place.pointer for related in said.related] == [("people", "2020000001"), ("people", "2020000002")]
    assert all(related.span for related in said.related)
    assert [(f.code, f.person) for f in audit.findings_of("2020000001")] == [("DEV026", "2020000001")]


def test_progress_is_reported_for_everybody(tmp_path: Path) -> None:
    build(Case("-", "-", {}), tmp_path)
    ticks: list[tuple[int, int]] = []
    audit = run_audit(tmp_path, date(2024, 1, 1), progress=lambda done, total: ticks.append((done, total)))
    assert ticks == [(n, len(audit.assessments)) for n in range(1, len(audit.assessments) + 1)]


def test_a_broken_file_takes_nobody_else_along(tmp_path: Path) -> None:
    build(Case("-", "-", {"until": "talk", "change": {"talk": {"date": "2020-11-20"}}}), tmp_path)
    (tmp_path / "data/cs/ug-1/branch.yaml").write_text("name: [", encoding="utf-8")
    (tmp_path / "data/cs/ug-1/people/2001008.yaml").write_text("log: {a: [", encoding="utf-8")
    audit = audit_of(tmp_path, date(2020, 11, 20))
    codes = [finding.code for finding in audit.findings]
    assert "DEV004" in codes
    assert any(code.startswith("YML") for code in codes)
    assert Path(PERSON).stem in audit.assessments


@pytest.mark.parametrize(
    ("since", "until", "quarters"),
    [
        (date(2024, 1, 1), date(2024, 3, 31), [1]),
        (date(2024, 1, 2), date(2024, 6, 29), []),
        (date(2023, 11, 5), date(2024, 7, 15), [1, 2]),
        (date(2024, 5, 1), date(2023, 5, 1), []),
    ],
)
def test_quarters_lie_wholly_inside(since: date, until: date, quarters: list[int]) -> None:
    assert [first.month // 3 + 1 for first, _ in quarters_inside(since, until)] == quarters


def test_no_rule_names_a_step() -> None:
    """What binds a rule to the procedure are kinds of steps and the pitfalls a step names."""
    definitions = load_definitions()
    steps = set(definitions.steps) - {step.kind for step in definitions.steps.values()}
    files = sorted((Path(__file__).parents[2] / "generator" / "audit").rglob("*.py"))
    assert len(steps) > 20
    assert len(files) > 30
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in steps}
        assert not named, f"{path.name} names {named}"
