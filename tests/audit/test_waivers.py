"""A waiver takes exactly the finding it names out of sight, and stays honest about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.audit.assessment import Assessment
from tests.audit.case_files import PERSON, Case, audit_of, build

LATE = {"until": "talk", "change": {"talk": {"date": "2020-11-20"}}}
WAIVER = {"code": "DEV004", "step": "talk", "date": "2020-11-20", "reason": "邮寄延误"}


def _assessed(root: Path, **raw: Any) -> Assessment:
    as_of, _ = build(Case("-", "-", raw), root)
    return audit_of(root, as_of).assessments[Path(PERSON).stem]


def test_the_waived_finding_is_kept_apart(tmp_path: Path) -> None:
    assessment = _assessed(tmp_path, **LATE, head={"waivers": [WAIVER]})
    assert [finding.code for finding in assessment.waived] == ["DEV004"]
    assert assessment.findings == ()


@pytest.mark.parametrize("wrong", [{"code": "DEV005"}, {"step": "apply"}, {"date": "2020-11-21"}, {"date": ""}])
def test_a_waiver_that_names_something_else_covers_nothing(tmp_path: Path, wrong: dict[str, str]) -> None:
    waiver = {key: value for key, value in {**WAIVER, **wrong}.items() if value}
    assessment = _assessed(tmp_path, **LATE, head={"waivers": [waiver]})
    assert sorted(finding.code for finding in assessment.findings) == ["DEV004", "DEV108"]
    assert assessment.waived == ()


def test_a_waiver_covers_one_instance_only(tmp_path: Path) -> None:
    change = {name: {"materials": [{"code": "M16", "signed": "false"}]} for name in ("report", "report.2")}
    waiver = {"code": "DEV019", "step": "report", "date": "2021-06-18", "reason": "本人已毕业"}
    assessment = _assessed(tmp_path, until="inspect.1", change=change, head={"waivers": [waiver]})
    assert len(assessment.waived) == 1
    (left,) = assessment.findings
    assert left.code == "DEV019"


def test_what_is_wrong_with_the_file_cannot_be_waived(tmp_path: Path) -> None:
    waiver = {"code": "SCH004", "step": "talk", "until": "2030-01-01", "reason": "不改了"}
    build(Case("-", "-", {"until": "talk", "change": {"talk": {"date": "2020-11-31"}}, "as_of": "2020-12-01",
                          "head": {"waivers": [waiver]}}), tmp_path)  # fmt: skip
    codes = {finding.code for finding in audit_of(tmp_path, None).findings}
    assert {"SCH004", "DEV108"} <= codes
