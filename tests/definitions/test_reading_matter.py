"""Roles, terms and news are loaded strictly: what they name must be there, and a slip is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions.load import load_definitions
from generator.definitions.reading_matter import load_glossary, load_news
from generator.definitions.roles import load_roles
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from tests.definitions.test_faults import edited, override

TERMS = ("入党申请人", "入党积极分子", "发展对象", "预备党员", "正式党员", "组织员", "党员发展")


def load(root: Path | None) -> None:
    shelf, definitions = shelf_for(root), load_definitions(root)
    load_roles(shelf, definitions)
    load_glossary(shelf, definitions.steps)
    load_news(shelf, definitions.steps)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("roles.yaml", "{step: talk, text: 如约", "{step: tlak, text: 如约", "没有步骤“tlak”"),
        ("roles.yaml", "actors: [contacts]", "actors: [contact]", "没有办理人“contact”"),
        ("roles.yaml", "appointed: [contacts]", "appointed: [contact]", "没有指定人员的项目“contact”"),
        ("roles.yaml", "signs: [组织员]", "signs: [组织部]", "没有签名人“组织部”"),
        ("roles.yaml", "later: [M30]", "later: [M99]", "没有材料“M99”"),
        ("roles.yaml", "stages: [applicant]", "stages: [aplicant]", "没有阶段“aplicant”"),
        ("roles.yaml", "pitfalls: [DEV014, DEV015]", "pitfalls: [DEV014, DEV044]", "pitfalls 里没有 DEV044"),
        ("roles.yaml", "id: contacts", "id: applicant", "角色“applicant”写了两次"),
        ("roles.yaml", "source: 细则、流程图}", "sauce: 细则}", "不认识的键“sauce”"),
        ("glossary.yaml", "term: 发展对象,", "term: 入党申请人,", "术语“入党申请人”写了两次"),
        ("glossary.yaml", "steps: [apply]", "steps: [aply]", "没有步骤“aply”"),
        ("news.yaml", "date: 2026-05-18", "date: 2026-5-18", "应为日期"),
        ("news.yaml", "kind: rules\n", "kind: rule\n", "“kind”不能是“rule”"),
        ("news.yaml", "steps: [oath]", "steps: [oaths]", "没有步骤“oaths”"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    text, line = edited(name, old, new)
    override(tmp_path, name, text)
    with pytest.raises(JishiError) as caught:
        load(tmp_path)
    assert caught.value.message.startswith(f"schema/{name} 第 {line} 行：")
    assert message in caught.value.message


def test_every_task_of_a_role_names_its_source() -> None:
    roles = load_roles(shelf_for(None), load_definitions())
    tasks = [task for role in roles for task in role.tasks]
    assert len(roles) == 8
    assert len(tasks) > 20
    assert [task for task in tasks if not task.source] == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_leads_to_its_step(term: str) -> None:
    sections = load_glossary(shelf_for(None), load_definitions().steps)
    found = [one for section in sections for one in section.terms if one.term == term]
    assert len(found) == 1
    assert found[0].steps
