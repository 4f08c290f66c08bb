"""`jishi form`: what it prints for which words, what it refuses, and which files it opens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.prints.college import BRANCH, GAPS, LONG, NOTHING, RARE, WHOLE, person_file, write
from tests.prints.forms_college import EVERY, form, make_forms_college

FORMS = Path("build/print/forms") / BRANCH
pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written to by tests that only add files below build/."""
    return make_forms_college(tmp_path_factory.mktemp("command"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return make_forms_college(tmp_path / "own")


def made(root: Path, folder: Path = FORMS) -> set[str]:
    return {path.name for path in (root / folder).iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "三者选一"),
        (("M02",), "三者选一"),
        (("M02", WHOLE, "--branch", BRANCH), "三者选一"),
        (("M99", WHOLE), "没有编号为“M99”的表或公文"),
        (("talkrecord", WHOLE), "相近的表：talk_record"),
        (("M02", "2020000099"), "“2020000099”既不是表的编号或名字，也不是学号、工号"),
        (("M02", "--branch", "ug-9"), "没有支部“ug-9”"),
        (("M02", WHOLE, "--blank"), f"“{WHOLE}”不是表的编号或名字"),
        (("--blank", "--branch", BRANCH), "--blank 不能与--branch一起用"),
        (("--blank", "--complete"), "--blank 不能与--complete一起用"),
        (("--list", "M02"), "--list 不能与编号或学号一起用"),
        (("--list", "--blank"), "--list 不能与--blank一起用"),
        (("M02", WHOLE, "--docx"), "--docx 只用于公文"),
        ((WHOLE, "--docx"), "--docx 只用于公文"),
        (("--list", "--docx"), "--list 不能与--docx一起用"),
        (("--list",), "--list 不能与--as-of一起用"),
        (("--blank",), "--blank 不能与--as-of一起用"),
        ((NOTHING, "--branch", BRANCH), "三者选一"),
    ],
)
def test_wrong_usage_makes_nothing(own: Path, words: tuple[str, ...], said: str) -> None:
    result = form(own, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert not (own / "build").exists()


def test_list_names_code_title_and_step(root: Path) -> None:
    result = form(root, "--list", as_of=None)
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines()]
    assert ["M02", "talk_record", "入党申请谈话记录", "党组织派人谈话"] in lines
    codes = [line[0] for line in lines[1:-1]]
    assert codes == sorted(codes)
    wanted = (
        "M00 M02 M10 M12 M13 M14 M15 M17 M18 M20 M21 M22 M23 M25 M26 M27 M29 M31 M32 M33 M34 M37 M41 M42 M43 M44 M45"
    )
    assert set(wanted.split()) <= set(codes)
    assert not (root / "build").exists()


def test_code_and_name_mean_the_same(root: Path) -> None:
    assert form(root, "m02", RARE, "--out", str(root / "build/a")).exit_code == 0
    assert form(root, "talk_record", RARE, "--out", str(root / "build/b")).exit_code == 0
    assert (
        made(root, Path("build/a") / BRANCH) == made(root, Path("build/b") / BRANCH) == {f"{RARE}-M02-talk_record.pdf"}
    )


def test_person_alone_gets_the_forms_of_the_steps_reached(own: Path) -> None:
    assert form(own, NOTHING).exit_code == 0
    assert made(own) == {f"{NOTHING}-M00-process_record.pdf"}
    assert form(own, RARE).exit_code == 0
    assert f"{RARE}-M02-talk_record.pdf" in made(own)
    assert not [name for name in made(own) if name.startswith(f"{RARE}-M4")]


def test_branch_gets_a_form_for_those_who_have_come_so_far(own: Path) -> None:
    assert form(own, "M20", "--branch", BRANCH).exit_code == 0
    people = {name.partition("-")[0] for name in made(own)}
    assert {WHOLE, EVERY, LONG} <= people
    assert NOTHING not in people


def test_branch_without_anybody_so_far(own: Path) -> None:
    result = form(own, "M20", "--branch", BRANCH, as_of="2020-09-10")
    assert result.exit_code == 2
    assert "还没有办到" in result.output


