"""`jishi bundle`: what is handed over says what the records say, is whole, and stays among those concerned."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import page as validator
import pikepdf
import pytest
import yaml
from click.testing import CliRunner, Result
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from generator.audit.audit import Audit
from generator.cli import main
from generator.commands.bundle_run import refusal
from generator.exchange.bag import verify_bag
from generator.prints.executors import InPlace
from generator.prints.sheaf import print_sheaf
from generator.prints.workers import Workers
from tests.prints.college import (
    AS_OF,
    BRANCH,
    GAPS,
    LONG,
    NAMES,
    NOTHING,
    PRINTED,
    RARE,
    WHOLE,
    in_place,
    person_file,
    printed,
    review_sheet,
)

HEAD = ("序号", "姓名", "学号（工号）", "类别", "材料清单", "份数/页数", "原件/复印件", "密封", "移交人", "接收人/部门", "移交日期",
        "档案去向", "缺件说明", "签字")  # fmt: skip


def bundle(root: Path, *words: str) -> Result:
    """Runs `jishi bundle`; never a traceback."""
    result = CliRunner().invoke(main, ["bundle", *in_place(*words), "--as-of", AS_OF, "--root", str(root)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit | KeyboardInterrupt), result.exception
    return result


def copy_of(college: Path, folder: Path) -> Path:
    """The college with what has been printed of it."""
    return Path(shutil.copytree(college, folder / "college"))


def only_bundle(root: Path) -> Path:
    (made,) = (path for path in (root / "build" / "bundles").iterdir() if not path.name.startswith("."))
    return made


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def root(college: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundled from prints that were there, in a repository with one commit."""
    root = copy_of(college, tmp_path_factory.mktemp("bundle"))
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "data"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "records"], check=True)
    result = bundle(root, *PRINTED, "--duplex", "--per-box", "3", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert f"移交 {len(PRINTED)} 册（新印 0 册）" in result.output
    return root


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return only_bundle(root)


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, str]]:
    table = CalamineWorkbook.from_path(folder / "ledger.xlsx").get_sheet_by_index(0).to_python()
    start = next(number for number, row in enumerate(table) if row[0] == "序号")
    assert tuple(table[start]) == HEAD
    people = table[start + 1 : start + 1 + len(PRINTED)]
    return [dict(zip(HEAD, map(str, row), strict=True)) for row in people]


def text_of(pdf: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(pdf).pages)


def test_every_dossier_is_in_the_print_from_a_right_hand_page(root: Path, folder: Path) -> None:
    with pikepdf.open(folder / "dossiers.pdf") as pdf, pdf.open_outline() as outline:
        where: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        branches: list[Any] = list(outline.root)
        (branch,) = branches
        starts = {person.title: where[person.destination[0].objgen] for person in branch.children}
        parts = [[part.title for part in person.children] for person in branch.children]
        assert len(pdf.pages) % 2 == 0
    assert [title.partition("　")[2] for title in starts] == sorted(PRINTED)
    assert all(start % 2 for start in starts.values())
    assert all("目录" in titles and "卷内备考表" in titles for titles in parts)
    pages = PdfReader(folder / "dossiers.pdf").pages
    for title, start in starts.items():
        person = title.partition("　")[2]
        own = [page.extract_text() for page in PdfReader(printed(root, person)).pages]
        assert pages[start - 1].extract_text() == own[0]
    filled = [page.extract_text() for page in pages if page.extract_text().strip()]
    assert len(filled) == sum(len(PdfReader(printed(root, person)).pages) for person in PRINTED)


def test_review_sheets_are_a_print_of_their_own(root: Path, folder: Path) -> None:
    with pikepdf.open(folder / "审核单.pdf") as pdf, pdf.open_outline() as outline:
        where: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        branches: list[Any] = list(outline.root)
        (branch,) = branches
        starts = {person.title.partition("　")[2]: where[person.destination[0].objgen] for person in branch.children}
    assert list(starts) == sorted(PRINTED)
    assert all(start % 2 for start in starts.values())
    pages = PdfReader(folder / "审核单.pdf").pages
    for person, start in starts.items():
        own = PdfReader(review_sheet(root, person)).pages[0].extract_text()
        assert "组织员审核单" in "".join(own.split())
        assert pages[start - 1].extract_text() == own


