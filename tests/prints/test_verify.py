"""`jishi verify`: what it says of a dossier, of the commits it agrees with, and of what it cannot see."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from generator.audit.audit import run_audit
from generator.cli import main
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.history.commits import commits_of
from generator.history.git import Repository
from generator.prints.dossiers_read import read_dossier
from generator.views.cut import Cut
from generator.views.desk import DossierDesk
from generator.views.scan_history import scan_states
from generator.views.slice import BoundScan, Slice, with_scans, without_scans
from generator.views.slice_history import slice_now
from tests.prints.college import (
    AS_OF,
    BRANCH,
    GAPS,
    MEETING,
    NOTHING,
    RARE,
    WHOLE,
    dossier,
    person_file,
    printed,
    review_sheet,
    write,
)
from tests.prints.scanned import FOLDER, jpeg, name_scan, put

PROJECT = Path(__file__).parents[2]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]


def git(root: Path, *args: str) -> str:
    return subprocess.run([*GIT, *args], cwd=root, capture_output=True, text=True, check=True).stdout.strip()


def commit(root: Path, message: str) -> str:
    git(root, "add", "data")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")[:10]


def verify(path: Path, root: Path) -> Result:
    result = CliRunner().invoke(main, ["verify", str(path), "--root", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


pytestmark = pytest.mark.usefixtures("drawn_once")


@pytest.fixture
def root(college: Path, tmp_path: Path) -> Path:
    """A repository with the records of the college and one commit."""
    root = tmp_path / "college"
    shutil.copytree(college / "data", root / "data")
    git(root.parent, "init", "-q", "-b", "main", str(root))
    commit(root, "records")
    return root


@pytest.fixture
def pdf(college: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(printed(college, WHOLE), tmp_path / "print.pdf"))


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_commit_it_was_made_from(root: Path, pdf: Path) -> None:
    result = verify(pdf, root)
    assert result.exit_code == 0
    assert "标识与内容相符" in result.output
    assert "与按现在的记录重新打印的逐字节相同" in result.output
    assert "每页的校验码与附件一致" in result.output
    assert "二维码  与附件一致" in result.output
    assert "与 1 个提交相符（共看到 1 个），最新的提交也相符" in result.output
    assert git(root, "rev-parse", "HEAD")[:10] in result.output
    assert "现在的记录  相符" in result.output
    assert "结论  完好，与现在的记录相符\n" in result.output
    assert "扫描件" not in result.output


def test_a_later_commit_on_somebody_else_matches_too(root: Path, pdf: Path) -> None:
    first = git(root, "rev-parse", "HEAD")[:10]
    add(root / person_file(GAPS), "# a remark\n")
    path = root / MEETING
    path.write_text(path.read_text(encoding="utf-8").replace("for: 13", "for: 12"), encoding="utf-8")
    second = commit(root, "others")
    result = verify(pdf, root)
    assert result.exit_code == 0
    assert "与 2 个提交相符（共看到 2 个）" in result.output
    assert f"{first}（" in result.output
    assert f"至 {second}（" in result.output


def test_windows_line_ends_change_nothing(root: Path, pdf: Path) -> None:
    for name in (person_file(WHOLE), MEETING):
        content = (root / name).read_bytes()
        (root / name).write_bytes(content.replace(b"\n", b"\r\n"))
    commit(root, "line ends")
    assert "与 2 个提交相符" in verify(pdf, root).output


@pytest.mark.parametrize("own", [True, False])
def test_a_changed_record_is_told_and_the_old_commit_still_matches(root: Path, pdf: Path, own: bool) -> None:
    name, old, new = (person_file(WHOLE), "女", "男") if own else (MEETING, "for: 16", "for: 15")
    path = root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    commit(root, "changed")
    result = verify(pdf, root)
    assert result.exit_code == 0
    assert "与 1 个提交相符（共看到 2 个），最新的提交已不相符" in result.output
    assert f"现在的记录  不相符：{name} 改过" in result.output
    assert "结论  完好，与当时的记录相符；记录此后有改动" in result.output
    git(root, "revert", "--no-edit", "HEAD")
    assert "与 2 个提交相符（共看到 3 个），最新的提交也相符" in verify(pdf, root).output


def test_a_new_event_is_a_change(root: Path, pdf: Path) -> None:
    name = "data/cs/ug-1/events/2023-12-01-inspect.yaml"
    (root / name).write_text(f'step: inspect\ndate: 2023-12-01\npeople: {{"{WHOLE}": {{}}}}\n', encoding="utf-8")
    commit(root, "event")
    assert f"{name} 是后来有的" in verify(pdf, root).output


def test_records_that_never_were_so(root: Path, college: Path, tmp_path: Path) -> None:
    git(root, "checkout", "-q", "--orphan", "other")
    path = root / person_file(WHOLE)
    path.write_text(path.read_text(encoding="utf-8").replace("女", "男"), encoding="utf-8")
    commit(root, "other")
    result = verify(printed(college, WHOLE), root)
    assert result.exit_code == 1
    assert "看得到的 1 个提交都不相符" in result.output
    assert "结论  不能认定" in result.output


def test_not_committed_yet(root: Path, college: Path) -> None:
    git(root, "rm", "-q", "--cached", person_file(NOTHING))
    git(root, "commit", "-q", "--amend", "-m", "without")
    result = verify(printed(college, NOTHING), root)
    assert result.exit_code == 0
    assert "都不相符" in result.output
    assert "现在的记录  相符" in result.output


def test_records_in_a_folder_of_the_repository(root: Path, pdf: Path) -> None:
    (root / "inner").mkdir()
    git(root, "mv", "data", "inner/data")
    git(root, "commit", "-q", "-m", "moved")
    assert "与 1 个提交相符（共看到 2 个），最新的提交也相符" in verify(pdf, root / "inner").output


def test_a_shallow_clone_says_what_it_cannot_see(root: Path, pdf: Path, tmp_path: Path) -> None:
    path = root / person_file(WHOLE)
    path.write_text(path.read_text(encoding="utf-8").replace("女", "男"), encoding="utf-8")
    commit(root, "changed")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    result = verify(pdf, tmp_path / "shallow")
    assert result.exit_code == 1
    assert "看得到的 1 个提交都不相符" in result.output
    assert "浅克隆" in result.output


def test_outside_git_the_files_are_compared(college: Path, pdf: Path) -> None:
    result = verify(pdf, college)
    assert result.exit_code == 0
    assert "提交  看不到" in result.output
    assert "现在的记录  相符" in result.output


def test_without_records_nothing_is_confirmed(tmp_path: Path, pdf: Path) -> None:
    result = verify(pdf, tmp_path)
    assert result.exit_code == 2
    assert "无从对照" in result.output
    assert "结论  不能断定：文件自身前后一致；是否与记录相符，没有核对；文件没有电子签名" in result.output


def changed(pdf: Path, how: str) -> Path:
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        if how == "attachment":
            name = next(iter(document.attachments))
            text = document.attachments[name].get_file().read_bytes().replace("女".encode(), "男".encode())
            document.attachments[name] = pikepdf.AttachedFileSpec(
                document, text, filename=name, description="", mime_type="", creation_date="", mod_date=""
            )
        elif how == "no attachment":
            del document.attachments[next(iter(document.attachments))]
        elif how == "page":
            document.pages.append(document.add_blank_page())
        elif how == "code":
            for item in document.objects:
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
                    item.write(bytes(int(item.Width) * int(item.Height)))
        document.save(pdf)
    return pdf


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("saved", "生成之后改动过"),
        ("attachment", "页脚  与附件不一致：页上写的是"),
        ("no attachment", "没有附本人记录片段"),
        ("page", "页没有校验码"),
        ("code", "二维码  与附件不一致"),
    ],
)
def test_a_changed_file(root: Path, pdf: Path, how: str, said: str) -> None:
    result = verify(changed(pdf, how), root)
    assert result.exit_code == 1
    assert "结论  完好" not in result.output
    assert said in result.output


def test_a_single_byte(root: Path, pdf: Path) -> None:
    content = bytearray(pdf.read_bytes())
    place = content.index(b"pdfuaid:part>1")
    content[place + len(b"pdfuaid:part>")] = ord("2")
    pdf.write_bytes(content)
    result = verify(pdf, root)
    assert result.exit_code == 1
    assert "生成之后改动过" in result.output
    assert "每页的校验码与附件一致" in result.output


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_damaged_file(root: Path, pdf: Path, kept: float) -> None:
    content = pdf.read_bytes()
    pdf.write_bytes(content[: int(len(content) * kept)])
    result = verify(pdf, root)
    assert result.exit_code == 1
    assert "已损坏" in result.output


def reidentified(pdf: Path) -> Path:
    """As who changes a file on purpose leaves it: the identifier is worked out anew."""
    content = pdf.read_bytes()
    start = int(content[content.rindex(b"startxref") :].split()[1])
    sum_ = hashlib.md5(content[:start], usedforsecurity=False).hexdigest().encode()
    head, mark, tail = content[start:].partition(b"/ID")
    assert mark
    pdf.write_bytes(content[:start] + head + mark + re.sub(rb"<[0-9a-f]{32}>", b"<" + sum_ + b">", tail, count=2))
    return pdf


def edited(pdf: Path, edit: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        edit(document)
        document.save(pdf)
    return reidentified(pdf)


def take_out(document: pikepdf.Pdf) -> None:
    del document.pages[3]


def put_last(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[3])
    del document.pages[3]


def put_twice(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[3])


def white_out(document: pikepdf.Pdf) -> None:
    document.pages[2].contents_add(b"q 1 1 1 rg 100 400 300 200 re f Q")


def stamp(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[100, 400, 300, 600], F=4, C=[1, 0, 0]
    )
    page = document.pages[2]
    page.Annots = pikepdf.Array([*page.get("/Annots", ()), document.make_indirect(note)])


def rename(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "别处"


def zero_key(document: pikepdf.Pdf) -> None:
    document.docinfo["/JishiMadeOf"] = "0" * 64


def forge_key(document: pikepdf.Pdf) -> None:
    white_out(document)
    zero_key(document)


def unproved(result: Result, code: int) -> None:
    assert result.exit_code == code, result.output
    assert "没有发现改动" not in result.output
    assert "完好" not in result.output


def no_key(document: pikepdf.Pdf) -> None:
    del document.docinfo["/JishiMadeOf"]


def no_date(document: pikepdf.Pdf) -> None:
    del document.docinfo["/CreationDate"]


def dated(stamp: str) -> Callable[[pikepdf.Pdf], None]:
    def edit(document: pikepdf.Pdf) -> None:
        document.docinfo["/CreationDate"] = stamp

    return edit


def keyed(key: str) -> Callable[[pikepdf.Pdf], None]:
    def edit(document: pikepdf.Pdf) -> None:
        document.docinfo["/JishiMadeOf"] = key

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (no_key, "缺少本程序所写的印制标识（JishiMadeOf）"),
        (keyed("x"), "缺少本程序所写的印制标识：JishiMadeOf 写的是“x”"),
        (no_date, "缺少本程序所写的生成日期（CreationDate）"),
        (dated("xx"), "缺少本程序所写的生成日期：CreationDate 写的是“xx”"),
        (dated("D:20991399000000Z"), "缺少本程序所写的生成日期：CreationDate 写的是“D:20991399000000Z”"),
        (dated("D:20240110xx"), "缺少本程序所写的生成日期：CreationDate 写的是“D:20240110xx”"),
    ],
)
def test_what_every_print_says_of_itself_must_be_there(
    root: Path, pdf: Path, edit: Callable[[pikepdf.Pdf], None], said: str
) -> None:
    def both(document: pikepdf.Pdf) -> None:
        white_out(document)
        edit(document)

    result = verify(edited(pdf, both), root)
    assert "标识与内容相符" in result.output
    assert said in result.output
    unproved(result, 1)


@pytest.mark.parametrize("stamp_", ["D:00010101", "D:99991231", "D:20300101"])
def test_a_day_that_no_record_reaches_proves_nothing(root: Path, pdf: Path, stamp_: str) -> None:
    def both(document: pikepdf.Pdf) -> None:
        forge_key(document)
        dated(stamp_)(document)

    result = verify(edited(pdf, both), root)
    assert "结论  不能断定" in result.output
    unproved(result, 2)


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def open_action(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = script()


def named_script(document: pikepdf.Pdf) -> None:
    names = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), document.make_indirect(script())]))
    document.Root.Names["/JavaScript"] = document.make_indirect(names)


def page_action(document: pikepdf.Pdf) -> None:
    document.pages[3].obj["/AA"] = pikepdf.Dictionary(O=script())


def launching_link(document: pikepdf.Pdf) -> None:
    link = next(link for page in document.pages for link in page.obj.get("/Annots", ()))
    link["/A"] = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe"))


def outline_action(document: pikepdf.Pdf) -> None:
    first = document.Root.Outlines.First
    first["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")


def printed_layer(document: pikepdf.Pdf) -> None:
    """Shown when it is printed, never on a screen."""
    usage = pikepdf.Dictionary(
        Print=pikepdf.Dictionary(PrintState=pikepdf.Name.ON), View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF)
    )
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x", Usage=usage))
    use = [
        pikepdf.Dictionary(Event=event, OCGs=pikepdf.Array([layer]), Category=pikepdf.Array([event]))
        for event in (pikepdf.Name.Print, pikepdf.Name.View)
    ]
    shown = pikepdf.Dictionary(OFF=pikepdf.Array([layer]), AS=pikepdf.Array(use))
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=shown)
    page = document.pages[3]
    page.obj.Resources["/Properties"] = pikepdf.Dictionary(L=layer)
    page.contents_add(b"q /OC /L BDC 1 1 1 rg 100 400 300 200 re f EMC Q")


def form_field(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def second_file(document: pikepdf.Pdf) -> None:
    """Beside the list of attachments, where a reader that follows the associated files still finds it."""
    file = document.make_stream(b"x", Type=pikepdf.Name.EmbeddedFile)
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="x", UF="x", EF=pikepdf.Dictionary(F=file))
    document.Root.AF.append(document.make_indirect(spec))


def unknown_entry(document: pikepdf.Pdf) -> None:
    document.Root["/Collection"] = pikepdf.Dictionary()


FOREIGN: dict[Callable[[pikepdf.Pdf], None], str] = {
    open_action: "文件含有动作或脚本",
    named_script: "文件含有动作或脚本",
    page_action: "文件含有动作或脚本",
    launching_link: "文件含有动作或脚本",
    outline_action: "文件含有动作或脚本",
    printed_layer: "文件含有可选内容图层",
    form_field: "文件含有可填的表单",
    second_file: "文件含有记录片段以外的附件",
    unknown_entry: "文件含有本程序不写的条目：Collection",
    stamp: "第 3 页有册内链接以外的批注",
}


@pytest.mark.parametrize("edit", FOREIGN)
def test_what_no_print_holds_is_a_fault(pdf: Path, tmp_path: Path, edit: Callable[[pikepdf.Pdf], None]) -> None:
    result = verify(edited(pdf, edit), tmp_path)
    assert "标识与内容相符" in result.output
    assert f"构成  {FOREIGN[edit]}" in result.output
    unproved(result, 1)


def test_what_no_print_holds_is_a_fault_however_the_pages_look(root: Path, pdf: Path) -> None:
    def both(document: pikepdf.Pdf) -> None:
        unknown_entry(document)
        zero_key(document)

    result = verify(edited(pdf, both), root)
    assert f"构成  {FOREIGN[unknown_entry]}" in result.output
    assert "重新打印的各页看来相同" in result.output
    unproved(result, 1)


def test_a_password_is_a_fault(root: Path, pdf: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        document.save(pdf, encryption=pikepdf.Encryption(owner="x", user=""))
    result = verify(pdf, root)
    assert "文件加了密码或权限限制" in result.output
    unproved(result, 1)


def test_a_page_that_cannot_be_compared_with_another_version_proves_nothing(
    root: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def undrawn(one: bytes, other: bytes) -> tuple[int, ...]:
        raise ValueError

    monkeypatch.setattr("generator.commands.reprinting.differing_pages", undrawn)
    result = verify(edited(pdf, zero_key), root)
    assert "有的页画不出来" in result.output
    unproved(result, 2)


@pytest.mark.parametrize("fault", [JishiError("字体不全"), OSError(28, "full"), OverflowError()])
def test_whatever_keeps_it_from_being_printed_again_nothing_is_proved(
    root: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fails(sheaf: object) -> bytes:
        raise fault

    monkeypatch.setattr("generator.prints.press.print_pdf", fails)
    result = verify(pdf, root)
    assert "重印  没有比较（按" in result.output
    assert "印不出来：" in result.output
    unproved(result, 2)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (take_out, "缺第 4 页"),
        (put_last, "次序不对"),
        (put_twice, "次序不对，或有重复"),
    ],
)
@pytest.mark.parametrize("with_records", [True, False])
def test_pages_are_all_there_in_order(
    root: Path, pdf: Path, tmp_path: Path, edit: Callable[[pikepdf.Pdf], None], said: str, with_records: bool
) -> None:
    result = verify(edited(pdf, edit), root if with_records else tmp_path)
    assert result.exit_code == 1
    assert "标识与内容相符" in result.output
    assert said in result.output
    assert ("重新打印的不同" in result.output) == with_records


def test_the_catalogue_leads_where_it_says(pdf: Path) -> None:
    assert read_dossier(pdf).catalogue == ()
    faults = read_dossier(edited(pdf, put_last)).catalogue
    assert len(faults) > 1
    assert all("与实际不符" in fault or "不在了" in fault for fault in faults)


@pytest.mark.parametrize(("edit", "where"), [(white_out, "第 3 页"), (rename, "各页看来相同，不同处在别的部分")])
def test_a_change_on_purpose_shows_when_it_is_printed_again(
    root: Path, pdf: Path, edit: Callable[[pikepdf.Pdf], None], where: str
) -> None:
    result = verify(edited(pdf, edit), root)
    assert "标识与内容相符" in result.output
    assert f"与按现在的记录重新打印的不同：{where}" in result.output
    assert "结论  有改动" in result.output
    assert result.exit_code == 1


def test_what_was_made_by_another_version_is_not_called_whole_where_it_differs(root: Path, pdf: Path) -> None:
    result = verify(edited(pdf, forge_key), root)
    assert "第 3 页与按现在的记录重新打印的不同；文件写明由别的程序版本" in result.output
    assert "结论  不能断定：有的页与重新打印的不同" in result.output
    assert result.exit_code == 2


def test_what_was_made_by_another_version_and_looks_the_same_may_have_been_altered(root: Path, pdf: Path) -> None:
    result = verify(edited(pdf, zero_key), root)
    assert "重新打印的各页看来相同，字节不同" in result.output
    assert "没有电子签名" in result.output
    assert "结论  不能断定：各页看来相同，字节不同" in result.output
    assert "所附记录与现在的记录相符" in result.output
    unproved(result, 2)


def test_records_moved_on_and_it_is_printed_again_from_the_commit(root: Path, pdf: Path) -> None:
    was = git(root, "rev-parse", "HEAD")[:10]
    path = root / person_file(WHOLE)
    path.write_text(path.read_text(encoding="utf-8").replace("女", "男"), encoding="utf-8")
    commit(root, "changed")
    result = verify(pdf, root)
    assert f"与按提交 {was} 的记录重新打印的逐字节相同" in result.output
    assert result.exit_code == 0
    result = verify(edited(pdf, white_out), root)
    assert f"与按提交 {was} 的记录重新打印的不同：第 3 页" in result.output
    assert result.exit_code == 1


def test_a_branch_that_was_renamed_since_is_looked_for_in_the_commits(root: Path, pdf: Path) -> None:
    was = git(root, "rev-parse", "HEAD")[:10]
    path = root / f"data/cs/{BRANCH}/branch.yaml"
    text = path.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name:"))
    path.write_text(text.replace(name, "name: 改了名的党支部"), encoding="utf-8")
    result = verify(pdf, root)
    assert "现在的记录  相符" in result.output
    assert f"与按提交 {was} 的记录重新打印的逐字节相同" in result.output
    assert result.exit_code == 0


def test_what_cannot_be_printed_again_is_said_with_what_is_not_proved(root: Path, pdf: Path) -> None:
    shutil.rmtree(root / ".git")
    write(root, "data/cs/ug-1/events/2023-01-01-inspect.yaml", "step: [")
    result = verify(pdf, root)
    assert "重印  没有比较（按现在的记录印不出来：" in result.output
    assert "没有电子签名" in result.output
    assert "结论  不能断定：没有重新打印比较" in result.output
    unproved(result, 2)


@pytest.fixture(scope="module")
def forms(college: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    for words in (["talk_record", WHOLE], ["--blank", "talk_record", "opinions_target", "report_activist"]):
        day = [] if "--blank" in words else ["--as-of", AS_OF]
        made = CliRunner().invoke(main, ["form", *words, *day, "--out", str(folder), "--root", str(college)])
        assert made.exit_code == 0, made.output
    return folder


def test_a_form_says_which_commits_it_matches(root: Path, forms: Path, tmp_path: Path) -> None:
    (form,) = forms.rglob(f"{WHOLE}-M02-*.pdf")
    result = verify(form, root)
    assert "与 1 个提交相符" in result.output
    assert "表不重新打印比较；文件没有电子签名" in result.output
    assert "结论  不能断定：没有重新打印比较" in result.output
    assert "所附记录与现在的记录相符" in result.output
    unproved(result, 2)
    assert "二维码" not in result.output
    copy = Path(shutil.copy(form, tmp_path / "form.pdf"))
    assert verify(changed(copy, "attachment"), root).exit_code == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("M02-talk_record.pdf", "空白表"), ("M20-opinions_target.pdf", "空白表"), ("M14-report_activist*.pdf", "公文")],
)
def test_blank_forms_and_documents_have_an_answer_of_their_own(root: Path, forms: Path, name: str, said: str) -> None:
    (path,) = forms.rglob(name)
    result = verify(path, root)
    assert result.exit_code == 2
    assert said in result.output


def test_a_review_sheet_is_said_not_to_be_verified(root: Path, college: Path) -> None:
    result = verify(review_sheet(college, WHOLE), root)
    assert result.exit_code == 2
    assert "是审核单" in result.output


def test_files_that_are_not_ours(root: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.pdf"
    text.write_text("no PDF", encoding="utf-8")
    foreign = tmp_path / "b.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(foreign)
    for path, said in (
        (text, "不是 PDF 文件"),
        (foreign, "不是 jishi 生成的个人档案或表"),
        (tmp_path / "c.pdf", "没有文件"),
    ):
        result = verify(path, root)
        assert result.exit_code == 2
        assert said in result.output


SCAN = f"{FOLDER}/扫描/申请书.jpg"


@pytest.fixture(scope="module")
def with_scan(college: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records that name a scan, committed with it, and the dossier that holds it."""
    root = tmp_path_factory.mktemp("scanned") / "college"
    shutil.copytree(college / "data", root / "data")
    put(root, SCAN, jpeg())
    name_scan(root, RARE, "M01", "{code: M01, scan: 扫描/申请书.jpg}")
    git(root.parent, "init", "-q", "-b", "main", str(root))
    commit(root, "records")
    assert dossier(root, RARE).exit_code == 0
    return root


