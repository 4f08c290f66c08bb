"""What a bundle consists of, and writing it into a folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import JishiError
from generator.exchange.bag import TAGS, make_bag
from generator.exchange.checksums import sums_of
from generator.exchange.ledger_xlsx import ledger_xlsx
from generator.prints.bundle_file import Joined, Part, concatenate
from generator.prints.print_kinds import CONCATENATED
from generator.records.model import Person
from generator.views import headings

if TYPE_CHECKING:
    from generator.views.ledger import Ledger

MARK = "档案移交包（由 jishi bundle 生成；重新生成时整个文件夹被替换，请勿在此存放其他文件）"
"""First line of the guide: by it a folder is known as one that may be replaced."""
GUIDE = "说明.txt"
PRINT, LEDGER_PDF, LEDGER_XLSX, LABELS, BAG = "dossiers.pdf", "ledger.pdf", "ledger.xlsx", "labels.pdf", "bag"
REVIEWS = "审核单.pdf"
SUMS = "校验和.txt"
ALWAYS = (PRINT, LEDGER_PDF, LEDGER_XLSX, LABELS, GUIDE)
"""Files that every bundle has beside its bag."""
_WHAT = {
    PRINT: "全部档案，按支部、人员排列，供打印（归档用的单册在 bag/data/dossiers）",
    LEDGER_PDF: "交接登记台账，供打印、签字",
    LEDGER_XLSX: "交接登记台账的电子表格",
    LABELS: "卷脊标签和档案盒标签，按四边标记裁切",
    REVIEWS: "组织员审核单，按支部、人员排列，移交前审核用；不归档，不随档案移交",
    SUMS: "以上文件和归档包清单的 SHA-256；核对用 jishi verify 移交包文件夹，或 sha256sum -c",
    f"{BAG}/": "BagIt 归档包：单册档案、本人记录、扫描件、台账和校验码；核对用 jishi verify",
}


@dataclass(frozen=True, slots=True)
class ScanNote:
    """A scan that was bound in, without its content: a branch has more of it than fits into memory."""

    code: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Content:
    """The prints that go into one bundle. `dossiers`, `reviews`: each person with the print, in the order of the whole."""

    name: str
    root: Path
    branches: Mapping[str, str]
    dossiers: Sequence[tuple[Person, Path]]
    reviews: Sequence[tuple[Person, Path]]
    as_of: date
    duplex: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What is said of them, and what else comes along. `commit`: empty where the records are in none."""

    ledger: Ledger
    scans: Mapping[str, Sequence[ScanNote]]
    commit: str


def join_prints(folder: Path, content: Content) -> Joined:
    """Joins the dossiers in one file of the folder, and the review sheets in another; tells of the dossiers."""
    joined = _join(folder / PRINT, content, content.dossiers, CONCATENATED)
    if content.reviews:
        _join(folder / REVIEWS, content, content.reviews, headings.REVIEW)
    return joined


def _join(target: Path, content: Content, prints: Sequence[tuple[Person, Path]], title: str) -> Joined:
    parts = [Part(content.branches[each.branch], f"{each.name}　{each.id}", path) for each, path in prints]
    return concatenate(parts, target, title=f"{title}（{content.name}）", day=content.as_of, duplex=content.duplex)


def write_bundle(
    folder: Path,
    content: Content,
    account: Account,
    joining: Callable[[], Joined],
    sheets: Callable[[], Sequence[Path]],
) -> int:
    """Fills a folder in which the prints are being joined; returns the pages of the dossiers. Raises `OSError` and `JishiError`.

    `joining`, `sheets`: wait for the joined prints, and for the printed ledger and the labels.
    """
    (folder / LEDGER_XLSX).write_bytes(ledger_xlsx(account.ledger))
    (folder / GUIDE).write_text(_guide(content, account.ledger), encoding="utf-8")
    _fill_bag(folder / BAG, content, account.scans)
    joined = joining()
    for records in joined.attached:
        for name, slice_ in records.items():
            (folder / BAG / "records" / name).write_bytes(slice_)
    for path, name in zip(sheets(), (LEDGER_PDF, LABELS), strict=True):
        shutil.copyfile(path, folder / name)
    for name in (LEDGER_PDF, LEDGER_XLSX):
        shutil.copyfile(folder / name, folder / BAG / "ledger" / name)
    _close_bag(folder / BAG, content.name, account)
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    sums = sums_of(folder, [*names, f"{BAG}/{TAGS}"])
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    return joined.pages


def _fill_bag(bag: Path, content: Content, scans: Mapping[str, Sequence[ScanNote]]) -> None:
    for part in ("dossiers", "records", "ledger"):
        (bag / part).mkdir(parents=True)
    for person, path in content.dossiers:
        shutil.copyfile(path, bag / "dossiers" / f"{person.id}.pdf")
        _copy_scans(content.root, scans.get(person.id, ()), bag / "scans" / person.id)


def _close_bag(bag: Path, name: str, account: Account) -> None:
    ledger = account.ledger
    info = {
        "Source-Organization": ledger.unit,
        "External-Description": f"{'、'.join(ledger.branches)}入党材料档案，共{len(ledger.rows)}人",
        "External-Identifier": name,
        "Internal-Sender-Description": f"依据支部记录编制，所载情况截至{ledger.as_of_text}，记录版本{ledger.commit}",
    }
    if account.commit:
        info["Internal-Sender-Identifier"] = account.commit
    make_bag(bag, info, ledger.as_of)


def _copy_scans(root: Path, notes: Iterable[ScanNote], folder: Path) -> None:
    for number, note in enumerate(notes, 1):
        folder.mkdir(parents=True, exist_ok=True)
        scan = (root / note.path).read_bytes()
        if hashlib.sha256(scan).hexdigest() != note.digest:
            raise JishiError(f"扫描件 {note.path} 在生成过程中被改动", "请重新运行。")
        (folder / f"{number:02}-{note.code}-{Path(note.path).name}").write_bytes(scan)


def _guide(content: Content, ledger: Ledger) -> str:
    said = [
        MARK,
        "",
        f"支部：{'、'.join(ledger.branches)}",
        f"人数：{len(ledger.rows)}",
        f"截至：{ledger.as_of_text}",
        f"记录版本：{ledger.commit}",
        "",
        *(f"{name}　{what}" for name, what in _WHAT.items()),
        "",
        "双面打印：每册从右手页（正面）开始，空白页已补齐。" if content.duplex else "单面打印：未补空白页。",
        *(f"未列入：{each.person}，档案未能生成（{each.reason}）" for each in ledger.left_out),
    ]
    return "\n".join(said) + "\n"