def test_no_review_sheet_is_handed_over(root: Path, folder: Path) -> None:
    assert "组织员审核单" not in text_of(folder / "dossiers.pdf")
    archived = [path for path in (folder / "bag").rglob("*") if path.is_file()]
    assert len(archived) > 2 * len(PRINTED)
    assert not [path for path in archived if "审核单" in path.name]
    sheets = {hashlib.sha256(review_sheet(root, person).read_bytes()).hexdigest() for person in PRINTED}
    assert sheets.isdisjoint(files(folder / "bag").values())
    assert not [path for path in archived if path.suffix == ".pdf" and "组织员审核单" in text_of(path)]


@pytest.mark.parametrize("name", ["dossiers.pdf", "审核单.pdf"])
def test_print_is_sound(folder: Path, name: str) -> None:
    checked = subprocess.run(["qpdf", "--check", folder / name], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", ["ledger.pdf", "labels.pdf"])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_conforms(folder: Path, name: str, profile: str) -> None:
    result = validator.validate_pdf(str(folder / name), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


def test_ledger_is_what_the_records_say(audit: Audit, rows: list[dict[str, str]]) -> None:
    assert [row["学号（工号）"] for row in rows] == sorted(PRINTED)
    materials = audit.definitions.materials
    for row in rows:
        papers = audit.assessments[row["学号（工号）"]].progress.papers
        kept = {code: state for code, state in papers.items() if "dossier" in materials[code].keep}
        here = [state for state in kept.values() if state.state in ("present", "defective")]
        assert row["姓名"] == NAMES[row["学号（工号）"]]
        codes = [word.partition("×")[0].partition("（")[0] for word in row["材料清单"].split() if word != "（无）"]
        assert sorted(codes) == sorted(state.code for state in here)
        originals, copies = sum(state.originals for state in here), sum(state.copies for state in here)
        assert row["份数/页数"].startswith(f"{originals + copies}份")
        assert row["原件/复印件"] == f"{originals}/{copies}"
        for code in (state.code for state in kept.values() if state.state == "missing"):
            assert code in row["缺件说明"]


def test_missing_paper_is_shown_and_no_other(rows: list[dict[str, str]]) -> None:
    gaps = {row["学号（工号）"]: row["缺件说明"] for row in rows}
    assert "M02" in gaps[GAPS]
    assert gaps[NOTHING] == "无"
    assert next(row for row in rows if row["学号（工号）"] == NOTHING)["材料清单"] == "（无）"


def test_many_papers_of_a_kind_are_counted(rows: list[dict[str, str]]) -> None:
    row = next(row for row in rows if row["学号（工号）"] == LONG)
    assert "M16×" in row["材料清单"]


def test_what_is_not_recorded_is_left_to_the_hand(rows: list[dict[str, str]]) -> None:
    row = next(row for row in rows if row["学号（工号）"] == RARE)
    assert all(row[blank] == "" for blank in ("移交人", "接收人/部门", "移交日期", "档案去向", "签字"))


def test_printed_ledger_says_the_same_with_commit_and_day(root: Path, folder: Path, rows: list[dict[str, str]]) -> None:
    text = text_of(folder / "ledger.pdf")
    for row in rows:
        assert row["学号（工号）"] in text
        assert "".join(row["缺件说明"].split()) in text
    commit = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert f"记录版本：{commit.stdout[:10]}" in text
    assert "截至：2024年1月10日" in text
    with pikepdf.open(folder / "ledger.pdf") as pdf:
        attached = yaml.safe_load(next(iter(pdf.attachments.values())).get_file().read_bytes())
        assert str(pdf.docinfo.get("/Title")) == "发展党员材料交接登记台账"
    assert [row["学号（工号）"] for row in attached["rows"]] == sorted(PRINTED)


def test_labels_name_everybody_and_the_boxes(folder: Path) -> None:
    text = text_of(folder / "labels.pdf")
    assert all(person in text for person in PRINTED)
    assert all(NAMES[person] in text for person in (WHOLE, GAPS))
    assert "第1盒共2盒" in text
    assert f"{min(PRINTED)}—{sorted(PRINTED)[2]}" in text
    assert "3册" in text
    assert "2册" in text
    assert "2020—2023" in text or "2020—2024" in text


def test_bag_is_valid_and_holds_what_was_printed(root: Path, folder: Path) -> None:
    assert bagit.Bag(str(folder / "bag")).is_valid()
    report = verify_bag(folder)
    assert report.valid
    assert report.files == 2 * len(PRINTED) + 2
    assert "入党材料档案" in report.info["External-Description"]
    for person in PRINTED:
        archived = folder / "bag" / "data" / "dossiers" / f"{person}.pdf"
        assert archived.read_bytes() == printed(root, person).read_bytes()
        with pikepdf.open(archived) as pdf:
            attached = pdf.attachments[f"{person}.yaml"].get_file().read_bytes()
        assert (folder / "bag" / "data" / "records" / f"{person}.yaml").read_bytes() == attached


def test_bag_that_was_changed_is_found_out(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder / "bag", tmp_path / "bag"))
    slice_ = copy / "data" / "records" / f"{WHOLE}.yaml"
    slice_.write_bytes(slice_.read_bytes().replace(b"2022", b"2021", 1))
    assert verify_bag(copy).problems == (f"内容已变：data/records/{WHOLE}.yaml",)


def test_ledger_and_labels_are_kept_under_the_name_of_the_bundle(folder: Path) -> None:
    kept = {path.parent.name for path in (folder.parent / ".sheets").rglob("*.pdf")}
    assert kept == {folder.name}


def test_for_the_owner_alone(root: Path, folder: Path) -> None:
    assert (root / "build" / "bundles").stat().st_mode & 0o777 == 0o700
    found = [folder, *folder.rglob("*")]
    assert len(found) > len(PRINTED)
    assert all(path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600) for path in found)


