"""What the system refuses is said in Chinese, whatever the language of the machine."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from generator.definitions.source import Shelf
from generator.diagnostics import JishiError
from generator.os_errors import is_refusal, reason
from generator.site.tree import write_changed


def test_every_reason_is_chinese() -> None:
    assert len(errno.errorcode) > 50
    for number in errno.errorcode:
        said = reason(OSError(number, os.strerror(number)))
        assert os.strerror(number) not in said
        assert re.search("[一-鿿]", said)
    assert re.search("[一-鿿]", reason(OSError("without a number")))


def test_common_refusals_are_told_apart() -> None:
    common = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.ENOTDIR, errno.EISDIR, errno.EBUSY)
    said = {reason(OSError(number, "")) for number in common}
    assert len(said) == len(common)
    assert all(is_refusal(OSError(number, "")) for number in common)
    assert not is_refusal(OSError(errno.EINVAL, ""))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(JishiError) as caught:
        write_changed(tmp_path / "index.html", b"")
    assert "应为文件的地方是文件夹" in caught.value.message
    assert "directory" not in caught.value.message


def test_a_definition_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (tmp_path / "x.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(JishiError, match="没有权限"):
        Shelf((tmp_path,)).read("x.yaml")
