"""`jishi check --format sarif` and `gitlab`: shape, places, and marks that outlive a change elsewhere in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.audit.register import all_rules
from tests.audit.case_files import PERSON
from tests.commands.college import LATE_TALK, SOMEBODY, college, jishi

SCHEMAS = Path(__file__).parents[1] / "schemas"
DAY = ("--as-of", "2020-11-20")


def report(root: Path, format_: str) -> Any:
    schema = json.loads((SCHEMAS / {"sarif": "sarif.json", "gitlab": "codequality.json"}[format_]).read_text("utf-8"))
    result = jishi("check", "--format", format_, *DAY, root=root)
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def marks(root: Path, format_: str) -> list[str]:
    found = report(root, format_)
    if format_ == "gitlab":
        return [item["fingerprint"] for item in found]
    return [mark for item in found["runs"][0]["results"] for mark in item["partialFingerprints"].values()]


def test_sarif_points_at_the_value_and_at_what_it_is_compared_with(tmp_path: Path) -> None:
    (run,) = report(college(tmp_path, **LATE_TALK), "sarif")["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("DEV004", "error")
    assert result["properties"]["person"] == SOMEBODY
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == PERSON
    assert place["region"] == {"startLine": 8, "startColumn": 22, "endLine": 8, "endColumn": 34}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 7
    assert "提示：" in result["message"]["text"] or "依据：" in result["message"]["text"]


def test_sarif_brings_the_text_of_every_rule(tmp_path: Path) -> None:
    (run,) = report(college(tmp_path, **LATE_TALK), "sarif")["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(all_rules())
    (result,) = run["results"]
    rule = rules[result["ruleIndex"]]
    assert rule["id"] == "DEV004"
    assert "为什么：" in rule["help"]["text"]


def test_the_three_levels(tmp_path: Path) -> None:
    person = "name: 林知远\nnickname: 小林\nsex:\nlog:\n- {step: apply, date: 2020-10-08, materials: [M01]}\n"
    root = college(tmp_path, person=person, as_of="2020-11-20")
    (run,) = report(root, "sarif")["runs"]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert (levels["SCH001"], levels["YML020"]) == ("error", "warning")
    severities = {item["check_name"]: item["severity"] for item in report(root, "gitlab")}
    assert (severities["SCH001"], severities["YML020"]) == ("critical", "minor")


def test_columns_count_characters_also_beyond_the_basic_plane(tmp_path: Path) -> None:
    line = "- {step: apply, note: 𠮷𠮷, date: 2020-13-12}"
    root = college(tmp_path, person=f"name: 林知远\nlog:\n{line}\n", as_of="2020-11-20")
    (run,) = report(root, "sarif")["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [
        result["locations"][0]["physicalLocation"]["region"]
        for result in run["results"]
        if result["ruleId"] == "SCH004"
    ]
    assert [region["startColumn"] for region in regions] == [line.index("2020-13-12") + 1]


def test_a_file_named_in_chinese_has_a_proper_uri(tmp_path: Path) -> None:
    root = college(tmp_path)
    (root / "data/cs/ug-1/people/林 知远.yaml").write_text("name: 林知远\n", encoding="utf-8")
    (run,) = report(root, "sarif")["runs"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert any("%E6%9E%97%20" in uri for uri in uris)


@pytest.mark.parametrize("format_", ["sarif", "gitlab"])
def test_marks_outlive_moved_lines_and_entries_put_in_above(tmp_path: Path, format_: str) -> None:
    root = college(tmp_path, **LATE_TALK)
    before = marks(root, format_)
    assert len(before) == 1
    path = root / PERSON
    text = path.read_text(encoding="utf-8")
    note = (
        "log:\n# 补记\n- {step: platform_check, date: 2020-10-09, platform: dengta, through: 2020-09, complete: true}\n"
    )
    path.write_text("# 说明\n\n" + text.replace("log:\n", note), encoding="utf-8")
    assert set(before) <= set(marks(root, format_))


@pytest.mark.parametrize("format_", ["sarif", "gitlab"])
def test_marks_differ_between_findings_and_change_with_the_value(tmp_path: Path, format_: str) -> None:
    lines = "".join("- {step: apply, date: 2020-13-12}\n" for _ in range(2))
    root = college(tmp_path, person=f"name: 林知远\nlog:\n{lines}", as_of="2020-11-20")
    before = marks(root, format_)
    assert len(before) == len(set(before)) >= 2
    path = root / PERSON
    path.write_text(path.read_text(encoding="utf-8").replace("2020-13-12", "2020-14-12"), encoding="utf-8")
    assert not set(before) & set(marks(root, format_))


def test_gitlab_names_file_and_line(tmp_path: Path) -> None:
    (item,) = report(college(tmp_path, **LATE_TALK), "gitlab")
    assert (item["check_name"], item["severity"]) == ("DEV004", "critical")
    assert item["location"] == {"path": PERSON, "lines": {"begin": 8}}


@pytest.mark.parametrize("format_", ["sarif", "gitlab"])
def test_a_clean_college_gives_an_empty_report(tmp_path: Path, format_: str) -> None:
    root = college(tmp_path)
    result = jishi("check", "--as-of", "2023-12-31", "--format", format_, root=root)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found == [] if format_ == "gitlab" else found["runs"][0]["results"] == []
