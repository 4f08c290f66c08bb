"""Definition files beside the records override the shipped ones; a slip in one gives one Chinese message with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.definitions.load import load_definitions
from generator.definitions.shipped import shipped_root
from generator.diagnostics import JishiError

SCHEMA = shipped_root() / "schema"


def override(root: Path, name: str, text: str) -> None:
    path = root / "schema" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edited(name: str, old: str, new: str) -> tuple[str, int]:
    """A shipped file with one change, and the line of it."""
    text = (SCHEMA / name).read_text(encoding="utf-8")
    assert old in text, old
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


def fault(root: Path) -> str:
    with pytest.raises(JishiError) as caught:
        load_definitions(root)
    assert "\n" not in caught.value.message
    return caught.value.message


PROCEDURE = "procedures/development-2014.yaml"
EXTENSION = "procedures/development-2026.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (PROCEDURE, "{step: apply, order: DEV005}", "{step: aply, order: DEV005}", "没有步骤“aply”"),
        (PROCEDURE, "of: [apply.received, apply.date]", "of: [aply.received]", "没有步骤“aply”"),
        (PROCEDURE, "materials: [M02, M03]", "materials: [M02, M99]", "材料目录里没有“M99”"),
        (PROCEDURE, "order: DEV005}", "order: E05}", "“E05”的写法不对"),
        (PROCEDURE, "kind: talk", "kind: walk", "没有记录种类“walk”"),
        (PROCEDURE, "rule: age,", "rule: aged,", "“rule”不能是“aged”"),
        (PROCEDURE, "rule: age, years: 18", "rule: age, months: 18, years: 18", "规则 age 没有“months”"),
        (PROCEDURE, "rule: age, years: 18", "rule: age", "规则 age 缺少“years”"),
        (PROCEDURE, "years: 18", "years: eighteen", "“eighteen”应为整数"),
        (PROCEDURE, "from: 2014-05-28", "from: 2014-02-30", "应为日期"),
        (PROCEDURE, "opens_attempt: true", "opens_attempt: yes", "应为 true 或 false"),
        (PROCEDURE, "title: 党组织派人谈话", "titel: 党组织派人谈话", "不认识的键“titel”"),
        (PROCEDURE, "- id: talk\n", "- id: apply\n", "步骤“apply”写了两次"),
        (PROCEDURE, "phase: application", "phase: begin", "没有环节“begin”"),
        (PROCEDURE, "{stage: target}", "{stage: tarjet}", "没有阶段“tarjet”"),
        (PROCEDURE, "{stage: target}", "{stage: target, status: active}", "一项变化只能有一个结果"),
        (PROCEDURE, "confirmed_by: approve_admission", "confirmed_by: approve", "没有步骤“approve”"),
        (PROCEDURE, "train_target, apart: true", "train_target, apart: DEV072", "“apart”的值“DEV072”应为 true 或 false"),
        (PROCEDURE, "id: development-2014", "id: [development-2014", "第 "),
        (PROCEDURE, "profile.inspection_grace_days", "profile", "“profile”应为整数"),
        (EXTENSION, "extends: development-2014", "extends: development-1990", "没有程序“development-1990”"),
        (EXTENSION, "extends: development-2014", "extends: development-2026", "extends 互相引用"),
        (EXTENSION, "id: sponsors-standing", "id: sponsors-stand", "没有“sponsors-stand”可替换"),
        (EXTENSION, "- id: oath", "- id: oaths", "没有步骤“oaths”"),
        (EXTENSION, "  - {step: consent_target, missing: DEV023}", "    remove: [nobody]", "没有“nobody”可删"),
        ("materials.yaml", "- code: M02", "- code: M01", "材料“M01”写了两次"),
        ("materials.yaml", "section: activist", "section: actvist", "没有材料类别“actvist”"),
        (
            "materials.yaml",
            "  section: applicant\n  requirement: national",
            "  section: applicant\n  requirement: must",
            "“requirement”不能是“must”",
        ),
        ("platforms/dengta.yaml", "step: preview,", "step: previews,", "没有步骤“previews”"),
        ("platforms/exianfeng.yaml", "require: [publicise_admission", "require: [publicise", "没有步骤“publicise”"),
        ("profiles/campus.yaml", "reports_before_target: 4", "reports_before: 4", "没有设置项“reports_before”"),
        ("profiles/campus.yaml", "report_gap_days: 60", "report_gap_days: many", "应为整数"),
        ("profiles/national.yaml", "default: received", "default: sent", "不能是“sent”"),
        ("profiles/campus.yaml", "report_gap_days: 60", "report_gap_days: 0", "“两次思想汇报至少相隔”不能是 0"),
        ("profiles/campus.yaml", "report_gap_days: 60", "talk_clock: sent", "“谈话期限从何日算起”不能是“sent”"),
        ("profiles/campus.yaml", "id: campus", "id: campus\ninclude: [nowhere]", "没有地方规则“nowhere”"),
        ("profiles/campus.yaml", "id: campus", "id: campus\ninclude: [campus]", "“campus”包含了自己"),
        ("profiles/graduation-cutoff.yaml", "month_day: 05-20", "month_day: 20-05", "写法不对"),
        (
            "profiles/failed-vote-6-months.yaml",
            "refused.admission_meeting",
            "refused.admission",
            "没有步骤“admission”",
        ),
        ("profiles/campus.yaml", "conversion_application_months: -1", "conversion_application_months: --1", "应为整数"),
        ("profiles/national.yaml", "id: national", "id: campus", "写在两个文件里"),
        ("platforms/exianfeng.yaml", "id: exianfeng", "id: dengta", "写在两个文件里"),
        ("holidays.yaml", "years: {}", "years: {2027: {source: 通知, off: [2028-01-01]}}", "2028-01-01 不在 2027 年"),
        (
            "holidays.yaml",
            "years: {}",
            "years: {2027: {source: 通知, off: [2027-01-01], work: [2027-01-01]}}",
            "写了两次",
        ),
    ],
)
def test_a_slip_is_told_with_file_and_line(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    text, line = edited(name, old, new)
    override(tmp_path, name, text)
    told = fault(tmp_path)
    found = re.match(r"schema/(\S+) 第 (\d+) 行：", told)
    assert found, told
    assert found[1] == name
    assert message in told
    assert abs(int(found[2]) - line) <= 1, (told, line)


def test_a_profile_cannot_drop_what_the_national_rules_ask_for(tmp_path: Path) -> None:
    override(tmp_path, "profiles/lax.yaml", "id: lax\ntitle: 宽松\ndrop: [political_review]\n")
    definitions = load_definitions(tmp_path)
    with pytest.raises(JishiError, match="去掉了“政治审查”"):
        definitions.rules_of(None, "lax")


def test_a_profile_may_drop_a_platform_requirement(tmp_path: Path) -> None:
    override(tmp_path, "profiles/ours.yaml", "id: ours\ntitle: 本校\ndrop: [sponsor_opinion_conversion]\n")
    folded = load_definitions(tmp_path).rules_of("exianfeng", "ours").procedures[0]
    assert folded.steps["sponsor_opinion_conversion"].optional
    assert not folded.steps["publicise_admission"].optional


def test_files_beside_the_records_come_first_one_by_one(tmp_path: Path) -> None:
    text, _ = edited("materials.yaml", "title: 谈话记录（表）", "title: 谈话登记表")
    override(tmp_path, "materials.yaml", text)
    override(tmp_path, "profiles/ours.yaml", "id: ours\ntitle: 本校\nsettings: {inspection_grace_days: 0}\n")
    definitions = load_definitions(tmp_path)
    assert definitions.materials["M02"].title == "谈话登记表"
    assert set(definitions.profiles) == {*load_definitions().profiles, "ours"}
    limits = definitions.rules_of(None, "ours").procedures[0].steps["inspect"].limits
    assert limits[0].params["grace_days"] == 0
    assert load_definitions().materials["M02"].title == "谈话记录（表）"


def test_definitions_are_loaded_once_per_root(tmp_path: Path) -> None:
    assert load_definitions(tmp_path) is load_definitions(tmp_path)
    assert load_definitions() is load_definitions(shipped_root())


def test_an_extension_adds_and_removes_steps(tmp_path: Path) -> None:
    override(
        tmp_path,
        "procedures/later.yaml",
        """
