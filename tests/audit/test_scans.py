"""A check looks at the scans that the records name: whether they are there, inside data/, and of a kind that can be printed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.audit.audit import Audit, run_audit
from generator.diagnostics import Diagnostic
from generator.records import look, scans
from generator.records.stamps import Stamp
from tests.audit.case_files import COLLEGE

DAY = date(2026, 11, 20)
PEOPLE = "data/cs/ug-1/people"
PERSON = f"{PEOPLE}/2021030118.yaml"
EVENT = "data/cs/ug-1/events/2021-11-02-report.yaml"
PDF, JPEG, PNG, TIFF = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0"
SETTLED = time.time() - 1000


def put(root: Path, path: str, content: bytes, settled: bool = True) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if settled:
        os.utime(target, (SETTLED, SETTLED))
    return target


def person(root: Path, scan: str) -> None:
    text = f"name: 林知远\nlog:\n- step: apply\n  date: 2021-10-08\n  materials:\n  - M02\n  - code: M01\n    scan: {scan}\n"
    put(root, PERSON, text.encode())


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A college that keeps what it found, however small it is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JISHI_CACHE")
    monkeypatch.setattr(look, "KEPT_FROM", 1)
    shutil.copytree(COLLEGE / "data", tmp_path / "root/data")
    return tmp_path / "root"


def told(audit: Audit) -> list[Diagnostic]:
    return [finding for finding in audit.findings if finding.code in (scans.NOT_FOUND, scans.NOT_FIT)]


def found(root: Path) -> list[Diagnostic]:
    return told(run_audit(root, DAY))


def the_one(root: Path, code: str, text: str) -> Diagnostic:
    """The only finding about scans, at the value in the person's file."""
    (finding,) = found(root)
    assert (finding.code, finding.place.path, finding.person, finding.step) == (code, PERSON, "2021030118", "apply")
    assert finding.span is not None
    assert (finding.span.line, finding.span.column) == (8, 11)
    assert text in finding.message
    assert finding.hint
    return finding


@pytest.mark.parametrize("content", [PDF, b"\n" * 900 + PDF, JPEG, PNG, TIFF, b"MM\0*"])
@pytest.mark.parametrize("place", [f"{PEOPLE}/scans/M01", "data/scans/M01"])
def test_a_scan_beside_the_record_or_below_data_is_in_order(root: Path, content: bytes, place: str) -> None:
    person(root, "scans/M01")
    put(root, place, content)
    assert found(root) == []


def _folder(root: Path) -> None:
    (root / PEOPLE / "M01.pdf").mkdir()


def _pipe(root: Path) -> None:
    os.mkfifo(root / PEOPLE / "M01.pdf")


def _link_out(root: Path) -> None:
    (root / PEOPLE / "M01.pdf").symlink_to(put(root, "secret.pdf", PDF))


def _folder_linked_out(root: Path) -> None:
    (root / "data/scans").symlink_to(put(root, "elsewhere/M01.pdf", PDF).parent)


def _dead_link(root: Path) -> None:
    (root / PEOPLE / "M01.pdf").symlink_to("none.pdf")


def _loop(root: Path) -> None:
    (root / PEOPLE / "M01.pdf").symlink_to("M01.pdf")


def _nothing(root: Path) -> None:
    put(root, "M01.pdf", PDF)


@pytest.mark.parametrize(
    ("scan", "there", "said"),
    [
        ("M01.pdf", _nothing, "不存在"),
        ("M01.pdf", _folder, "是文件夹"),
        ("M01.pdf", _pipe, "不是普通文件"),
        ("M01.pdf", _link_out, "不在 data/ 之内"),
        ("scans/M01.pdf", _folder_linked_out, "不在 data/ 之内"),
        ("M01.pdf", _dead_link, "不存在"),
        ("M01.pdf", _loop, "不存在"),
        ("../../../../M01.pdf", _nothing, "不在 data/ 之内"),
        ("../../../../../../none.pdf", _nothing, "不在 data/ 之内"),
        ("/etc/passwd", _nothing, "须写相对路径"),
        ("scans\\M01.pdf", _nothing, "须写相对路径"),
        ("M01.pdf/more.pdf", _nothing, "不存在"),
        ("长" * 300, _nothing, "不存在"),
    ],
)
def test_a_scan_that_is_not_there(root: Path, scan: str, there: Callable[[Path], None], said: str) -> None:
    person(root, scan)
    there(root)
    assert f"“{scan}”{said}" in the_one(root, scans.NOT_FOUND, said).message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"not a picture", "无法识别"),
        (b"GIF89a", "无法识别"),
        (b"\n" * 1024 + PDF, "无法识别"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    ],
)
def test_a_scan_that_cannot_be_one(root: Path, content: bytes, said: str) -> None:
    person(root, "M01.pdf")
    put(root, f"{PEOPLE}/M01.pdf", content)
    the_one(root, scans.NOT_FIT, said)