def test_complete_says_what_is_missing_where_the_hand_would_write(own: Path) -> None:
    from pypdf import PdfReader

    def text(*words: str) -> str:
        assert form(own, *words, GAPS).exit_code == 0
        path = own / FORMS / f"{GAPS}-M00-process_record.pdf"
        return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())

    assert "党组织派人谈话缺" in text("M00", "--complete")
    assert "党组织派人谈话缺" not in text("M00")


def test_unchanged_form_is_not_printed_again(own: Path) -> None:
    first = form(own, "M02", RARE)
    assert "生成 1 份" in first.output
    path = own / FORMS / f"{RARE}-M02-talk_record.pdf"
    before = path.read_bytes()
    assert "未变 1 份" in form(own, "M02", RARE).output
    assert path.read_bytes() == before


def test_names_stay_out_of_the_public_site(own: Path) -> None:
    for folder in ("site", "build/public/docs"):
        result = form(own, "M02", RARE, "--out", str(own / folder))
        assert result.exit_code == 2
        assert "公开网站" in result.output
        assert not list(own.rglob("*.pdf"))


@pytest.mark.parametrize("folder", ["data/cs", "schema", "templates/x", ".git", "site", "build/public"])
@pytest.mark.parametrize("words", [("M02", RARE), ("M02", "--blank")])
def test_no_print_lies_among_records_and_definitions(own: Path, folder: str, words: tuple[str, ...]) -> None:
    as_of = None if "--blank" in words else "2024-01-10"
    result = form(own, *words, "--out", str(own / folder), as_of=as_of)
    assert result.exit_code == 2
    assert "不能放打印的文件" in result.output
    assert not list(own.rglob("*.pdf"))


def test_what_names_people_lies_below_build_or_outside(own: Path, tmp_path: Path) -> None:
    result = form(own, "M02", RARE, "--out", str(own / "elsewhere"))
    assert result.exit_code == 2
    assert "只能放在 build/ 之下" in result.output
    assert not (own / "elsewhere").exists()
    assert form(own, "M02", RARE, "--out", str(tmp_path / "outside")).exit_code == 0


def test_what_was_not_decided_is_told_once_for_each_person(own: Path) -> None:
    result = form(own, "M12", "M34", "M00", "M44", NOTHING, WHOLE)
    assert result.exit_code == 1
    told = [line for line in result.output.splitlines() if "没有生成" in line and "公文" in line]
    assert told == [f"{NOTHING}-公文：尚未办到这一步：M12 确定入党积极分子会议记录摘录、M34、M44，没有生成"]
    assert f"{WHOLE}：M44 中没有生成的：" in result.output
    assert f"{WHOLE}：M12" not in result.output
    # Everybody's other papers are there.
    assert f"{NOTHING}-M00-process_record.pdf" in made(own)
    assert f"M34-reply_admission-{WHOLE}.pdf" in made(own)
    assert not [name for name in made(own) if name.startswith("M") and NOTHING in name]


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_the_records_no_longer_say_is_deleted_by_the_run_that_printed_it(own: Path) -> None:
    """Another decision makes another document: the print of the first one would be a false one. What others made stays."""
    assert form(own, "M34", "M20", WHOLE, "--docx").exit_code == 0
    before = made(own)
    wrong = {f"M34-reply_admission-{WHOLE}.pdf", f"M34-reply_admission-{WHOLE}.docx"}
    theirs = own / FORMS / f"M34-reply_admission-{WHOLE}-2.pdf"
    theirs.write_bytes(b"of somebody else")
    assert wrong < before
    log = own / person_file(WHOLE)
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    (approval,) = (line for line in lines if "step: approve_admission" in line)
    kept = [line for line in lines if line != approval]
    log.write_text("".join(kept), encoding="utf-8")
    result = form(own, "M34", WHOLE)
    assert "以前印的，与现在的记录不符，已删除" in result.output, result.output
    assert not wrong & made(own)
    assert theirs.read_bytes() == b"of somebody else"
    assert before - wrong <= made(own)


def test_a_form_of_a_step_taken_back_is_deleted(own: Path) -> None:
    assert form(own, "M20", "--branch", BRANCH).exit_code == 0
    before = made(own)
    assert form(own, "M20", "--branch", BRANCH, as_of="2020-09-10").exit_code == 2
    assert len(before) > 3
    assert not made(own)