id: later
extends: development-2026
title: 再后来
version: 2030
from: 2030-01-01
remove: [archive_delay]
steps:
- id: second_talk
  place: {after: talk}
  kind: talk
  title: 再次谈话
  phase: application
  stage: applicant
  actor: branch
  after: [talk]
- id: talk
  materials: {remove: [M03]}
  limits: {remove: [talk-month-applied]}
""",
    )
    later = load_definitions(tmp_path).procedures[-1]
    assert list(later.steps)[:3] == ["apply", "talk", "second_talk"]
    assert "archive_delay" not in later.steps
    assert [paper.code for paper in later.steps["talk"].materials] == ["M02"]
    assert later.steps["second_talk"].after[0].step == "talk"
    assert later.steps["list_target"].basis is not None
    assert later.steps["list_target"].basis.version == "2030"


def test_removing_a_step_that_others_rest_on_is_a_fault(tmp_path: Path) -> None:
    override(
        tmp_path,
        "procedures/later.yaml",
        "id: later\nextends: development-2026\ntitle: 再后来\nversion: 2030\nfrom: 2030-01-01\nremove: [preview]\n",
    )
    assert "没有步骤“preview”" in fault(tmp_path)


def test_a_missing_definition_file_is_told() -> None:
    from generator.definitions.source import Shelf

    with pytest.raises(JishiError, match=r"找不到定义文件 schema/materials\.yaml"):
        Shelf((Path("/nonexistent"),)).read("schema/materials.yaml")


def test_the_shapes_are_proper_schemas() -> None:
    from generator.definitions import reading_shapes, shapes
    from generator.definitions.typed import DefinitionValidator

    in_use = [
        (shapes, ("PROCEDURE", "EXTENSION", "MATERIALS", "PLATFORM", "PROFILE", "HOLIDAYS")),
        (reading_shapes, ("TAILORING", "RECURRING", "ROLES", "GLOSSARY", "NEWS")),
    ]
    for part, names in in_use:
        for name in names:
            assert DefinitionValidator(getattr(part, name)).schema


@pytest.mark.parametrize("place", ["{}", "{after: talk, before: talk}"])
def test_a_new_step_has_one_place(tmp_path: Path, place: str) -> None:
    head = "id: later\nextends: development-2026\ntitle: 再后来\nversion: 2030\nfrom: 2030-01-01\nsteps:\n"
    step = "- id: second_talk\n  kind: talk\n  title: 再谈\n  phase: application\n  actor: branch\n"
    override(tmp_path, "procedures/later.yaml", head + step + f"  place: {place}\n")
    assert "位置写 after 或 before 之一" in fault(tmp_path)


def test_an_article_that_is_gone_leaves_the_regulation(tmp_path: Path) -> None:
    head = "id: later\nextends: development-2014\ntitle: 再后来\nversion: 2030\nfrom: 2030-01-01\n"
    override(tmp_path, "procedures/later.yaml", head + 'articles: {7: "-", 32: "-"}\n')
    later = load_definitions(tmp_path).procedures[-1]
    for basis in (later.steps["talk"].basis, later.probation.basis):
        assert basis is not None
        assert (basis.version, basis.article) == ("2030", None)
