"""`jishi check --before STEP ID…`: only what speaks against filing, and whether it is safe."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.audit.case_files import COLLEGE, PERSON
from tests.commands.college import SOMEBODY, college, jishi

STORY = yaml.load((COLLEGE / "story.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
LOG: list[dict[str, Any]] = STORY["log"]
FILED = ("file_activist", "consent_target", "preview", "approve_admission", "approve_conversion", "archive")
"""The steps after which somebody else looks at the papers."""


def told_until(step: str, **head: Any) -> tuple[str, str]:
    """The story up to a step, the step left out, and the day of the step."""
    index = next(i for i, entry in enumerate(LOG) if entry["step"] == step)
    return written({**STORY, **head, "log": LOG[:index]}), LOG[index]["date"]


def written(person: dict[str, Any]) -> str:
    return str(yaml.safe_dump(person, allow_unicode=True, sort_keys=False))


def without(text: str, *steps: str) -> str:
    person = yaml.load(text, yaml.CBaseLoader)
    kept = [entry for entry in person["log"] if entry["step"] not in steps]
    assert len(kept) < len(person["log"])
    return written({**person, "log": kept})


def before(root: Path, step: str, day: str, *more: str) -> tuple[dict[str, Any], int]:
    words = ("check", "--before", step, SOMEBODY, *more, "--as-of", day, "--format", "json")
    result = jishi(*words, root=root)
    assert result.stderr == ""
    found: dict[str, Any] = json.loads(result.stdout)
    return found, result.exit_code


def only(report: dict[str, Any]) -> dict[str, Any]:
    (person,) = report["people"]
    assert isinstance(person, dict)
    return person


def codes(report: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in only(report)["findings"]]


@pytest.mark.parametrize("step", FILED)
def test_a_person_without_faults_can_be_filed(tmp_path: Path, step: str) -> None:
    person, day = told_until(step)
    report, exit_code = before(college(tmp_path, person=person, as_of=day), step, day)
    assert (exit_code, report["safe"], codes(report), only(report)["remarks"]) == (0, True, [], [])
    expected = next(entry for entry in LOG if entry["step"] == step)["materials"]
    assert {paper["code"] for paper in only(report)["papers"]} <= set(expected)


@pytest.mark.parametrize(
    ("step", "absent", "code"),
    [
        ("file_activist", "decide_activist", "DEV009"),
        ("consent_target", "propose_target", "DEV101"),
        ("preview", "committee_review", "DEV038"),
        ("preview", "train_target", "DEV027"),
        ("approve_admission", "superior_talk", "DEV050"),
        ("approve_admission", "admission_meeting", "DEV049"),
        ("approve_conversion", "conversion_meeting", "DEV063"),
        ("archive", "approve_conversion", "DEV101"),
    ],
)
def test_an_absent_predecessor_is_named(tmp_path: Path, step: str, absent: str, code: str) -> None:
    person, day = told_until(step)
    report, exit_code = before(college(tmp_path, person=without(person, absent), as_of=day), step, day)
    assert exit_code == 1
    assert not report["safe"]
    (finding,) = [f for f in only(report)["findings"] if f["code"] == code and f["step"] == absent]
    assert finding["path"] == PERSON


def test_what_concerns_the_step_itself_points_at_the_log(tmp_path: Path) -> None:
    person, day = told_until("approve_conversion")
    text = without(person, "conversion_meeting")
    report, _ = before(college(tmp_path, person=text, as_of=day), "approve_conversion", day)
    (finding,) = [f for f in only(report)["findings"] if f["step"] == "conversion_meeting" and day in f["message"]]
    assert (finding["path"], finding["line"]) == (PERSON, 1 + text.splitlines().index("log:"))


def test_an_absent_predecessor_far_back_is_named_as_well(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    report, _ = before(college(tmp_path, person=without(person, "talk"), as_of=day), "file_activist", day)
    assert {finding["step"] for finding in only(report)["findings"]} == {"talk"}


def test_a_day_too_early_is_named(tmp_path: Path) -> None:
    person, _ = told_until("conversion_meeting")
    root = college(tmp_path, person=person, as_of="2023-10-30")
    report, exit_code = before(root, "conversion_meeting", "2023-10-27")
    assert exit_code == 1
    assert any("2023-10-28" in finding["message"] for finding in only(report)["findings"])
    assert before(root, "conversion_meeting", "2023-11-03")[1] == 0


def test_a_day_too_late_is_named(tmp_path: Path) -> None:
    person, _ = told_until("approve_admission")
    root = college(tmp_path, person=person, as_of="2023-05-05")
    report, exit_code = before(root, "approve_admission", "2023-05-05")
    assert exit_code == 1
    assert "DEV052" in codes(report)
    assert sum(code == "DEV052" for code in codes(report)) == len(set(map(str, only(report)["findings"])))


def test_faults_of_the_person_speak_against_filing_and_those_of_others_do_not(tmp_path: Path) -> None:
    person, day = told_until("file_activist", nickname="小林")
    root = college(tmp_path, person=person, as_of=day)
    other = root / "data/cs/ug-1/people/2020000777.yaml"
    other.write_text(other.read_text(encoding="utf-8") + "nickname: 小孔\n", encoding="utf-8")
    report, exit_code = before(root, "file_activist", day)
    assert exit_code == 1
    assert [(f["code"], f["path"]) for f in only(report)["findings"]] == [("SCH001", PERSON)]


def test_a_fault_of_an_event_speaks_against_those_it_names(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    root = college(tmp_path, person=person, as_of=day)
    event = root / "data/cs/ug-1/events/2021-03-25-report.yaml"
    event.parent.mkdir(exist_ok=True)
    text = (
        f'step: report\ndate: 2021-03-25\ncolour: red\npeople:\n  "{SOMEBODY}": {{}}\n  "2020000777": {{nickname: x}}\n'
    )
    event.write_text(text, encoding="utf-8")
    report, exit_code = before(root, "file_activist", day)
    assert exit_code == 1
    assert [(f["code"], f["line"]) for f in only(report)["findings"] if f["code"] == "SCH001"] == [("SCH001", 3)]


def test_a_paper_missing_from_an_earlier_step_speaks_against_filing(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    report, exit_code = before(
        college(tmp_path, person=person.replace("- M02\n", "- M01\n"), as_of=day), "file_activist", day
    )
    assert exit_code == 1
    assert ["M02" in f["message"] for f in only(report)["findings"] if f["code"] == "DEV067"] == [True]


def test_papers_of_the_step_itself_go_with_it(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    root = college(tmp_path, person=person, as_of=day)
    assert "M13" in {paper["code"] for paper in only(before(root, "file_activist", day)[0])["papers"]}
    result = jishi("check", "--before", "file_activist", SOMEBODY, "--as-of", day, root=root)
    assert result.exit_code == 0
    assert "须随附：入党积极分子备案登记表（M13）" in result.stdout


def test_notes_are_not_printed(tmp_path: Path) -> None:
    early = {"preview": "2022-09-27", "fill_book": "2022-09-28", "sponsor_opinion": "2022-09-29"}
    change: dict[str, dict[str, str]] = {step: {"date": day} for step, day in early.items()}
    change["sponsor_opinion.2"] = {"date": "2022-09-29"}
    change["admission_meeting"] = {"date": "2022-10-04", "resolution.date": "2022-10-04"}  # on a public holiday
    root = college(tmp_path, until="admission_meeting", change=change)
    checked = jishi("check", SOMEBODY, "--as-of", "2022-10-10", "--format", "json", root=root)
    assert {finding["severity"] for finding in json.loads(checked.stdout)["findings"]} == {"info"}
    report, exit_code = before(root, "superior_talk", "2022-10-10")
    assert (exit_code, codes(report)) == (0, [])


def test_what_the_step_itself_settles_does_not_speak_against_it(tmp_path: Path) -> None:
    story = yaml.load(told_until("decide_activist")[0], yaml.CBaseLoader)
    person = written({**story, "log": [e for e in story["log"] if e["step"] != "talk"]})
    root = college(tmp_path, person=person, as_of="2021-03-12")
    before_it = jishi("check", SOMEBODY, "--as-of", "2021-03-12", "--format", "json", root=root)
    assert any(finding["step"] == "talk" for finding in json.loads(before_it.stdout)["findings"])
    report, _ = before(root, "talk", "2021-03-12")
    messages = [finding["message"] for finding in only(report)["findings"] if finding["step"] == "talk"]
    assert messages
    assert not any(message.startswith(("缺少", "未见")) for message in messages)


def test_a_step_done_already_is_said(tmp_path: Path) -> None:
    person, _ = told_until("preview")
    report, exit_code = before(college(tmp_path, person=person, as_of="2022-10-01"), "file_activist", "2022-10-01")
    assert exit_code == 1
    assert only(report)["remarks"] == ["已于 2021-03-30 办理，现为发展对象，这一步骤属于入党申请人阶段"]


def test_a_step_that_does_not_exist_here_is_said(tmp_path: Path) -> None:
    person, day = told_until("approve_admission")
    root = college(tmp_path, person=person, as_of=day)
    report, exit_code = before(root, "general_branch_review", day)
    assert (exit_code, only(report)["remarks"]) == (1, ["此人所在支部不办理这一步骤"])


@pytest.mark.parametrize("until", ["talk", "propose_target"])
def test_who_leaves_early_files_no_member_dossier(tmp_path: Path, until: str) -> None:
    person, day = told_until(until)
    report, _ = before(college(tmp_path, person=person, as_of=day), "archive", day)
    assert "approve_conversion" not in {finding["step"] for finding in only(report)["findings"]}


def test_nobody_is_safe_whose_file_cannot_be_read(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    root = college(tmp_path, person=person, as_of=day)
    (root / PERSON).write_text("name: [\n", encoding="utf-8")
    report, exit_code = before(root, "file_activist", day)
    assert exit_code == 1
    assert only(report)["remarks"] == ["记录无法读取，不知道此人的进度"]
    assert codes(report)


def test_one_line_a_person_and_a_total(tmp_path: Path) -> None:
    person, day = told_until("file_activist")
    root = college(tmp_path, person=person, as_of=day)
    result = jishi("check", "--before", "file_activist", SOMEBODY, "2020000777", SOMEBODY, "--as-of", day, root=root)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"上级党委备案（入党积极分子）（file_activist），按 {day} 办理："
    assert lines.count(f"林知远（{SOMEBODY}）：可以上报") == 1
    assert sum("（2020000777）：不宜上报（" in line for line in lines) == 1
    assert lines[-1] == "共 2 人：可以上报 1 人，不宜上报 1 人。"
    assert "\x1b" not in result.stdout


def test_select_and_ignore_apply(tmp_path: Path) -> None:
    person, day = told_until("file_activist", nickname="小林")
    root = college(tmp_path, person=person, as_of=day)
    words = ("check", "--before", "file_activist", SOMEBODY, "--as-of", day)
    assert jishi(*words, root=root).exit_code == 1
    ignoring = jishi(*words, "--ignore", "SCH", root=root)
    assert ignoring.exit_code == 0
    assert "略去 1 项问题" in ignoring.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["file_activist"], "--before 要写明人"),
        (["file_activst", SOMEBODY], "file_activist（上级党委备案（入党积极分子））"),
        (["预审", SOMEBODY], "preview（上级党委预审）"),
        (["file_activist", "2020000011"], SOMEBODY),
        (["file_activist", "data"], "没有学号或工号为“data”的人"),
        (["file_activist", SOMEBODY, "--format", "sarif"], "输出格式只有 text、json"),
    ],
)
def test_wrong_usage(tmp_path: Path, words: list[str], said: str) -> None:
    result = jishi("check", "--before", *words, root=college(tmp_path))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_nothing_is_written(tmp_path: Path) -> None:
    root = college(tmp_path)
    state = {path: hashlib.sha256(path.read_bytes()).digest() for path in root.rglob("*") if path.is_file()}
    assert state
    jishi("check", "--before", "archive", SOMEBODY, root=root)
    assert state == {path: hashlib.sha256(path.read_bytes()).digest() for path in root.rglob("*") if path.is_file()}
