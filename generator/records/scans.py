"""Scans named in the records: where one lies, and whether it can be one, as far as its size and first bytes tell.

What only reading it to the end can show (damage, a password, too many pages) is told when it is printed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import normpath
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple

from generator.os_errors import reason
from generator.records.stamps import Stamp, stamped
from generator.records.walk import DATA

MAX_BYTES = 50_000_000
"""A scan beyond that is a photograph album, not a paper."""
HEAD = 1024
"""Readers of PDF look for its mark in so many bytes."""
TOO_BIG = "按 200 dpi 重新扫描（灰度即可），或分成几份登记"
NOT_FOUND, NOT_FIT = "REF011", "REF012"

_MARKS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
}
_POINTER = b"version https://git-lfs"
_FROM_WHERE = "路径从该记录所在文件夹或 data/ 写起；须是 PDF 或图像文件"

Listed = Mapping[str, "os.DirEntry[str]"]
"""Path from the root → a file that is no record, no link, and lies behind no link."""


class ScanFault(NamedTuple):
    """`why` continues a sentence that begins with the file."""

    code: str
    why: str
    hint: str


class Found(NamedTuple):
    """`path` from the root of the records, without links and dots."""

    path: str
    status: os.stat_result


def kind_of(head: bytes) -> str | None:
    """PDF, JPEG, PNG or TIFF by the first bytes; None: nothing that can be printed."""
    for mark, kind in _MARKS.items():
        if head.startswith(mark):
            return kind
    return "PDF" if b"%PDF-" in head[:HEAD] else None


def find(root: Path, folder: str, written: str, listed: Listed | None = None) -> Found | ScanFault:
    """First beside the record, then below data/; never outside it, by whatever way. `folder` of the record, from the root."""
    if written.startswith("/") or "\\" in written or "\0" in written:
        return ScanFault(NOT_FOUND, "须写相对路径，用 / 分隔", "从该记录所在文件夹或 data/ 写起")
    outside, other = False, ""
    for base in (folder, DATA):
        path = f"{base}/{written}"
        plain = normpath(path)
        entry = listed.get(plain) if listed and ".." not in written else None
        try:
            if entry is not None:
                status, real = entry.stat(follow_symlinks=False), plain
            else:
                status, real = (root / path).stat(), _without_links(root, path)
        except PermissionError as error:
            other = f"无法读取：{reason(error)}"
            continue
        except (OSError, ValueError):
            outside = outside or not plain.startswith(f"{DATA}/")
            continue
        if not real:
            outside = True
        elif S_ISREG(status.st_mode):
            return Found(real, status)
        else:
            other = "是文件夹" if S_ISDIR(status.st_mode) else "不是普通文件"
    return ScanFault(NOT_FOUND, other or ("不在 data/ 之内" if outside else "不存在"), _FROM_WHERE)


def _without_links(root: Path, path: str) -> str:
    """Empty: outside."""
    top, real = (root / DATA).resolve(), (root / path).resolve()
    return f"{DATA}/{real.relative_to(top).as_posix()}" if real.is_relative_to(top) else ""


def fault_of(root: Path, found: Found) -> ScanFault | None:
    """What its size and first bytes say against a file."""
    size = found.status.st_size
    if size > MAX_BYTES:
        return ScanFault(NOT_FIT, f"有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB", TOO_BIG)
    try:
        with (root / found.path).open("rb", buffering=0) as source:
            head = source.read(HEAD)
    except OSError as error:
        return ScanFault(NOT_FIT, f"无法读取：{reason(error)}", "请检查文件权限")
    if not head:
        return ScanFault(NOT_FIT, "是空文件", "重新扫描，或改正路径")
    if head.startswith(_POINTER):
        return ScanFault(NOT_FIT, "是 Git LFS 的占位文件，内容没有取回", "请运行 git lfs pull")
    return None if kind_of(head) else ScanFault(NOT_FIT, "无法识别", "请转换为 PDF、JPEG、PNG 或 TIFF")


Kept = dict[str, tuple[tuple[Any, ...], tuple[str, str, str] | None]]
"""Path → stamp, fault."""


class ScanFaults:
    """What is wrong with scans. A file is opened once, and not at all when it is as it was in an earlier run.

    `kept` gives what was known then. `said` is what was asked in this run: (folder of the record, path as written) → fault.
    """

    def __init__(self, root: Path, listed: Listed, kept: Callable[[], Any]) -> None:
        self._root, self._listed, self._kept = root, listed, kept
        self._known: Kept | None = None
        self._seen: Kept = {}
        self.said: dict[tuple[str, str], ScanFault | None] = {}

    def __call__(self, folder: str, written: str) -> ScanFault | None:
        """`folder` of the record that names the scan."""
        asked = folder, written
        if asked not in self.said:
            found = find(self._root, folder, written, self._listed)
            self.said[asked] = found if isinstance(found, ScanFault) else self._fault(found)
        return self.said[asked]

    def news(self) -> Kept | None:
        """What is to be kept for the next run; None when it is kept already."""
        return self._seen if self._seen != self._known and (self._seen or self._known) else None

    def _fault(self, found: Found) -> ScanFault | None:
        if self._known is None:
            kept = self._kept()
            self._known = kept if isinstance(kept, dict) else {}
        stamp, fault = self._known.get(found.path, (None, None))
        if stamp is None or not Stamp(*stamp).holds(found.status):
            now = time.time_ns()
            stamp, told = tuple(stamped(found.status, b"", now)), fault_of(self._root, found)
            fault = (told.code, told.why, told.hint) if told is not None else None
        self._seen[found.path] = stamp, fault
        return ScanFault(*fault) if fault is not None else None
