"""Reads a printed dossier, or a form of one person: what it says of itself on its pages, in its footer's code and in what is attached."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.prints.foreign_parts import day_of, foreign_parts, missing_parts
from generator.prints.made_of import ENTRY
from generator.prints.page_sequence import catalogue_faults, sequence_faults
from generator.prints.print_kinds import DamagedFileError, ForeignFileError, Kind, kind_of
from generator.prints.qr import qr_png
from generator.views.slice import DIGEST_SHOWN
from generator.views.slice_history import digest_of

_FOOTER = re.compile(rf"校验码\s*([0-9a-f]{{{DIGEST_SHOWN}}})")
_ID = re.compile(rb"/ID ?\[<([0-9a-f]{32})>")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


@dataclass(frozen=True, slots=True)
class PrintedDossier:
    """`text`: the attached slice; `shown`: every digest that stands on a page; `untouched`: no byte has changed since it was made, unless
    the identifier was worked out anew; `sequence`, `catalogue`: faults of the page numbers, a Chinese line each; `parts`: what every print
    of ours has and this has not, and what none holds and this does.

    `made_of`: the key of what it says it was made from, `day`: that its content is of; empty and None when it does not say, a fault.
    """

    kind: Kind
    person: str
    content: bytes
    text: bytes
    shown: frozenset[str]
    pages_without: tuple[int, ...]
    coded: bool
    untouched: bool
    pages: int
    sequence: tuple[str, ...]
    catalogue: tuple[str, ...]
    parts: tuple[str, ...]
    made_of: str
    day: date | None

    @property
    def sound(self) -> bool:
        """Whether nothing of the file contradicts anything else of it."""
        faults = (*self.sequence, *self.catalogue, *self.parts)
        return self.untouched and self.agrees and self.coded and not faults

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
            kind, person = kind_of(pdf, path, b"jishi" in content)
            return _read(pdf, kind, person, content, path)
    except pikepdf.PdfError as error:
        raise DamagedFileError(f"{path} 已损坏，无法打开", "请换用未损坏的副本，或从记录重新生成。") from error


def _read(pdf: Any, kind: Kind, person: str, content: bytes, path: Path) -> PrintedDossier:
    import pypdfium2

    text, whole = _slice(pdf, person, path), kind is Kind.DOSSIER
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(f"{path} 已损坏，无法读取", "请换用未损坏的副本，或从记录重新生成。") from error
    try:
        shown, without = _footers(document)
        return PrintedDossier(
            kind=kind,
            person=person,
            content=content,
            text=text,
            shown=shown,
            pages_without=without,
            coded=not whole or _is_coded(pdf, person, digest_of(text)),
            untouched=_is_untouched(content),
            pages=len(pdf.pages),
            sequence=sequence_faults(document, cover=whole),
            catalogue=catalogue_faults(pdf, document),
            parts=(*missing_parts(pdf), *foreign_parts(pdf)),
            made_of=str(pdf.docinfo.get(f"/{ENTRY}", "")),
            day=day_of(str(pdf.docinfo.get("/CreationDate", ""))),
        )
    finally:
        document.close()


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


def _footers(document: Any) -> tuple[frozenset[str], tuple[int, ...]]:
    shown: set[str] = set()
    without = []
    for number, page in enumerate(document, 1):
        found = _FOOTER.findall(page.get_textpage().get_text_bounded())
        shown.update(found)
        if not found:
            without.append(number)
    return frozenset(shown), tuple(without)


def _is_untouched(content: bytes) -> bool:
    """The identifier of a file of ours is the MD5 of all that stands before its cross-reference stream. Anybody can work it out anew:
    it shows what happened by accident, and no more.
    """
    end, named = _START.search(content), _ID.search(content)
    if end is None or named is None:
        return False
    body = content[: int(end[1])]
    return hashlib.md5(body, usedforsecurity=False).hexdigest().encode() == named[1]
