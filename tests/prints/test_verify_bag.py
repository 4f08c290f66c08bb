"""`jishi verify` on what is handed over: everybody is there, and nothing was taken out or slipped in, lists and all."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.exchange.bag import make_bag
from tests.prints.college import AS_OF, GAPS, NOTHING, RARE

PEOPLE = (RARE, NOTHING, GAPS)
TAGS = ("bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
pytestmark = pytest.mark.usefixtures("drawn_once")


def verify(path: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["verify", str(path), *words])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def root(college: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(college, tmp_path_factory.mktemp("handed") / "college"))
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "data"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "records"], check=True)
    made = CliRunner().invoke(
        main, ["bundle", *PEOPLE, "--as-of", AS_OF, "--root", str(root), "--out", str(root / "build" / "handed")]
    )
    assert made.exit_code == 0, made.output
    return root


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root / "build" / "handed", tmp_path / "handed"))


def relisted(bag: Path, tagged: bool = True) -> None:
    """As who changes a bag on purpose leaves it: all lists and totals made anew."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    lines = [f"{digest(path)}  {path.relative_to(bag).as_posix()}\n" for path in payload]
    (bag / "manifest-sha256.txt").write_text("".join(lines), encoding="utf-8")
    info = bag / "bag-info.txt"
    if info.exists():
        total = f"Payload-Oxum: {sum(path.stat().st_size for path in payload)}.{len(payload)}"
        said = [total if line.startswith("Payload-Oxum") else line for line in info.read_text("utf-8").splitlines()]
        info.write_text("\n".join(said) + "\n", encoding="utf-8")
    if tagged:
        names = [name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt") if (bag / name).exists()]
        text = "".join(f"{digest(bag / name)} {name}\n" for name in names)
        (bag / "tagmanifest-sha256.txt").write_text(text, encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("part", ["", "bag"])
def test_whole_bundle_and_whole_bag(root: Path, folder: Path, part: str) -> None:
    result = verify(folder / part, "--root", str(root))
    assert result.exit_code == 0, result.output
    assert f"{'归档包' if part else '移交包'}与自带的校验和清单相符：{2 * len(PEOPLE) + 2} 个文件" in result.output
    assert "没有重新打印，也没有与记录比较" in result.output
    assert "没有电子签名" in result.output
    listed = subprocess.run(["sha256sum", "-c", "校验和.txt"], cwd=folder, capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stdout


def no_record(bag: Path) -> str:
    (bag / "data" / "records" / f"{RARE}.yaml").unlink()
    return f"缺少 {RARE} 的记录"


def no_dossier(bag: Path) -> str:
    (bag / "data" / "dossiers" / f"{RARE}.pdf").unlink()
    return f"缺少 {RARE} 的档案"


def nobody(bag: Path) -> str:
    no_record(bag)
    no_dossier(bag)
    return f"缺少 {RARE} 的档案"


def no_ledger(bag: Path) -> str:
    (bag / "data" / "ledger" / "ledger.pdf").unlink()
    return "读不出人员"


def no_table(bag: Path) -> str:
    (bag / "data" / "ledger" / "ledger.xlsx").unlink()
    return "缺少文件：data/ledger/ledger.xlsx"


def other_record(bag: Path) -> str:
    path = bag / "data" / "records" / f"{RARE}.yaml"
    path.write_text(path.read_text("utf-8").replace("女", "男"), encoding="utf-8")
    return f"data/records/{RARE}.yaml 与 data/dossiers/{RARE}.pdf 所附的不同"


def somebody_more(bag: Path) -> str:
    for part, ending in (("records", "yaml"), ("dossiers", "pdf")):
        shutil.copyfile(bag / "data" / part / f"{RARE}.{ending}", bag / "data" / part / f"2020000099.{ending}")
    return "2020000099 不在台账上"


def swapped(bag: Path) -> str:
    shutil.copyfile(bag / "data" / "dossiers" / f"{GAPS}.pdf", bag / "data" / "dossiers" / f"{RARE}.pdf")
    return f"data/dossiers/{RARE}.pdf 是 {GAPS} 的档案"


def scan_more(bag: Path) -> str:
    (bag / "data" / "scans" / RARE).mkdir(parents=True)
    (bag / "data" / "scans" / RARE / "01-M01-x.png").write_bytes(b"x")
    return "1 件扫描件不是档案里装入的"


def damaged(bag: Path) -> str:
    path = bag / "data" / "dossiers" / f"{RARE}.pdf"
    path.write_bytes(path.read_bytes()[:5000])
    return "已损坏"


CHANGES = [no_record, no_dossier, nobody, no_ledger, no_table, other_record, somebody_more, swapped, scan_more, damaged]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_out_or_slipped_in_shows_though_the_lists_agree(
    root: Path, folder: Path, change: Callable[[Path], str]
) -> None:
    said = change(folder / "bag")
    relisted(folder / "bag")
    result = verify(folder / "bag", "--root", str(root))
    assert result.exit_code == 1
    assert said in result.output
    assert "与自带的校验和清单相符" not in result.output


@pytest.mark.parametrize("gone", TAGS)
def test_a_list_that_was_taken_out_is_missed(root: Path, folder: Path, gone: str) -> None:
    (folder / "bag" / gone).unlink()
    if gone == "bag-info.txt":
        relisted(folder / "bag")
    result = verify(folder / "bag", "--root", str(root))
    assert result.exit_code == 1
    assert gone in result.output


def test_record_and_lists_taken_out_together(root: Path, folder: Path) -> None:
    bag = folder / "bag"
    no_record(bag)
    (bag / "bag-info.txt").unlink()
    (bag / "tagmanifest-sha256.txt").unlink()
    relisted(bag, tagged=False)
    result = verify(bag, "--root", str(root))
    assert result.exit_code == 1
    for said in (f"缺少 {RARE} 的记录", "缺少文件：bag-info.txt", "缺少文件：tagmanifest-sha256.txt", "Payload-Oxum"):
        assert said in result.output


def test_a_foreign_tag_file_and_one_that_is_not_listed(root: Path, folder: Path) -> None:
    bag = folder / "bag"
    (bag / "readme.txt").write_text("x", encoding="utf-8")
    tags = bag / "tagmanifest-sha256.txt"
    tags.write_text("".join(line + "\n" for line in tags.read_text("utf-8").splitlines() if "bag-info" not in line))
    result = verify(bag, "--root", str(root))
    assert result.exit_code == 1
    assert "多出文件：readme.txt" in result.output
    assert "tagmanifest-sha256.txt 没有列出 bag-info.txt" in result.output


def test_the_commit_is_looked_for(root: Path, folder: Path) -> None:
    bag = folder / "bag"
    info = bag / "bag-info.txt"
    said = info.read_text("utf-8").splitlines()
    assert any(line.startswith("Internal-Sender-Identifier: ") for line in said)
    other = [
        "Internal-Sender-Identifier: " + "ab" * 20 if line.startswith("Internal-Sender-Id") else line for line in said
    ]
    info.write_text("\n".join(other) + "\n", encoding="utf-8")
    relisted(bag)
    result = verify(bag, "--root", str(root))
    assert result.exit_code == 1
    assert "写明的提交 ababababab 不在记录仓库" in result.output


@pytest.mark.parametrize(
    "name", ["dossiers.pdf", "ledger.pdf", "ledger.xlsx", "labels.pdf", "审核单.pdf", "说明.txt", "校验和.txt"]
)
def test_parts_beside_the_bag_are_missed(root: Path, folder: Path, name: str) -> None:
    (folder / name).unlink()
    result = verify(folder, "--root", str(root))
    assert result.exit_code == 1
    assert f"缺少文件：{name}" in result.output


def test_parts_beside_the_bag_that_changed_or_came(root: Path, folder: Path) -> None:
    with (folder / "dossiers.pdf").open("ab") as file:
        file.write(b"\n")
    (folder / "x.pdf").write_bytes(b"x")
    no_record(folder / "bag")
    relisted(folder / "bag")
    result = verify(folder, "--root", str(root))
    assert result.exit_code == 1
    for said in ("内容已变：dossiers.pdf", "多出文件：x.pdf", "内容已变：bag/tagmanifest-sha256.txt"):
        assert said in result.output


def test_a_bag_of_others_is_checked_as_a_bag_and_said_so(tmp_path: Path) -> None:
    from datetime import date

    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("x", encoding="utf-8")
    make_bag(tmp_path / "other", {}, date(2024, 1, 10))
    result = verify(tmp_path / "other")
    assert result.exit_code == 0
    assert "只按 BagIt 规范核对" in result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dossiers.pdf", "是合订的打印文件，只供打印，不能核对"),
        ("审核单.pdf", "是审核单"),
        ("ledger.pdf", "是交接登记台账"),
        ("labels.pdf", "是卷脊和档案盒标签"),
    ],
)
def test_each_print_beside_the_bag_has_an_answer_of_its_own(root: Path, folder: Path, name: str, said: str) -> None:
    result = verify(folder / name, "--root", str(root))
    assert result.exit_code == 2
    assert said in result.output