def test_a_scan_that_is_too_big(root: Path) -> None:
    person(root, "M01.pdf")
    with put(root, f"{PEOPLE}/M01.pdf", PDF).open("r+b") as file:
        file.truncate(scans.MAX_BYTES + 1)
    the_one(root, scans.NOT_FIT, "超过 50 MB")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_scan_that_nobody_may_read(root: Path) -> None:
    person(root, "M01.pdf")
    put(root, f"{PEOPLE}/M01.pdf", PDF).chmod(0)
    the_one(root, scans.NOT_FIT, "没有权限")


def test_a_link_inside_data_is_followed(root: Path) -> None:
    person(root, "M01.pdf")
    (root / PEOPLE / "M01.pdf").symlink_to(put(root, "data/cs/archive/a.pdf", PDF))
    assert found(root) == []


def test_scans_of_an_event_are_looked_at(root: Path) -> None:
    person(root, "M01.pdf")
    put(root, f"{PEOPLE}/M01.pdf", PDF)
    own = '  "2021030118": {materials: [{code: M16, scan: own.pdf}]}\n'
    head = "step: report\ndate: 2021-11-02\nmaterials: [{code: M16, scan: all.pdf}]\npeople:\n"
    put(root, EVENT, (head + own).encode())
    seen = [(one.message, one.person, one.step, one.span and one.span.line) for one in found(root)]
    assert seen == [
        ("扫描件“all.pdf”不存在", None, "report", 3),
        ("扫描件“own.pdf”不存在", "2021030118", "report", 5),
    ]


def test_what_happens_to_a_scan_later_is_found_by_the_next_check(root: Path) -> None:
    person(root, "scans/M01.pdf")
    assert [one.message for one in found(root)] == ["扫描件“scans/M01.pdf”不存在"]
    file = put(root, "data/scans/M01.pdf", PDF)
    assert found(root) == []
    file.unlink()
    assert [one.code for one in found(root)] == [scans.NOT_FOUND]
    put(root, "data/scans/M01.pdf", b"text")
    assert [one.code for one in found(root)] == [scans.NOT_FIT]
    put(root, "data/scans/M01.pdf", PDF)
    assert found(root) == []
    put(root, f"{PEOPLE}/scans/M01.pdf", b"text")
    assert [one.code for one in found(root)] == [scans.NOT_FIT]


def test_a_folder_of_scans_moved_out_and_linked_is_found(root: Path) -> None:
    person(root, "scans/M01.pdf")
    put(root, f"{PEOPLE}/scans/M01.pdf", PDF)
    assert found(root) == []
    (root / PEOPLE / "scans").rename(root / "elsewhere")
    (root / PEOPLE / "scans").symlink_to(root / "elsewhere")
    the_one(root, scans.NOT_FOUND, "不在 data/ 之内")


def test_other_bytes_of_the_same_size_and_time_are_seen(root: Path) -> None:
    person(root, "M01.pdf")
    put(root, f"{PEOPLE}/M01.pdf", PDF)
    assert found(root) == []
    put(root, f"{PEOPLE}/M01.pdf", b"x" * len(PDF))
    the_one(root, scans.NOT_FIT, "无法识别")


def test_a_check_that_finds_nothing_changed_opens_no_scan_and_reads_no_record(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(root, "scans/M01.pdf")
    put(root, f"{PEOPLE}/scans/M01.pdf", b"text")
    monkeypatch.setattr(Stamp, "holds", lambda self, found: self.size == found.st_size)
    before = run_audit(root, DAY)
    asked: list[Path] = []
    opened = scans.fault_of

    def noted(root: Path, found: scans.Found) -> scans.ScanFault | None:
        asked.append(root / found.path)
        return opened(root, found)

    monkeypatch.setattr(scans, "fault_of", noted)
    again = run_audit(root, DAY)
    assert told(again) == told(before) != []
    assert asked == []
    assert "_made" in vars(again.corpus)
    assert vars(again.corpus)["_made"] is None


def test_only_the_beginning_of_a_scan_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person(root, "M01.pdf")
    file = put(root, f"{PEOPLE}/M01.pdf", PDF + b"x" * 5_000_000)
    asked: list[int] = []
    real = Path.open

    class Watched:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Watched:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def read(self, size: int = -1) -> bytes:
            asked.append(size)
            return bytes(self.file.read(size))

    def watched(path: Path, *args: Any, **named: Any) -> Any:
        opened = real(path, *args, **named)
        return Watched(opened) if path == file else opened

    monkeypatch.setattr(Path, "open", watched)
    assert found(root) == []
    assert asked == [scans.HEAD]
