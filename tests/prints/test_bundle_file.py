"""Dossiers put together for the printer: every page once, bookmarks to the right pages, right-hand pages where they must be."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.diagnostics import JishiError
from generator.prints.bundle_file import Part, concatenate

DAY = date(2024, 1, 10)
A4 = (595, 842)


def dossier(folder: Path, name: str, pages: int) -> Path:
    """A PDF whose pages say which they are."""
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=A4)
            page.Contents = pdf.make_stream(f"% {name} {number}\n".encode())
            page.obj["/StructParents"] = number
            page.obj["/Annots"] = pikepdf.Array()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("封面", 0, "Fit"))
            outline.root.append(pikepdf.OutlineItem("目录", 1, "Fit"))
        path = folder / f"{name}.pdf"
        pdf.save(path)
    return path


@pytest.fixture
def parts(tmp_path: Path) -> list[Part]:
    return [
        Part("甲支部", "张某", dossier(tmp_path, "a", 5)),
        Part("甲支部", "李某", dossier(tmp_path, "b", 2)),
        Part("乙支部", "王某", dossier(tmp_path, "c", 3)),
    ]


def made(parts: list[Part], folder: Path, duplex: bool) -> pikepdf.Pdf:
    target = folder / "print.pdf"
    pages = concatenate(parts, target, title="档案", day=DAY, duplex=duplex).pages
    pdf = pikepdf.open(target)
    assert len(pdf.pages) == pages
    return pdf


def texts(pdf: pikepdf.Pdf) -> list[str]:
    return ["" if "/Contents" not in page else bytes(page.Contents.read_bytes()).decode()[2:-1] for page in pdf.pages]


def bookmarks(pdf: pikepdf.Pdf) -> Any:
    where = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def read(items: Iterable[Any]) -> list[Any]:
        return [(item.title, where[item.destination[0].objgen], read(item.children)) for item in items]

    with pdf.open_outline() as outline:
        return read(outline.root)


def test_one_sided_has_every_page_and_nothing_more(parts: list[Part], tmp_path: Path) -> None:
    pdf = made(parts, tmp_path, duplex=False)
    assert texts(pdf) == ["a 1", "a 2", "a 3", "a 4", "a 5", "b 1", "b 2", "c 1", "c 2", "c 3"]


def test_two_sided_begins_on_right_hand_pages(parts: list[Part], tmp_path: Path) -> None:
    pdf = made(parts, tmp_path, duplex=True)
    assert texts(pdf) == ["a 1", "a 2", "a 3", "a 4", "a 5", "", "b 1", "b 2", "c 1", "c 2", "c 3", ""]
    assert all([float(edge) for edge in page.mediabox] == [0, 0, *A4] for page in pdf.pages)
    assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def test_bookmarks_lead_from_branch_to_person_to_part(parts: list[Part], tmp_path: Path) -> None:
    assert bookmarks(made(parts, tmp_path, duplex=True)) == [
        (
            "甲支部",
            1,
            [
                ("张某", 1, [("封面", 1, []), ("目录", 2, [])]),
                ("李某", 7, [("封面", 7, []), ("目录", 8, [])]),
            ],
        ),
        ("乙支部", 9, [("王某", 9, [("封面", 9, []), ("目录", 10, [])])]),
    ]


@pytest.mark.parametrize("duplex", [False, True])
def test_file_is_sound_and_the_same_each_time(parts: list[Part], tmp_path: Path, duplex: bool) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for target in (first, second):
        concatenate(parts, target, title="档案", day=DAY, duplex=duplex)
    checked = subprocess.run(["qpdf", "--check", first], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "WARNING" not in checked.stderr
    assert first.read_bytes() == second.read_bytes()


def test_nothing_refers_to_what_stayed_behind(parts: list[Part], tmp_path: Path) -> None:
    pdf = made(parts, tmp_path, duplex=False)
    assert not any(key in page for page in pdf.pages for key in ("/StructParents", "/Annots"))
    assert pdf.docinfo["/CreationDate"] == "D:20240110000000Z"


def test_damaged_dossier_is_named(parts: list[Part], tmp_path: Path) -> None:
    parts[1].path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(JishiError, match=r"b\.pdf 不是完好的 PDF"):
        concatenate(parts, tmp_path / "print.pdf", title="档案", day=DAY, duplex=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_an_error_of_the_system(parts: list[Part]) -> None:
    with pytest.raises(OSError, match="No space"):
        concatenate(parts, Path("/dev/full"), title="档案", day=DAY, duplex=False)


def test_interrupt_while_writing_ends_the_run_not_the_process(
    parts: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = pikepdf.Pdf.save

    def interrupted(self: pikepdf.Pdf, sink: Any, **options: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        save(self, sink, **options)

    monkeypatch.setattr(pikepdf.Pdf, "save", interrupted)
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        concatenate(parts, tmp_path / "print.pdf", title="档案", day=DAY, duplex=False)
    assert signal.getsignal(signal.SIGINT) is handler
    with pikepdf.open(tmp_path / "print.pdf") as pdf:
        assert len(pdf.pages) == 10
