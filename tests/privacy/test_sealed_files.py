"""`check` looks at sealed files from outside: whose they are, whether they are sealed and whole, and for how many."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from generator.diagnostics import Severity
from generator.privacy import armor
from generator.privacy.blocks import seal
from generator.privacy.recipients import read_recipients
from generator.records.corpus import Corpus, load_corpus, load_structure
from generator.records.walk import classify
from tests.privacy.invented import MOBILE, NUMBER
from tests.privacy.sealing import Key, allow
from tests.records.samples import TREE, schemas, write_tree

SCHEMAS = schemas()
AGE = "data/cs/ug-1/people/2021030117.age"


@pytest.fixture
def tree(tmp_path: Path, key: Key) -> Path:
    write_tree(tmp_path, TREE)
    allow(tmp_path, key)
    (tmp_path / AGE).write_bytes(seal("2021030117", {"mobile": MOBILE}, read_recipients(tmp_path)))
    return tmp_path


def said(root: Path) -> list[tuple[str, str]]:
    return [(one.code, one.place.path) for one in _load(root).findings]


def _load(root: Path) -> Corpus:
    return load_corpus(root, SCHEMAS)


def test_a_whole_sealed_file_beside_its_person_is_fine(tree: Path) -> None:
    found = _load(tree)
    assert found.findings == ()
    assert found.files == len(TREE) + 2
    record = classify(AGE)
    assert record is not None
    assert (record.kind, record.id, record.branch) == ("sealed", "2021030117", "ug-1")


def test_git_on_windows_may_change_the_line_ends(tree: Path) -> None:
    (tree / AGE).write_bytes((tree / AGE).read_bytes().replace(b"\n", b"\r\n"))
    assert said(tree) == []


def test_a_sealed_file_without_a_person(tree: Path) -> None:
    (tree / AGE).rename(tree / "data/cs/ug-1/people/2021030118.age")
    assert said(tree) == [("SEC003", "data/cs/ug-1/people/2021030118.age")]


def test_a_sealed_file_left_behind_says_where_the_person_went(tree: Path) -> None:
    (tree / "data/office/st-1/people").mkdir(parents=True)
    (tree / "data/office/st-1/branch.yaml").write_text("name: 机关支部\nkind: staff\n", encoding="utf-8")
    (tree / AGE).rename(tree / "data/office/st-1/people/2021030117.age")
    (one,) = _load(tree).findings
    assert one.code == "SEC003"
    assert "data/cs/ug-1/people/2021030117.yaml" in one.hint


@pytest.mark.parametrize("text", [f"身份证号: {NUMBER}\n手机: {MOBILE}\n", "住址: 甲省\n", "YWdl\n"])
def test_a_plain_file_called_age_is_an_error_and_is_not_repeated(tree: Path, text: str) -> None:
    (tree / AGE).write_text(text, encoding="utf-8")
    found = _load(tree)
    codes = [one.code for one in found.findings]
    assert codes == (["SEC001", "SEC002", "SEC004"] if NUMBER in text else ["SEC004"])
    assert all(one.severity is Severity.ERROR and one.person == "2021030117" for one in found.findings)
    assert NUMBER not in repr(found.findings)
    assert MOBILE not in repr(found.findings)


def damage(raw: bytes) -> dict[str, bytes]:
    lines = raw.splitlines(keepends=True)
    inside = base64.b64decode(b"".join(lines[1:-1]))
    conflict = [lines[0], b"<<<<<<< HEAD\n", *lines[1:4], b"=======\n", *lines[1:]]
    return {
        "empty": b"",
        "binary": inside,
        "cut off": raw[: len(raw) // 2],
        "without its end": b"".join(lines[:-1]),
        "merge conflict": b"".join(conflict),
        "line lost": b"".join(lines[:2] + lines[3:]),
        "no header": b"".join([lines[0], base64.b64encode(b"x" * 30) + b"\n", lines[-1]]),
        "text behind": raw + b"1\n",
        "nothing inside": lines[0] + lines[-1],
    }


@pytest.mark.parametrize("how", damage(b"-----BEGIN\nAAAA\n-----END\n"))
def test_a_damaged_block_is_an_error(tree: Path, how: str) -> None:
    raw = (tree / AGE).read_bytes()
    assert armor.look_at(raw).state == "sealed"
    (tree / AGE).write_bytes(damage(raw)[how])
    assert said(tree) == [("SEC005", AGE)]


def test_sealed_for_others_than_those_on_the_list(tree: Path, key: Key, other_key: Key) -> None:
    allow(tree, key, other_key)
    (one,) = _load(tree).findings
    assert (one.code, one.severity) == ("SEC006", Severity.WARNING)
    assert "rekey" in one.hint


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["SEC008"]),
        ("# 无人\n", ["SEC008"]),
        ("age1abc\n", ["SEC008"]),
        ("AGE-SECRET-KEY-1" + "Q" * 58 + "\n", ["SEC007", "SEC008"]),
    ],
)
def test_a_list_of_recipients_that_cannot_be_used(tree: Path, text: str, codes: list[str]) -> None:
    (tree / "data/recipients.txt").write_text(text, encoding="utf-8")
    found = _load(tree)
    assert [one.code for one in found.findings] == codes
    assert "QQQ" not in repr(found.findings)


def test_no_list_at_all(tree: Path) -> None:
    (tree / "data/recipients.txt").unlink()
    assert said(tree) == [("SEC008", "data/recipients.txt")]


def test_a_private_key_in_a_record_is_found(tree: Path) -> None:
    path = "data/cs/ug-1/branch.yaml"
    (tree / path).write_text(
        (tree / path).read_text(encoding="utf-8") + "# AGE-SECRET-KEY-1" + "Q" * 58 + "\n", encoding="utf-8"
    )
    assert said(tree) == [("SEC007", path)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/cs/2021030117.age", "YML034"),
        ("data/cs/ug-1/events/2021030117.age", "YML034"),
        ("data/cs/ug-1/people/2021030117.AGE", "YML034"),
        ("data/cs/ug-1/people/张三.age", "YML033"),
        ("data/cs/ug-1/people/2021030117.yaml.age", "YML033"),
    ],
)
def test_a_sealed_file_in_another_place_is_told(tree: Path, path: str, code: str) -> None:
    (tree / path).write_bytes((tree / AGE).read_bytes())
    assert (code, path) in said(tree)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_sealed_file(tree: Path) -> None:
    (tree / AGE).chmod(0)
    assert said(tree) == [("YML030", AGE)]


def test_the_public_site_does_not_look_at_sealed_files(tree: Path) -> None:
    (tree / AGE).write_text("x", encoding="utf-8")
    assert load_structure(tree, SCHEMAS).findings == ()
