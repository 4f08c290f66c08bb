"""A bag tells whether all is there and unchanged."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import bagit
import pytest

from generator.diagnostics import JishiError
from generator.exchange.bag import is_bag, make_bag, verify_bag

INFO = {"Source-Organization": "计算机学院\n党委", "External-Description": "档案，共1人"}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return filled(tmp_path / "bag")


def filled(folder: Path) -> Path:
    (folder / "records").mkdir(parents=True)
    (folder / "records" / "0001.yaml").write_text("name: 甲\n", encoding="utf-8")
    (folder / "入党申请书.pdf").write_bytes(b"%PDF")
    make_bag(folder, INFO, date(2024, 1, 10))
    return folder


def test_whole_bag_is_valid_here_and_for_the_library(bag: Path) -> None:
    assert is_bag(bag)
    report = verify_bag(bag)
    assert report.valid
    assert report.files == 2
    assert report.info["Source-Organization"] == "计算机学院 党委"
    assert report.info["Bagging-Date"] == "2024-01-10"
    library = bagit.Bag(str(bag))
    assert library.is_valid()
    assert library.algorithms == ["sha256"]


def test_folder_that_holds_a_bag_may_be_named(bag: Path) -> None:
    assert verify_bag(bag.parent).valid


def test_same_content_gives_the_same_bytes(bag: Path, tmp_path: Path) -> None:
    other = filled(tmp_path / "again")
    names = sorted(path.relative_to(bag) for path in bag.rglob("*") if path.is_file())
    assert len(names) == 6
    assert all((bag / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_changed_file_is_named_even_at_the_same_size(bag: Path) -> None:
    (bag / "data" / "入党申请书.pdf").write_bytes(b"%pdf")
    assert verify_bag(bag).problems == ("内容已变：data/入党申请书.pdf",)


def test_everything_wrong_is_named_at_once(bag: Path) -> None:
    (bag / "data" / "入党申请书.pdf").write_bytes(b"longer than before")
    (bag / "data" / "records" / "0001.yaml").unlink()
    (bag / "data" / "more.txt").write_text("x", encoding="utf-8")
    assert verify_bag(bag).problems == (
        "缺少文件：data/records/0001.yaml",
        "多出文件：data/more.txt",
        "内容已变：data/入党申请书.pdf",
    )


def test_changed_description_is_noticed(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text(encoding="utf-8").replace("共1人", "共2人"), encoding="utf-8")
    assert "内容已变：bag-info.txt" in verify_bag(bag).problems


@pytest.mark.parametrize(
    ("name", "text"),
    [("manifest-sha256.txt", None), ("bagit.txt", "nonsense"), ("manifest-sha256.txt", "abc ../../etc/passwd\n")],
)
def test_broken_bag_is_a_finding_not_a_crash(bag: Path, name: str, text: str | None) -> None:
    (bag / name).unlink() if text is None else (bag / name).write_text(text, encoding="utf-8")
    report = verify_bag(bag)
    assert not report.valid
    assert report.problems


def test_empty_bag_is_not_taken_for_a_good_one(tmp_path: Path) -> None:
    make_bag_of_nothing = tmp_path / "bag"
    make_bag_of_nothing.mkdir()
    make_bag(make_bag_of_nothing, {}, date(2024, 1, 10))
    assert not verify_bag(make_bag_of_nothing).valid


def test_what_is_no_bag_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(JishiError, match="不是 BagIt 包"):
        verify_bag(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_said_so(bag: Path) -> None:
    (bag / "data" / "入党申请书.pdf").chmod(0)
    with pytest.raises(JishiError, match="没有权限"):
        verify_bag(bag)
