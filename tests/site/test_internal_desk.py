"""The desk, the list of a branch and the findings: what is due, what is stuck, where it stands and who wrote it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.diagnostics import JishiError
from tests.history.git_tree import GitTree
from tests.site.pages import internal_markdown, public_markdown
from tests.site.repository import BRANCH, ORGANISATION, PERSON, TINY, write_records

DESK, LIST, FINDINGS, NUMBERS = "desk/index.md", "checklists/wx-ug.md", "desk/findings.md", "desk/statistics.md"
ME = "wx/wx-ug/people/2024010101.yaml"
RETURNED = PERSON.replace("received: 2026-10-09", "received: 2026-10-09, decision: returned, decided: 2026-10-12")
TALKED = "- {step: talk, date: 2026-10-20}\n"
HELD = TALKED + "- {step: suspend, date: 2026-11-01, reason: 休学}\n"


def cells(page: str, of: str) -> list[str]:
    """The texts of the cells of the first row that names something."""
    row = next(row for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL) if of in row)
    parts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts]


def test_what_is_due_has_person_step_day_actor_and_line(tmp_path: Path) -> None:
    pages = internal_markdown(write_records(tmp_path, TINY))
    desk, sheet = pages[DESK], pages[LIST]
    assert cells(desk, "卓书言") == [
        "2026-11-09", "卓书言", "本科生党支部", "党组织派人谈话 逾期", "党支部", "wx/wx-ug/people/2024010101.yaml:7",
    ]  # fmt: skip
    assert cells(sheet, "党组织派人谈话")[-1] == "wx/wx-ug/people/2024010101.yaml:7"
    assert "date: 2026-10-08" in PERSON.splitlines()[6]


def test_the_matrix_counts_lead_to_the_list_of_the_branch(tmp_path: Path) -> None:
    pages = internal_markdown(write_records(tmp_path, TINY))
    matrix = pages[DESK][pages[DESK].index("## 各支部") :]
    assert cells(matrix, "本科生党支部")[:7] == ["本科生党支部", "1", "1", "0", "0", "0", "0"]
    assert 'href="../checklists/wx-ug/#overdue">1</a>' in matrix
    assert 'id="overdue"' in pages[LIST]
    assert 'href="../checklists/wx-ug/#stuck"' not in matrix


@pytest.mark.parametrize(
    ("person", "what", "why"),
    [(RETURNED, "递交入党申请书", "退回"), (PERSON + HELD, "暂停", "已暂停")],
    ids=["refused", "suspended"],
)
def test_what_is_stuck_says_why_and_since_when(tmp_path: Path, person: str, what: str, why: str) -> None:
    pages = internal_markdown(write_records(tmp_path, {**TINY, ME: person}))
    for page in (pages[DESK], pages[LIST]):
        row = cells(page[page.index(": #stuck") :], "卓书言")
        assert re.fullmatch(r"2026-1[01]-\d\d", row[0])
        assert what in " ".join(row)
        assert why in " ".join(row)
    assert 'href="../checklists/wx-ug/#stuck">1</a>' in pages[DESK]


def test_what_an_entry_refers_to_is_called_by_its_name(tmp_path: Path) -> None:
    audited = "- {step: platform_audit, date: 2026-10-22, platform: dengta, n: 1, of: talk, by: \"2024010101\", result: passed}\n"
    sheet = internal_markdown(write_records(tmp_path, {**TINY, ME: PERSON + TALKED + audited}))[LIST]
    told = cells(sheet[sheet.index("## 各人进度") :], "2026&#45;10-22")
    assert "平台：灯塔-党建在线（山东）；第几次审核：1；所审步骤：党组织派人谈话；审核人：卓书言" in told[2]


def test_a_file_that_cannot_be_read_is_stuck_too(tmp_path: Path) -> None:
    pages = internal_markdown(write_records(tmp_path, {**TINY, "wx/wx-ug/people/2024010102.yaml": "name: [\n"}))
    row = cells(pages[LIST][pages[LIST].index(": #stuck") :], "2024010102.yaml")
    assert row[-1] == "wx/wx-ug/people/2024010102.yaml:1"
    assert "无法读取" in " ".join(row)
    assert "（0 项）" not in pages[LIST]
    assert "2024010102.yaml" in pages[FINDINGS]
    assert "2024010102.yaml" in pages[LIST][pages[LIST].index("支部和文件的问题") :]


def test_nothing_stuck_is_said(tmp_path: Path) -> None:
    pages = internal_markdown(write_records(tmp_path, {**TINY, ME: PERSON + TALKED}))
    assert "受阻（0 项）" in pages[DESK]
    assert "## 受阻" not in pages[LIST]
    assert "没有逾期的" in pages[LIST] or "within-" in pages[LIST]


def test_an_address_for_editing_leads_to_the_line(tmp_path: Path) -> None:
    address = 'edit_url: "https://git.example.cn/r/edit/main/{path}#L{line}"\n'
    root = write_records(tmp_path, {**TINY, "organisation.yaml": ORGANISATION + address})
    pages = internal_markdown(root)
    wanted = "https://git.example.cn/r/edit/main/data/wx/wx-ug/people/2024010101.yaml#L7"
    for page in (DESK, LIST, FINDINGS):
        assert f'href="{wanted}"' in html.unescape(pages[page]), page
        assert "data-copy=" not in pages[page]
    public = "\n".join(public_markdown(root).values())
    assert "git.example.cn" not in html.unescape(public)


def test_without_an_address_the_place_can_be_copied(tmp_path: Path) -> None:
    page = internal_markdown(write_records(tmp_path, TINY))[LIST]
    assert 'data-copy="data/wx/wx-ug/people/2024010101.yaml:7"' in html.unescape(page)


@pytest.mark.parametrize("address", ["javascript:alert(1)//{path}", "https://git.example.cn/edit"])
def test_an_address_that_leads_nowhere_is_refused(tmp_path: Path, address: str) -> None:
    root = write_records(tmp_path, {**TINY, "organisation.yaml": f'{ORGANISATION}edit_url: "{address}"\n'})
    with pytest.raises(JishiError, match="edit_url"):
        internal_markdown(root)


def test_authors_stand_on_internal_pages_only(tmp_path: Path) -> None:
    tree = GitTree(tmp_path)
    write_records(tmp_path, TINY)
    tree.git("add", "-A")
    tree.git("commit", "-q", "-m", "-", "--author", "闻人记录 <w@example.cn>", day="2026-10-10")
    write_records(tmp_path, {ME: PERSON + TALKED})
    page = html.unescape(internal_markdown(tmp_path)[LIST])
    assert "最近改动 2026-10-10 闻人记录" in page
    assert "2026-10-10 闻人记录 写入" in page
    assert page.count("尚未提交") == 1
    assert "闻人记录" not in "\n".join(public_markdown(tmp_path).values())


def test_findings_can_be_chosen_by_branch_rule_and_severity(tmp_path: Path) -> None:
    page = internal_markdown(write_records(tmp_path, TINY))[FINDINGS]
    rows = re.findall(r'<tr data-level="(\w+)" data-unit="([\w-]+)" data-code="(\w+)">', page)
    assert ("error", "wx-ug", "DEV004") in rows
    for place, values in enumerate(zip(*rows, strict=True)):
        name = ("level", "unit", "code")[place]
        select = re.search(rf'<select data-by="{name}">(.*?)</select>', page)
        assert select is not None
        assert set(values) | {""} == set(re.findall(r'value="([^"]*)"', select[1]))


def test_drawings_are_well_formed_and_told_in_words(tmp_path: Path) -> None:
    second = BRANCH.replace("本科生党支部", "研究生<党>支部").replace("undergraduate", "postgraduate")
    other = PERSON.replace("卓书言", "<欧阳>&").replace("undergraduate", "postgraduate")
    files = {**TINY, "wx/wx-pg/branch.yaml": second, "wx/wx-pg/people/2024020101.yaml": other}
    pages = internal_markdown(write_records(tmp_path, files))
    drawings = [
        svg for page in pages.values() for svg in re.findall(r"<svg class=\"(?:funnel|lanes).*?</svg>", page, re.DOTALL)
    ]
    assert len(drawings) == 3 + 4
    for svg in drawings:
        drawn = ElementTree.fromstring(svg)
        told = {child.tag.rpartition("}")[2]: child for child in drawn}
        assert drawn.get("aria-labelledby") == f"{told['title'].get('id')} {told['desc'].get('id')}"
        assert all(told[name].text for name in ("title", "desc"))
    ids = [re.findall(r' id="([^"]+)"', page) for page in pages.values()]
    assert all(len(set(found)) == len(found) for found in ids)
    assert "<欧阳>&自" not in pages["checklists/wx-pg.md"]
    assert "入党申请人自 2026-10-08" in pages[LIST]
    assert cells(pages[NUMBERS], '<td class="num">2</td>')[0] in ("入党申请人", "合计")


def test_statistics_of_nobody_are_words(tmp_path: Path) -> None:
    nobody = {name: text for name, text in TINY.items() if "/people/" not in name}
    assert len(nobody) < len(TINY)
    page = internal_markdown(write_records(tmp_path, nobody))[NUMBERS]
    assert "还没有人员档案。问题 0 项" in page
    assert "（）" not in page