def test_same_records_give_the_same_bytes_and_nothing_is_printed_again(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(submit: Callable[..., Any]) -> Callable[..., Any]:
        def to_print(executor: object, work: Callable[..., Any], *args: Any) -> Any:
            assert work is not print_sheaf, "printed again"
            return submit(executor, work, *args)

        return to_print

    before = files(folder)
    for executor in (InPlace, Workers):
        monkeypatch.setattr(executor, "submit", refusing(executor.submit))
    result = bundle(root, *PRINTED, "--duplex", "--per-box", "3", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert files(folder) == before


def test_output_names_nobody(root: Path) -> None:
    result = bundle(root, RARE, "--out", str(root / "build" / "one"))
    assert result.exit_code == 0, result.output
    assert NAMES[RARE] not in result.output
    assert (root / "build" / "one" / "ledger.xlsx").is_file()


@pytest.fixture
def fresh(root: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return copy_of(root, tmp_path)


def test_who_cannot_be_printed_is_named_and_the_rest_is_handed_over(fresh: Path) -> None:
    (fresh / person_file(RARE)).write_text("name: [", encoding="utf-8")
    result = bundle(fresh, RARE, GAPS, "--out", str(fresh / "build" / "two"))
    assert result.exit_code == 1
    assert f"{RARE}：{person_file(RARE)} 无法读取" in result.output
    made = fresh / "build" / "two"
    assert sorted(path.stem for path in (made / "bag" / "data" / "dossiers").iterdir()) == [GAPS]
    assert f"未列入本台账：{RARE}" in text_of(made / "ledger.pdf")
    assert f"未列入：{RARE}" in (made / "说明.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "gone", "one byte"])
@pytest.mark.parametrize("sheet", [printed, review_sheet])
def test_damaged_print_is_made_again(fresh: Path, sheet: Callable[[Path, str], Path], damage: str) -> None:
    path = sheet(fresh, RARE)
    whole = path.read_bytes()
    middle = len(whole) // 2
    if damage == "gone":
        path.unlink()
    else:
        spoilt = {
            "cut": whole[:middle],
            "empty": b"",
            "other": b"%PDF-1.7\nsomething else\n%%EOF\n",
            "one byte": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        }
        path.write_bytes(spoilt[damage])
    result = bundle(fresh, RARE, GAPS)
    assert result.exit_code == 0, result.output
    assert f"移交 2 册（新印 {1 if sheet is printed else 0} 册）" in result.output
    assert path.read_bytes() == whole


def test_print_that_was_damaged_and_cannot_be_made_again_is_named(fresh: Path) -> None:
    path = printed(fresh, RARE)
    path.unlink()
    path.mkdir()
    (path / "x").touch()
    result = bundle(fresh, RARE, GAPS, "--out", str(fresh / "build" / "two"))
    assert result.exit_code == 1
    assert f"{RARE}：无法写入" in result.output
    made = fresh / "build" / "two"
    assert [each.stem for each in (made / "bag" / "data" / "dossiers").iterdir()] == [GAPS]
    assert f"未列入：{RARE}" in (made / "说明.txt").read_text(encoding="utf-8")


def test_nobody_printed_leaves_the_old_bundle(fresh: Path) -> None:
    made = fresh / "build" / "bundles" / RARE
    assert bundle(fresh, RARE).exit_code == 0
    before = files(made)
    (fresh / person_file(RARE)).write_text("name: [", encoding="utf-8")
    result = bundle(fresh, RARE)
    assert result.exit_code == 2
    assert "没有一份档案生成成功" in result.output
    assert files(made) == before


@pytest.mark.parametrize("point", ["ledger_xlsx", "make_bag"])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_fault_leaves_the_old_bundle_whole(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, point: str, fault: BaseException
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    made = only_bundle(fresh)
    before = files(made)
    (fresh / person_file(GAPS)).touch()
    monkeypatch.setattr(f"generator.commands.bundling.{point}", fail)
    result = bundle(fresh, *PRINTED)
    if isinstance(fault, OSError):
        assert result.exit_code == 2
        assert "磁盘已满" in result.output
        assert "No space" not in result.output
    else:
        assert result.exit_code == 130
        assert "已中断" in result.output
    assert files(made) == before
    assert [path.name for path in made.parent.iterdir() if path.name.startswith(f".{made.name}")] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "二者选一"),
        ((RARE, "--branch", BRANCH), "二者选一"),
        (("2020000009",), "没有学号或工号为“2020000009”的人"),
        (("--branch", "ug-9"), "没有支部“ug-9”"),
        ((RARE, "--per-box", "0"), "--per-box"),
        ((RARE, "--out", "{root}/data/x"), "不能放打印的文件"),
        ((RARE, "--out", "{root}/elsewhere"), "只能放在 build/ 之下"),
        ((RARE, "--out", "{root}/build/print"), "已有别的文件"),
        ((RARE, "--out", "{root}/data/organisation.yaml"), "--out"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_made(root: Path, words: tuple[str, ...], said: str) -> None:
    before = files(root / "build")
    result = bundle(root, *(word.format(root=root) for word in words))
    assert result.exit_code == 2
    assert said in result.output
    assert files(root / "build") == before


def test_scan_goes_into_the_bag_as_it_is(fresh: Path) -> None:
    from PIL import Image

    scan = fresh / "data" / "cs" / BRANCH / "people" / "扫描" / "申请书.png"
    scan.parent.mkdir()
    Image.new("L", (620, 877), 250).save(scan, dpi=(75, 75))
    path = fresh / person_file(RARE)
    text = path.read_text(encoding="utf-8")
    assert "materials: [M01]" in text
    item = "materials: [{code: M01, kind: original, pages: 1, scan: 扫描/申请书.png}]"
    path.write_text(text.replace("materials: [M01]", item), encoding="utf-8")
    result = bundle(fresh, RARE)
    assert result.exit_code == 0, result.output
    made = fresh / "build" / "bundles" / RARE / "bag"
    (kept,) = (made / "data" / "scans" / RARE).iterdir()
    assert kept.name.endswith("M01-申请书.png")
    assert kept.read_bytes() == scan.read_bytes()
    assert verify_bag(made).valid


def test_long_name_of_a_branch_is_set_in_strips_that_fit() -> None:
    from generator.views.labels import _strips

    for text in (
        "一支部",
        "甲" * 22,
        "甲" * 23,
        "中共海岱理工大学计算机科学与技术学院人工智能与大数据专业本科生第一支部委员会",
    ):
        strips = _strips(text)
        assert "".join(strip.text for strip in strips) == text
        assert all(len(strip.text) <= 22 for strip in strips)
        assert [strip.left for strip in strips] == sorted((strip.left for strip in strips), reverse=True)
        assert min(strip.left for strip in strips) > 0


def test_refused_copy_names_the_bundle_and_not_what_was_read(tmp_path: Path) -> None:
    """A failed copy names its source first."""
    target, source = tmp_path / "bundles" / "ug-1", tmp_path / "print" / "1.pdf"
    draft = target.with_name(".ug-1.new-x") / "bag" / "1.pdf"
    full = OSError(errno.ENOSPC, "No space left on device", str(source), None, str(draft))
    assert refusal(full, target) == f"无法写入 {target}：磁盘已满"
    assert refusal(OSError(errno.ENOSPC, "No space left on device"), target) == f"无法写入 {target}：磁盘已满"
    assert refusal(OSError(errno.EACCES, "denied", str(source)), target) == f"无法读取 {source}：没有权限"