def test_forms_of_who_has_moved_are_deleted_where_they_were(own: Path) -> None:
    assert form(own, "M02", WHOLE, RARE).exit_code == 0
    before = made(own)
    path = own / person_file(RARE)
    moved = path.parents[2] / "ug-2" / "people" / path.name
    branch = path.parents[1] / "branch.yaml"
    moved.parent.mkdir(parents=True)
    moved.parent.with_name("branch.yaml").write_bytes(branch.read_bytes())
    path.rename(moved)
    assert form(own, "M02", WHOLE, RARE).exit_code == 0
    assert before - made(own) == {f"{RARE}-M02-talk_record.pdf"}
    assert made(own, FORMS.parent / "ug-2") == {f"{RARE}-M02-talk_record.pdf"}


def test_what_could_not_be_read_is_not_printed_as_blank(own: Path) -> None:
    path = own / person_file(RARE)
    path.write_text(path.read_text(encoding="utf-8").replace("2001-03-12", "2001-13-45"), encoding="utf-8")
    result = form(own, "M02", RARE, NOTHING)
    assert result.exit_code == 1
    assert f"{RARE}-M02-talk_record：记录有 1 处格式错误，没有生成" in result.output
    assert made(own) == {f"{NOTHING}-M02-talk_record.pdf"}


def test_extract_without_an_entry_is_not_an_empty_page(own: Path) -> None:
    result = form(own, "minutes_extracts", NOTHING)
    assert result.exit_code == 1
    assert "还没有办到“会议记录和表决情况摘录”所载的步骤" in result.output
    assert not list((own / "build").rglob("*.pdf"))


def test_faulty_form_is_named_with_its_line(own: Path) -> None:
    write(own, "schema/forms/mine.yaml", "id: mine\nmaterials: [M02]\ntitle: 谈话记录\nsections:\n- kind: poem\n")
    result = form(own, "--list", as_of=None)
    assert result.exit_code == 2
    assert "schema/forms/mine.yaml 第 5 行" in result.output


_opened: list[str] | None = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("open", "os.scandir", "os.listdir") and _opened is not None:
        _opened.append(str(arguments[0]))


sys.addaudithook(_note)


def test_blank_forms_open_no_record(own: Path) -> None:
    global _opened
    _opened = []
    try:
        result = form(own, "M02", "M00", "M45", "M14", "--blank", as_of=None)
        opened = list(_opened)
    finally:
        _opened = None
    assert result.exit_code == 0, result.output
    assert any("schema" in path for path in opened)
    assert not [path for path in opened if path.startswith(str(own / "data"))]
    assert {"M02-talk_record.pdf", "M00-process_record.pdf", "M45-integrity_review.pdf"} <= made(
        own, Path("build/print/blank")
    )


def test_blank_forms_are_the_same_bytes_whatever_the_records(own: Path, root: Path) -> None:
    assert form(own, "M45", "--blank", as_of=None).exit_code == 0
    (own / person_file(RARE)).write_text("name: [", encoding="utf-8")
    again = form(root, "M45", "--blank", "--out", str(own / "again"), as_of=None)
    assert again.exit_code == 0
    name = "M45-integrity_review.pdf"
    assert (own / "build/print/blank" / name).read_bytes() == (own / "again" / name).read_bytes()


def test_official_documents_are_printed_too_and_editable(own: Path) -> None:
    result = form(own, "report_activist", EVERY, "--docx")
    assert result.exit_code == 0, result.output
    names = made(own)
    assert {Path(name).suffix for name in names} == {".pdf", ".docx"}
    assert len({Path(name).stem for name in names}) == 1
    assert all(name in result.output for name in names)


def test_many_editable_files_are_told_of_like_the_pdf(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("--blank", "report_activist", "reply_activist", "--docx")
    listed = form(own, *words, as_of=None)
    assert listed.exit_code == 0, listed.output
    assert listed.output.count(".docx\n") == 2
    monkeypatch.setattr("generator.commands.form_run.LISTED", 1)
    result = form(own, *words, as_of=None)
    assert ".docx" not in result.output
    assert "build/print/blank/\n另存 docx 2 份" in result.output
