"""Reads a printed dossier: what it says of itself on its pages, in its footer's code and in what is attached."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.prints.qr import qr_png
from generator.views.dossier import HEADING
from generator.views.slice import DIGEST_SHOWN
from generator.views.slice_history import digest_of

_TITLE = re.compile(rf"{HEADING}（(.+)）")
_FOOTER = re.compile(rf"校验码\s*([0-9a-f]{{{DIGEST_SHOWN}}})")
_ID = re.compile(rb"/ID ?\[<([0-9a-f]{32})>")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


class ForeignFileError(JishiError):
    """Not a file that we made: there is nothing to verify."""


class DamagedFileError(JishiError):
    """A PDF that cannot be opened."""


@dataclass(frozen=True, slots=True)
class PrintedDossier:
    """`text`: the attached slice; `shown`: every digest that stands on a page; `untouched`: no byte has changed since it was made."""

    person: str
    text: bytes
    shown: frozenset[str]
    pages_without: tuple[int, ...]
    coded: bool
    untouched: bool
    pages: int

    @property
    def digest(self) -> str:
        """SHA-256 of the attached slice, its line ends as we write them."""
        return digest_of(self.text)

    @property
    def agrees(self) -> bool:
        """Whether every page shows the digest of what is attached."""
        return self.shown == {self.digest[:DIGEST_SHOWN]} and not self.pages_without


def read_dossier(path: Path) -> PrintedDossier:
    """Raises `ForeignFileError`, `DamagedFileError`, and `JishiError` when the file cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JishiError(f"无法读取 {path}：{reason(error)}", "请检查路径和权限。") from error
    if b"%PDF-" not in content[:1024]:
        raise ForeignFileError(
            f"{path} 不是 PDF 文件", "请给出 jishi dossier 生成的 PDF，或 jishi bundle 生成的归档包文件夹。"
        )
    import pikepdf

    try:
        # Opened as it stands: a library that mends a file would hide that it was damaged.
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            person = _person(pdf, path, b"jishi" in content)
            text = _slice(pdf, person, path)
            pages = len(pdf.pages)
            coded = _is_coded(pdf, person, digest_of(text))
    except pikepdf.PdfError as error:
        raise DamagedFileError(f"{path} 已损坏，无法打开", "请换用未损坏的副本，或从记录重新生成。") from error
    shown, without = _footers(content, path)
    return PrintedDossier(person, text, shown, without, coded, _is_untouched(content), pages)


def _person(pdf: Any, path: Path, ours: bool) -> str:
    if ours and "/Title" not in pdf.docinfo:
        raise DamagedFileError(f"{path} 已损坏，读不出是谁的档案", "请换用未损坏的副本，或从记录重新生成。")
    found = _TITLE.fullmatch(str(pdf.docinfo.get("/Title", "")))
    if found is None or str(pdf.docinfo.get("/Creator", "")) != "jishi":
        raise ForeignFileError(
            f"{path} 不是 jishi 生成的个人档案", "请给出 jishi dossier 生成的 PDF；合订的打印文件和审核单不能核对。"
        )
    return found[1]


def _slice(pdf: Any, person: str, path: Path) -> bytes:
    names = list(pdf.attachments)
    if len(names) != 1 or names[0] != f"{person}.yaml":
        raise DamagedFileError(
            f"{path} 没有附本人记录片段，或附件被换过", "附件被去掉的档案无从核对，请从记录重新生成。"
        )
    return bytes(pdf.attachments[names[0]].get_file().read_bytes())


def _is_coded(pdf: Any, person: str, digest: str) -> bool:
    """Whether the code on every page is that of the attached slice. The one picture of its size is drawn on each page."""
    import pikepdf
    from PIL import Image

    wanted = Image.open(io.BytesIO(qr_png(person, digest))).convert("L")
    for page in pdf.pages:
        codes = [
            pikepdf.PdfImage(image).as_pil_image().convert("L").tobytes()
            for image in page.obj.get("/Resources", {}).get("/XObject", {}).values()
            if (image.get("/Width"), image.get("/Height")) == wanted.size
        ]
        if codes != [wanted.tobytes()]:
            return False
    return True


def _footers(content: bytes, path: Path) -> tuple[frozenset[str], tuple[int, ...]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(f"{path} 已损坏，无法读取", "请换用未损坏的副本，或从记录重新生成。") from error
    shown: set[str] = set()
    without = []
    try:
        for number in range(len(document)):
            found = _FOOTER.findall(document[number].get_textpage().get_text_bounded())
            shown.update(found)
            if not found:
                without.append(number + 1)
    finally:
        document.close()
    return frozenset(shown), tuple(without)


def _is_untouched(content: bytes) -> bool:
    """The identifier of a file of ours is the MD5 of all that stands before its cross-reference stream."""
    end, named = _START.search(content), _ID.search(content)
    if end is None or named is None:
        return False
    body = content[: int(end[1])]
    return hashlib.md5(body, usedforsecurity=False).hexdigest().encode() == named[1]
