"""Which of our prints a PDF is, and what to say of those that hold nothing to verify."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.views import headings

CONCATENATED = f"{headings.DOSSIER}合订打印件"
"""What the title of a print of many dossiers begins with; that of one dossier does not."""

_OF_PERSON = re.compile(r"(.+)（([0-9A-Za-z_.-]+)）")
_DOCUMENT = re.compile(r"M\d\d\.txt")
_AGAIN = "请换用未损坏的副本，或从记录重新生成。"
_OTHERS = {
    "ledger.yaml": ("交接登记台账", "台账随移交包核对：jishi verify 移交包文件夹。"),
    "manual.yaml": ("支部手册", "手册不载记录，要看现在的内容，重新运行 jishi manual。"),
    "labels.yaml": ("卷脊和档案盒标签", "标签随移交包核对：jishi verify 移交包文件夹。"),
}


class Kind(Enum):
    """What can be verified: prints of one person that show the digest of the slice attached to them."""

    DOSSIER = "档案"
    FORM = "表"


class ForeignFileError(JishiError):
    """There is nothing to verify: not a file that we made, or one that rests on no slice."""


class DamagedFileError(JishiError):
    """A PDF that cannot be opened, or has lost what it was made with."""


def kind_of(pdf: Any, path: Path, ours: bool) -> tuple[Kind, str]:
    """Kind and person of an open file. `ours`: our name stands somewhere in it. Raises `ForeignFileError` and `DamagedFileError`."""
    if ours and "/Title" not in pdf.docinfo:
        raise DamagedFileError(f"{path} 已损坏，读不出是谁的档案", _AGAIN)
    title, names = str(pdf.docinfo.get("/Title", "")), list(pdf.attachments)
    if str(pdf.docinfo.get("/Creator", "")) != "jishi":
        raise ForeignFileError(
            f"{path} 不是 jishi 生成的个人档案或表", "请给出 jishi dossier 或 jishi form 生成的 PDF，或移交包文件夹。"
        )
    _refuse_others(path, title, names)
    found = _OF_PERSON.fullmatch(title)
    if found is None:
        raise ForeignFileError(
            f"{path} 是空白表，没有取自记录的内容，不需要核对", "需要时用 jishi form --blank 重新生成。"
        )
    return Kind.DOSSIER if found[1] == headings.DOSSIER else Kind.FORM, found[2]


def _refuse_others(path: Path, title: str, names: list[str]) -> None:
    if title.startswith(CONCATENATED):
        raise ForeignFileError(
            f"{path} 是合订的打印文件，只供打印，不能核对",
            "核对移交包：jishi verify 移交包文件夹；单册档案在 bag/data/dossiers。",
        )
    if title.startswith(headings.REVIEW):
        raise ForeignFileError(
            f"{path} 是审核单，供组织员审核用，不归档，不能核对", "要看现在的情况，重新运行 jishi dossier。"
        )
    for name in names:
        if name in _OTHERS:
            what, hint = _OTHERS[name]
            raise ForeignFileError(f"{path} 是{what}，不能单独核对", hint)
        if _DOCUMENT.fullmatch(name):
            raise ForeignFileError(
                f"{path} 是公文，没有校验码，不能核对", "定稿以办公室用印的为准；要与记录对照，用 jishi form 重新生成。"
            )
