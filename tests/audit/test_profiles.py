"""Ready profiles: each finds exactly what it is for, and nothing of that is found under the national rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from generator.definitions.layers import NATIONAL
from generator.definitions.load import load_definitions
from generator.diagnostics import JishiError
from tests.audit.case_files import CASES, COLLEGE, Case, audit_of, build
from tests.audit.test_cases import _found, _listed

EXAMPLE = "campus"
"""The example of a whole set of local rules; the demo college lives under it."""
READY = sorted(set(load_definitions().profiles) - {NATIONAL, EXAMPLE})
TREES = [
    Case(path.stem, name, raw or {})
    for path in sorted((CASES / "profiles").glob("*.yaml"))
    for name, raw in yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader).items()
]


@pytest.mark.parametrize("tree", TREES, ids=str)
def test_a_profile_finds_exactly_what_it_is_for(tree: Case, tmp_path: Path) -> None:
    as_of, expected = build(Case(tree.code, tree.name, {**tree.raw, "profile": tree.code}), tmp_path)
    audit = audit_of(tmp_path, as_of)
    assert audit.assessments
    assert _found(audit.findings, expected) == expected, _listed(audit.findings)


@pytest.mark.parametrize("tree", TREES, ids=str)
def test_the_national_rules_ask_for_nothing_of_it(tree: Case, tmp_path: Path) -> None:
    audit = audit_of(tmp_path, build(tree, tmp_path)[0])
    assert audit.assessments
    assert not audit.findings, _listed(audit.findings)


@pytest.mark.parametrize("profile", READY)
def test_every_ready_profile_has_a_failing_and_a_clean_tree(profile: str) -> None:
    marked = [bool(tree.raw.get("mark")) for tree in TREES if tree.code == profile]
    assert True in marked, f"no failing tree of {profile}"
    assert False in marked, f"no clean tree of {profile}"


def test_every_tree_belongs_to_a_profile() -> None:
    assert {tree.code for tree in TREES} == set(READY)
    assert len(READY) > 20


@pytest.mark.parametrize("profile", [*READY, EXAMPLE])
def test_a_profile_says_what_it_is_and_that_it_has_to_be_checked(profile: str) -> None:
    found = load_definitions().profiles[profile]
    assert found.title
    assert found.note
    assert found.source == "地方做法，待本校核实"


def test_a_cutoff_before_graduation_does_not_silence_the_national_guidance(tmp_path: Path) -> None:
    # Everything in time by the local dates, yet within three months of leaving.
    raw = {
        "profile": "graduation-cutoff",
        "until": "approve_admission",
        "head": {"leaves": "2023-06-30"},
        "change": {
            "preview": {"date": "2023-04-14", "reported": "2023-04-10"},
            "fill_book": {"date": "2023-04-17"},
            "sponsor_opinion": {"date": "2023-04-18"},
            "sponsor_opinion.2": {"date": "2023-04-18"},
            "admission_meeting": {"date": "2023-04-25", "resolution.date": "2023-04-25"},
            "superior_talk": {"date": "2023-05-10"},
            "approve_admission": {"date": "2023-05-19", "probation": {"from": "2023-04-25", "to": "2024-04-24"}},
        },
    }
    audit = audit_of(tmp_path, build(Case("graduation-cutoff", "conflict", raw), tmp_path)[0])
    codes = {finding.code for finding in audit.findings}
    assert "DEV042" in codes
    assert "DEV102" not in codes, _listed(audit.findings)
    assert "三个月" in load_definitions().profiles["graduation-cutoff"].conflict


@pytest.mark.parametrize(
    "text",
    [
        "enable: [DEV016,\n  DEV999]\n",
        "severity:\n  DEV999: warning\n",
        "limits:\n  oath: [{id: soon, rule: within, days: 3, of: [approve_admission.date], code: DEV999}]\n",
    ],
)
def test_a_code_that_there_is_not_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    files = {"schema/profiles/ours.yaml": f"id: ours\ntitle: 本校规定\n{text}"}
    as_of, _ = build(Case("ours", "misspelt", {"until": "apply", "profile": "ours", "files": files}), tmp_path)
    with pytest.raises(JishiError, match=r"^schema/profiles/ours\.yaml 第 4 行：没有代码 DEV999$"):
        audit_of(tmp_path, as_of).assessments["2020000001"].findings  # noqa: B018


def test_a_profile_that_there_is_not_is_told_with_its_line(tmp_path: Path) -> None:
    as_of, _ = build(Case("ours", "misspelt", {"until": "apply", "profile": "wait-3-month"}), tmp_path)
    with pytest.raises(JishiError, match=r"^data/organisation\.yaml 第 [0-9]+ 行：没有地方规则“wait-3-month”$") as told:
        audit_of(tmp_path, as_of).assessments["2020000001"].findings  # noqa: B018
    assert "wait-3-months" in told.value.hint


@pytest.mark.parametrize("path", ["data/organisation.yaml", "data/cs/committee.yaml", "data/zz/st-1/branch.yaml"])
def test_a_platform_that_there_is_not_is_told_with_its_line(path: str, tmp_path: Path) -> None:
    text = (COLLEGE / path).read_text(encoding="utf-8")
    files = {path: f"{text}platform: dengtaa\n"}
    as_of, _ = build(Case("platform", "misspelt", {"until": "apply", "files": files}), tmp_path)
    line = len(text.splitlines()) + 1
    with pytest.raises(JishiError, match=rf"^{re.escape(path)} 第 {line} 行：没有平台“dengtaa”$") as told:
        audit_of(tmp_path, as_of).assessments["2020000001"].findings  # noqa: B018
    assert "dengta" in told.value.hint


def test_profiles_are_put_together_from_others(tmp_path: Path) -> None:
    ours = """id: ours
title: 本校规定
include: [wait-6-months, publicity-3-days, publicity-7-days, publicise-activist]
settings: {report_gap_days: 45}
drop: [publicise_activist]
"""
    raw = {
        "profile": "ours",
        "until": "admission_meeting",
        "files": {"schema/profiles/ours.yaml": ours},
        "add": [{"step": "publicise_admission", "start": "2022-10-13", "date": "2022-10-18", "result": "clear", "materials": ["M33"]}],
        "mark": {"decide_activist": "DEV103", "publicise_admission": "DEV024"},
    }  # fmt: skip
    as_of, expected = build(Case("ours", "together", raw), tmp_path)
    audit = audit_of(tmp_path, as_of)
    assert _found(audit.findings, expected) == expected, _listed(audit.findings)
    profile = load_definitions(tmp_path).profiles["ours"]
    assert [limit.params["min"] for limit in profile.limits["publicise_admission"]] == [7]
    assert profile.settings["report_gap_days"] == 45
    assert profile.require == ()
