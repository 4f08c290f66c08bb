"""What a print of ours must say of itself, and what none of ours ever holds: either way a file has not stayed as it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from generator.prints.made_of import ENTRY

_STAMP = re.compile(r"D:(\d{8})(?:\d{6}(?:Z|[+-]\d\d'\d\d'?)?)?")
_KEY = re.compile(r"[0-9a-f]{64}")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CATALOGUE = _names(
    "/AF /Lang /MarkInfo /Metadata /Names /Outlines /OutputIntents /PageLayout /PageMode /Pages /StructTreeRoot /Type"
    " /ViewerPreferences"
)
_NAMES = _names("/Dests /EmbeddedFiles")
_LINK = _names("/BS /Border /Contents /Dest /F /H /M /NM /P /QuadPoints /Rect /StructParent /Subtype /Type")
_ACTIONS = "动作或脚本"
_LAYERS = "可选内容图层"
_FORMS = "可填的表单"
_PARTS = {
    **dict.fromkeys(("/OpenAction", "/AA", "/JavaScript", "/JS"), _ACTIONS),
    **dict.fromkeys(("/OCProperties", "/OC", "/OCGs"), _LAYERS),
    **dict.fromkeys(("/AcroForm", "/XFA"), _FORMS),
    **dict.fromkeys(("/Alternates", "/OPI"), "打印时替换的图像"),
}
"""Entry → what it brings in, wherever it stands."""
_KINDS_OF_ACTION = _names(
    "/GoTo /GoTo3DView /GoToDp /GoToE /GoToR /Hide /ImportData /JavaScript /Launch /Movie /Named /Rendition /ResetForm"
    " /RichMediaExecute /SetOCGState /Sound /SubmitForm /Thread /Trans /URI"
)
_HINT = re.compile(
    b"|".join(
        re.escape(word.encode()) + rb"(?![A-Za-z0-9])"
        for word in sorted({*_PARTS, *_KINDS_OF_ACTION, "/OCG", "/OCMD", "/EF", "/EmbeddedFile"})
    )
)
"""Most of a print are tags, thousands of them: only what has one of these words in it is looked into."""


def day_of(stamp: str) -> date | None:
    """The day of a date as PDF writes it; None when it is none."""
    found = _STAMP.fullmatch(stamp)
    try:
        return datetime.strptime(found[1], "%Y%m%d").date() if found else None
    except ValueError:
        return None


def missing_parts(pdf: Any) -> Iterator[str]:
    """One Chinese line for each property that every print of ours has and this file, open in pikepdf, has not."""
    for entry, name in (("/CreationDate", "生成日期"), (f"/{ENTRY}", "印制标识")):
        said = str(pdf.docinfo.get(entry, ""))
        if not said:
            yield f"文件缺少本程序所写的{name}（{entry[1:]}）"
        elif day_of(said) is None if entry == "/CreationDate" else not _KEY.fullmatch(said):
            yield f"文件缺少本程序所写的{name}：{entry[1:]} 写的是“{said[:30]}”，不可能是原来的"


def foreign_parts(pdf: Any) -> Iterator[str]:
    """One Chinese line for each thing that no print of ours holds: actions, layers, notes, forms, more files, a password."""
    if pdf.is_encrypted:
        yield "文件加了密码或权限限制，本程序不加"
    found = dict.fromkeys(_parts(pdf))
    yield from (f"文件含有{what}，本程序不写这些" for what in found)
    if others := sorted(_entries(pdf.Root) - _CATALOGUE - _PARTS.keys()):
        yield f"文件含有本程序不写的条目：{'、'.join(name[1:] for name in others)}"
    if others := sorted(_entries(pdf.Root.get("/Names")) - _NAMES - _PARTS.keys()):
        yield f"文件含有本程序不写的名称表：{'、'.join(name[1:] for name in others)}"
    for number, page in enumerate(pdf.pages, 1):
        if any(_is_foreign_note(note) for note in page.obj.get("/Annots") or ()):
            yield f"第 {number} 页有册内链接以外的批注"


def _is_foreign_note(note: Any) -> bool:
    entries = _entries(note)
    return "/Subtype" not in entries or note.Subtype != "/Link" or not entries <= _LINK


def _entries(item: Any) -> set[str]:
    import pikepdf

    return set(item.keys()) if isinstance(item, pikepdf.Dictionary) else set()


def _parts(pdf: Any) -> Iterator[str]:
    files: set[tuple[int, int]] = set()
    for item in _dictionaries(pdf):
        yield from (_PARTS[entry] for entry in sorted(_entries(item) & _PARTS.keys()))
        if str(item.get("/S", "")) in _KINDS_OF_ACTION:
            yield _ACTIONS
        if str(item.get("/Type", "")) in ("/OCG", "/OCMD"):
            yield _LAYERS
        files |= {item.EF[name].objgen for name in _entries(item.get("/EF")) if _is_stream(item.EF[name])}
    files |= {item.objgen for item in pdf.objects if _is_stream(item) and str(item.get("/Type", "")) == "/EmbeddedFile"}
    if len(files) > 1:
        yield "记录片段以外的附件"


def _is_stream(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """Every dictionary of the file that may hold what is looked for, those within others too."""
    import pikepdf

    for whole in pdf.objects:
        top = whole.stream_dict if isinstance(whole, pikepdf.Stream) else whole
        if not isinstance(top, pikepdf.Dictionary | pikepdf.Array) or not _HINT.search(top.unparse(resolved=True)):
            continue
        waiting = [top]
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Dictionary):
                yield item
                inner = [value for _, value in item.items()]
            else:
                inner = list(item)
            waiting += [
                value
                for value in inner
                if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
            ]
