"""The booklet of a branch: complete, its page numbers true, an archival file like any other print, and without anybody's name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from generator.cli import main
from generator.diagnostics import JishiError
from generator.prints.page_sequence import sequence_faults
from generator.site.open_library import open_structure
from tests.site.pages import DAY
from tests.site.repository import AS_OF, COMMITTEE, ORGANISATION, PERSON, write_records

STUDENTS, OFFICE = "wx-ug", "ty-office"
TERMS = (
    "terms:\n- {name: 秋季学期, from: 2026-08-31, to: 2027-01-16}\n"
    "- {name: 春季学期, from: 2027-02-22, to: 2027-07-09, leaves: 2027-06-25}\n"
)
FILES = {
    "organisation.yaml": ORGANISATION.replace("national", "campus") + TERMS,
    "wx/committee.yaml": COMMITTEE
    + 'office: {room: 文学楼 101, contact: 内线 6101}\nofficers: [{function: secretary, person: "2008099", from: 2020-01-01}]\n',
    "wx/wx-ug/branch.yaml": "name: 文学院本科生党支部\nkind: undergraduate\nhas_committee: true\nhas_groups: true\nplatform: exianfeng\n"
    'office: {room: 文学楼 201}\nofficers: [{function: organisation, person: "2009099", from: 2022-03-01}]\n',
    "wx/wx-ug/people/2024010101.yaml": PERSON,
    "ty/committee.yaml": "name: 体育系党总支\ntype: general_branch\nmay_approve: false\napproves_through: {name: 机关党委}\n",
    "ty/ty-office/branch.yaml": "name: 体育系机关党支部\nkind: staff\nhas_committee: false\nhas_groups: false\n",
}


def jishi(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["manual", *arguments, "--as-of", AS_OF, "--root", str(root)])


def made(root: Path, branch: str) -> Path:
    return root / "build" / "print" / "manuals" / f"{branch}.pdf"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_records(tmp_path_factory.mktemp("records"), FILES)
    result = jishi(folder, "--all", "--ics", "--jobs", "2")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, list[str]]:
    return {
        branch: ["".join(page.extract_text().split()) for page in PdfReader(made(root, branch)).pages]
        for branch in (STUDENTS, OFFICE)
    }


@pytest.mark.parametrize("branch", [STUDENTS, OFFICE])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(root: Path, branch: str, profile: str) -> None:
    result = validator.validate_pdf(str(made(root, branch)), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("branch", [STUDENTS, OFFICE])
def test_page_numbers_and_contents_are_true(root: Path, branch: str) -> None:
    """Each line of the contents leads to a page of that number; each footer has its own number and the number of all."""
    reader = PdfReader(made(root, branch))
    places = {n: reader.get_destination_page_number(place) or 0 for n, place in reader.named_destinations.items()}
    contents = reader.pages[1].extract_text()
    steps = [step.id for step in open_structure(root, DAY, branch).manuals[branch].steps]
    assert len(steps) > 40
    numbers = [int(number) for number in re.findall(r"(?:\.\s*|…\s*)(\d+)\s*$", contents, re.MULTILINE)]
    with pikepdf.open(made(root, branch)) as pdf:
        linked = [str(link.Dest) for link in pdf.pages[1].Annots]
    order = list(dict.fromkeys(linked))
    assert set(steps) <= set(order)
    assert [places[name] + 1 for name in order] == numbers
    document = pypdfium2.PdfDocument(made(root, branch))
    assert sequence_faults(document, cover=True) == ()


@pytest.mark.parametrize("branch", [STUDENTS, OFFICE])
def test_bookmarks_lead_through_chapters_and_steps(root: Path, branch: str) -> None:
    outline = PdfReader(made(root, branch)).outline
    chapters = [str(entry.title) for entry in outline if not isinstance(entry, list)]
    assert chapters[:5] == ["封面", "目录", "本支部须知", "流程一览", "学期日历"]
    assert chapters[-2:] == ["材料目录", "常见错误"]
    steps = [entry for entry in outline if isinstance(entry, list)]
    assert sum(map(len, steps)) == len(open_structure(root, DAY, branch).manuals[branch].steps)


def test_a_booklet_stays_readable(texts: dict[str, list[str]]) -> None:
    for branch, pages in texts.items():
        assert 35 <= len(pages) <= 65, branch


def test_no_page_carries_a_few_lines_only(root: Path) -> None:
    """Chapters go on below one another; what is left over of one is no page of its own. The last page holds what there is."""
    for branch in (STUDENTS, OFFICE):
        document = pypdfium2.PdfDocument(made(root, branch))
        lines = [len(page.get_textpage().get_text_range().splitlines()) for page in document]
        assert len(lines) > 35
        assert min(lines[2:-1]) > 12, (branch, lines)


def test_every_step_of_the_manual_is_printed(root: Path, texts: dict[str, list[str]]) -> None:
    for branch, pages in texts.items():
        body = "".join(pages)
        for step in open_structure(root, DAY, branch).manuals[branch].steps:
            for text in (step.title, step.actor, step.record, step.refusal, step.again, step.told, *step.prepare):
                assert "".join(text.split()).replace("`", "") in body, (branch, step.id, text)
            for platform in step.platforms:
                for operation in platform.operations:
                    assert "".join(operation.title.split()) in body, (branch, operation.anchor)


def test_the_flow_is_on_one_page(texts: dict[str, list[str]]) -> None:
    for pages in texts.values():
        (flow,) = [page for page in pages if page.startswith(pages[3][:20]) and "时限和人数" in page]
        assert "阶段一" in flow
        assert "材料归档" in flow


def test_whom_to_ask_is_a_function_with_its_office(texts: dict[str, list[str]]) -> None:
    mind = texts[STUDENTS][2]
    assert "文学院本科生党支部组织委员文学楼201没有登记" in mind
    assert "文学院党委书记文学楼101内线6101" in mind


def test_nobody_is_named(root: Path, texts: dict[str, list[str]]) -> None:
    for branch, pages in texts.items():
        with pikepdf.open(made(root, branch)) as pdf:
            attached = b"".join(file.get_file().read_bytes() for file in pdf.attachments.values()).decode()
            properties = str(dict(pdf.docinfo))
        everything = "".join(pages) + attached + properties
        assert "wx-ug" not in properties
        for personal in ("卓书言", "2024010101", "2008099", "2009099"):
            assert personal not in everything


def test_days_of_the_branch(root: Path, texts: dict[str, list[str]]) -> None:
    students, office = "".join(texts[STUDENTS]), "".join(texts[OFFICE])
    assert "25日（周四）毕业班接收预备党员的最后一天" in students
    assert "毕业班" not in office
    assert "秋季学期开始" in office
    calendar = made(root, STUDENTS).with_suffix(".ics").read_bytes().decode()
    unfolded = calendar.replace("\r\n ", "")
    assert re.search(r"SUMMARY:毕业班接收预备党员的最后一天：上级党委预审\r\nDTSTART;VALUE=DATE:20270325", unfolded)
    assert "放假" not in unfolded


def test_the_same_records_and_day_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    again = write_records(tmp_path, FILES)
    out = tmp_path / "handbook.pdf"
    result = jishi(again, "--branch", OFFICE, "-o", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == made(root, OFFICE).read_bytes()
    result = jishi(again, "--branch", OFFICE)
    assert "未变 1 份" in result.output


def test_people_events_and_organisers_are_not_opened(root: Path, tmp_path: Path) -> None:
    again = write_records(tmp_path, FILES)
    closed = [again / "data/wx/wx-ug/people", again / "data/wx/wx-ug/events", again / "data/wx/organisers"]
    for folder in closed:
        shutil.rmtree(folder, ignore_errors=True)
        folder.write_text("closed")
    result = jishi(again, "--branch", STUDENTS)
    assert result.exit_code == 0, result.output
    assert made(again, STUDENTS).read_bytes() == made(root, STUDENTS).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "请用 --branch 指定支部，或者用 --all 表示全部支部"),
        (("--all", "--branch", STUDENTS), "二者选一"),
        (("--all", "-o", "a.pdf"), "-o 只用于一个支部"),
        (("--branch", STUDENTS, "--branch", OFFICE, "-o", "a.pdf"), "-o 只用于一个支部"),
    ],
)
def test_options_that_do_not_fit(root: Path, arguments: tuple[str, ...], said: str) -> None:
    result = jishi(root, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_branch_that_there_is_not(root: Path) -> None:
    result = jishi(root, "--branch", "wx-ugg")
    assert result.exit_code != 0
    assert isinstance(result.exception, (JishiError, SystemExit))
    assert "wx-ug" in (str(result.exception) + result.output)


def test_no_booklet_lies_among_the_records(tmp_path: Path) -> None:
    again = write_records(tmp_path, FILES)
    result = jishi(again, "--branch", OFFICE, "-o", str(again / "data" / "wx" / "handbook.pdf"))
    assert result.exit_code == 2
    assert "不能放打印的文件" in result.output
    assert not list(again.rglob("*.pdf"))


def test_a_file_that_cannot_be_written(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = jishi(root, "--branch", OFFICE, "-o", str(tmp_path / "file" / "a.pdf"))
    assert result.exit_code in (1, 2)
    assert "无法写入" in (str(result.exception) + result.output)


def test_a_long_name_leaves_the_cover_one_page_and_the_header_one_line(tmp_path: Path) -> None:
    name, above = "计算机科学与技术学院第一师生联合党支部" * 3, "新材料与先进制造交叉学科研究院" * 3 + "党总支"
    branch = f"name: {name}\nkind: staff\nhas_committee: false\nhas_groups: false\nmeeting_day: 双周四下午\n"
    committee = FILES["ty/committee.yaml"].replace("体育系党总支", above)
    files = {**FILES, "ty/committee.yaml": committee, "ty/ty-office/branch.yaml": branch}
    root = write_records(tmp_path, files)
    result = jishi(root, "--branch", OFFICE)
    assert result.exit_code == 0, result.output
    document = pypdfium2.PdfDocument(made(root, OFFICE))
    lines = [document[number].get_textpage().get_text_range().splitlines() for number in range(3)]
    assert name in "".join(lines[0]).replace(" ", "")
    assert "内容截至" in "".join(lines[0])
    for page in lines[1:]:
        (header,) = (line for line in page if "…发展党员工作手册" in line)
        shown = header.split("…")[0]
        assert len(shown) > 15
        assert name.startswith(shown)
    assert lines[1][0] == "目录"