@pytest.fixture
def scanned(with_scan: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(with_scan, tmp_path / "scanned"))


def test_scans_are_listed_with_their_digests(scanned: Path) -> None:
    text = read_dossier(printed(scanned, RARE)).text
    records, scans = without_scans(text)
    assert scans == (BoundScan(SCAN, hashlib.sha256((scanned / SCAN).read_bytes()).hexdigest()),)
    assert with_scans(Slice(RARE, records.decode()), scans).text.encode() == text
    result = verify(printed(scanned, RARE), scanned)
    assert result.exit_code == 0
    assert "与 1 个提交相符" in result.output
    assert "扫描件  装入的 1 件，与现在的文件相符" in result.output
    assert "结论  完好，与现在的记录相符" in result.output


@pytest.mark.parametrize(("gone", "pointer"), [(False, False), (True, False), (False, True)])
def test_a_scan_that_changed_since_is_told_with_the_commit_that_has_it(
    scanned: Path, gone: bool, pointer: bool
) -> None:
    path, was = scanned / SCAN, git(scanned, "rev-parse", "HEAD")[:10]
    if pointer:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        path.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 1\n", encoding="utf-8")
        git(scanned, "add", "data")
        git(scanned, "commit", "-q", "--amend", "-m", "pointer")
        was = git(scanned, "rev-parse", "HEAD")[:10]
    if gone:
        path.unlink()
    else:
        path.write_bytes(jpeg(700, 1000))
    git(scanned, "add", "-A", "data")
    git(scanned, "commit", "-q", "-m", "another scan")
    result = verify(printed(scanned, RARE), scanned)
    # What a commit has of a large file may be a pointer to it: then nothing can be printed.
    assert result.exit_code == (2 if pointer else 0)
    what = "现在没有这个文件" if gone else "与现在的文件不同"
    assert f"扫描件  {SCAN} {what}；提交 {was}（" in result.output
    assert ("没有比较" if pointer else f"与按提交 {was} 的记录重新打印的逐字节相同") in result.output
    assert "与当时的记录相符；记录此后有改动" in result.output
    assert ("结论  不能断定：没有重新打印比较" if pointer else "结论  完好") in result.output


