"""Each case gives exactly the findings it marks; each code that is said to be checked has a failing and a clean case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.audit.audit import Audit
from generator.audit.register import all_rules
from generator.audit.rule import How
from tests.audit.case_files import Case, Expected, all_cases, audit_of, build

CASES = list(all_cases())
CHECKED = [rule.code for rule in all_rules().values() if rule.how in (How.DECLARED, How.PYTHON, How.HISTORY)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_findings_are_exactly_those_marked(case: Case, tmp_path: Path) -> None:
    as_of, expected = build(case, tmp_path)
    audit = audit_of(tmp_path, as_of)
    assert audit.assessments
    assert _found(audit, expected) == expected, _listed(audit)


def test_there_are_cases() -> None:
    assert len(CASES) > 60
    assert len(CHECKED) > 50


@pytest.mark.parametrize("code", CHECKED)
def test_a_checked_code_has_a_failing_and_a_clean_case(code: str, tmp_path: Path) -> None:
    marked = []
    for number, case in enumerate(case for case in CASES if case.code == code):
        _, expected = build(case, tmp_path / str(number))
        marked.append(any(found == code for _, _, found, _ in expected))
    assert True in marked, f"no failing case of {code}"
    assert False in marked, f"no clean case of {code}"


def _found(audit: Audit, expected: Expected) -> Expected:
    """The findings; with their severity where the case states one."""
    weighed = {(path, line, code) for path, line, code, severity in expected if severity}
    found: Expected = Counter()
    for finding in audit.findings:
        assert finding.span is not None, finding
        place = finding.place.path, finding.span.line, finding.code
        found[*place, finding.severity.value if place in weighed else ""] += 1
    return found


def _listed(audit: Audit) -> str:
    return "\n".join(
        f"{f.place.path}:{f.span.line if f.span else '?'} {f.severity} {f.code} {f.message}" for f in audit.findings
    )
