"""What stands on the pages of a dossier: all of the person, where the catalogue says, and nothing of anybody else."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pytest

from generator.audit.audit import Audit
from tests.prints.college import GAPS, LONG, NAMES, NOTHING, OTHER, PRINTED, RARE, SECRET_NOTE, WHOLE, printed

Texts = dict[str, list[str]]


def body(pages: list[str]) -> str:
    return "".join(pages)


@pytest.mark.parametrize("person", PRINTED)
def test_cover_names_person(texts: Texts, person: str) -> None:
    cover = texts[person][0]
    assert NAMES[person] in cover
    assert person in cover
    assert "入党材料档案" in cover


@pytest.mark.parametrize("person", PRINTED)
def test_catalogue_gives_real_pages(college: Path, texts: Texts, person: str) -> None:
    with pdfplumber.open(printed(college, person)) as pdf:
        rows = [row for page in pdf.pages[1:3] for table in page.extract_tables() for row in table if len(row) == 6]
    numbered = [(row[1] or "", int(row[4])) for row in rows if row[4] and row[4].isdigit()]
    assert len(numbered) >= 3
    for title, number in numbered:
        assert texts[person][number - 1].startswith(title.replace("\n", ""))


@pytest.mark.parametrize("person", PRINTED)
def test_every_page_is_counted(texts: Texts, person: str) -> None:
    pages = texts[person]
    for number, page in enumerate(pages[1:], 2):
        assert f"第{number}页共{len(pages)}页" in page


def test_every_required_paper_is_there_or_shown_missing(audit: Audit, texts: Texts) -> None:
    seen = set()
    for person in PRINTED:
        listed = body([page for page in texts[person] if "材料名称情况" in page])
        for code, paper in audit.assessments[person].progress.papers.items():
            if not paper.required:
                continue
            title = "".join(audit.definitions.materials[code].title.split())
            found = re.search(rf"{code}{re.escape(title)}(在卷|缺|待签|有缺陷|未到|存支部|存党委)", listed)
            assert found, (person, code)
            assert (found[1] in ("缺", "待签")) == (paper.state == "missing"), (person, code)
            seen.add(found[1])
        states = [paper.state for paper in audit.assessments[person].progress.papers.values()]
        counted = sum(int(number) for number in re.findall(r"(?:缺|待签)(\d+)种", listed))
        assert counted == states.count("missing"), person
    assert {"在卷", "缺", "未到"} <= seen


def test_missing_step_says_so(texts: Texts) -> None:
    assert "党组织派人谈话缺" in body(texts[GAPS])
    assert "党组织派人谈话缺" not in body(texts[WHOLE])
    assert "党组织派人谈话2020年11月5日" in body(texts[WHOLE])


def test_votes_are_as_recorded_and_gaps_as_unrecorded(texts: Texts) -> None:
    extracts = body([page for page in texts[WHOLE] if "发出18票" in page])
    assert "应到20人实到18人" in extracts
    assert "赞成16票不赞成1票弃权1票" in extracts
    assert "书面意见1份" in extracts
    assert "无记名未记录" in extracts
    assert "主持人未记录" in extracts


@pytest.mark.parametrize("person", PRINTED)
def test_nothing_of_anybody_else(texts: Texts, person: str) -> None:
    text = body(texts[person])
    for other, name in NAMES.items():
        assert (name in text) == (other == person)
    assert OTHER not in text
    assert SECRET_NOTE not in text
    assert "外派挂职" not in text
    assert "13票" not in text


@pytest.mark.parametrize("person", PRINTED)
def test_papers_are_listed_once_and_the_review_of_completeness_is_signed_there(texts: Texts, person: str) -> None:
    title = "档案完整性审核意见和材料清单"
    assert sum(page.startswith(title) for page in texts[person]) == 1
    begin = next(number for number, page in enumerate(texts[person]) if page.startswith(title))
    end = next(number for number, page in enumerate(texts[person]) if page.startswith("卷内备考表"))
    sheet = body(texts[person][begin:end])
    assert re.search("审核意见组织员签字：年月日党支部书记签字：年月日", sheet)
    assert not any("材料名称情况" in page for page in texts[person][:begin])
    assert any(title in page for page in texts[person][1:begin])


def test_roles_are_named(texts: Texts) -> None:
    assert "祁怀瑾" in body(texts[WHOLE]) or "闻人清" in body(texts[WHOLE])


def test_long_log_runs_over_pages_with_repeated_heads(texts: Texts) -> None:
    pages = [page for page in texts[LONG] if "汇报所写的题目" in page]
    assert len(pages) >= 2
    assert all("日期题目所属时期收件人签字" in page for page in pages)
    assert sum(page.count("汇报所写的题目") for page in pages) == 40


def test_nothing_recorded_still_makes_a_dossier(texts: Texts) -> None:
    assert "尚未申请入党" in texts[NOTHING][0]
    assert len(texts[NOTHING]) >= 5


def test_rare_name_is_in_every_footer(texts: Texts) -> None:
    assert all(f"{NAMES[RARE]}{RARE}" in page for page in texts[RARE][1:])


def rows_of(pdf: Path) -> list[list[str]]:
    """The numbered rows of the catalogue, which may run over two pages."""
    with pdfplumber.open(pdf) as opened:
        tables = [table for page in opened.pages[1:3] for table in page.extract_tables()]
    found: list[list[str]] = []
    for row in (row for table in tables for row in table if len(row) == 6):
        if row[0] == str(len(found) + 1):
            found.append([cell or "" for cell in row])
    return found


@pytest.mark.parametrize("person", PRINTED)
def test_catalogue_counts_the_real_pages(college: Path, texts: Texts, person: str) -> None:
    """Each sheet has the pages from its own first one up to the next sheet's, and the last one ends the dossier."""
    bound = [(int(row[4]), int(row[3])) for row in rows_of(printed(college, person)) if row[4]]
    assert len(bound) >= 3
    ends = [first for first, _ in bound[1:]] + [len(texts[person]) + 1]
    assert [first + pages for first, pages in bound] == ends


@pytest.mark.parametrize("person", PRINTED)
def test_catalogue_counts_the_papers_that_lie_beside(audit: Audit, college: Path, person: str) -> None:
    rows = rows_of(printed(college, person))
    beside = {row[1].replace("\n", ""): row[2] for row in rows if not row[4]}
    papers = audit.assessments[person].progress.papers
    expected = {
        audit.definitions.materials[code].title: str(paper.originals + paper.copies)
        for code, paper in papers.items()
        if paper.state in ("present", "defective") and "dossier" in audit.definitions.materials[code].keep
    }
    # Of a paper whose form is printed here, the line of the form says what lies beside.
    with_form = sum("随卷" in row[5] for row in rows if row[4])
    assert beside.items() <= expected.items()
    assert len(beside) + with_form == len(expected)


def test_a_long_shelf_of_papers_is_beside(college: Path) -> None:
    assert [row for row in rows_of(printed(college, LONG)) if row[2] == "40" and row[5] == "随卷"]
