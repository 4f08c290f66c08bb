"""Each case gives exactly the findings it marks; each code that is said to be checked has a failing and a clean case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from generator.audit.register import all_rules
from generator.audit.rule import How
from generator.diagnostics import Diagnostic
from tests.audit.case_files import Case, Expected, all_cases
from tests.audit.judged import judged

CASES = all_cases()
CHECKED = [rule.code for rule in all_rules().values() if rule.how in (How.DECLARED, How.PYTHON, How.HISTORY)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_findings_are_exactly_those_marked(case: Case) -> None:
    of = judged(case)
    assert _found(of.findings, of.expected) == of.expected, _listed(of.findings)


def test_there_are_cases() -> None:
    assert len(CASES) > 60
    assert len(CHECKED) > 50


@pytest.mark.parametrize("code", CHECKED)
def test_a_checked_code_has_a_failing_and_a_clean_case(code: str) -> None:
    marked = [any(found == code for _, _, found, _ in judged(case).expected) for case in CASES if case.code == code]
    assert True in marked, f"no failing case of {code}"
    assert False in marked, f"no clean case of {code}"


def _found(findings: Iterable[Diagnostic], expected: Expected) -> Expected:
    """The findings; with their severity where the case states one."""
    weighed = {(path, line, code) for path, line, code, severity in expected if severity}
    found: Expected = Counter()
    for finding in findings:
        assert finding.span is not None, finding
        place = finding.place.path, finding.span.line, finding.code
        found[*place, finding.severity.value if place in weighed else ""] += 1
    return found


def _listed(findings: Iterable[Diagnostic]) -> str:
    return "\n".join(
        f"{f.place.path}:{f.span.line if f.span else '?'} {f.severity} {f.code} {f.message}" for f in findings
    )
