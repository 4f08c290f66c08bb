"""Definitions are those that the files hold now, also in a process that has read them before."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.definitions.load import load_definitions
from generator.definitions.shipped import shipped_root

NAME = "schema/materials.yaml"


def test_an_edited_file_is_read_again_and_an_unedited_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    own = tmp_path / NAME
    shutil.copy(shipped_root() / NAME, own)
    before = load_definitions(tmp_path)
    assert load_definitions(tmp_path) is before
    text = own.read_text(encoding="utf-8")
    assert "title: 入党申请书" in text
    own.write_text(text.replace("title: 入党申请书", "title: 试改的申请书"), encoding="utf-8")
    assert load_definitions(tmp_path).materials["M01"].title == "试改的申请书"
    own.unlink()
    assert load_definitions(tmp_path).materials["M01"].title == before.materials["M01"].title