def test_a_scan_that_never_was_there_is_no_match(scanned: Path) -> None:
    git(scanned, "rm", "-q", "--cached", SCAN)
    git(scanned, "commit", "-q", "--amend", "-m", "without")
    assert verify(printed(scanned, RARE), scanned).exit_code == 0
    (scanned / SCAN).write_bytes(jpeg(700, 1000))
    result = verify(printed(scanned, RARE), scanned)
    assert result.exit_code == 1
    assert "现在的记录  相符" in result.output
    assert f"扫描件  {SCAN} 与现在的文件不同；看得到的相符提交里也没有" in result.output
    assert "结论  不能认定" in result.output


@pytest.mark.parametrize("path", ["/etc/hostname", "data/../../x", "data/a\nHEAD", "people"])
def test_an_attachment_leads_nowhere_else(scanned: Path, path: str) -> None:
    (scanned.parent / "x").write_bytes(b"x")
    (head,) = commits_of(Repository.open(scanned))
    for digest in (hashlib.sha256(b"x").hexdigest(), hashlib.sha256(Path("/etc/hostname").read_bytes()).hexdigest()):
        (state,) = scan_states(scanned, [BoundScan(path, digest)], [head])
        assert (state.same, state.there, state.commit) == (False, False, None)


def test_a_folder_that_is_no_bag(tmp_path: Path) -> None:
    assert verify(tmp_path, tmp_path).exit_code == 2


def test_nobody_is_named(root: Path, pdf: Path) -> None:
    assert "林知远" not in verify(pdf, root).output


def test_what_is_read_is_what_was_written(college: Path) -> None:
    read = read_dossier(printed(college, WHOLE))
    assert (read.person, read.agrees, read.coded, read.untouched) == (WHOLE, True, True, True)


def test_a_slice_found_in_files_is_the_one_that_is_printed() -> None:
    """Two ways to the same bytes: from the corpus, and from files alone."""
    audit = run_audit(PROJECT, date(2026, 11, 20))
    shelf = shelf_for(PROJECT)
    desk = DossierDesk(audit, shelf)
    cut = Cut.parse(shelf.read("schema/slice.yaml").data)
    people = [person for person in audit.corpus.people.values() if len(person.entries) > 5][:12]
    people += [person for person in audit.corpus.people.values() if person.get("former_ids")]
    assert len(people) > 12
    for person in people:
        found = slice_now(PROJECT, (person.id, *(person.get("former_ids") or ())), cut)
        assert found is not None
        assert found.text == desk.slice_of(person).text
