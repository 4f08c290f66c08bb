"""Files that name people: for their owner alone, and there in full or not at all."""

from __future__ import annotations

from pathlib import Path

from generator.atomic import write_atomically
from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.owner_only import FILE


def write_private(path: Path, content: bytes) -> None:
    """Raises `JishiError` when the file cannot be written; one that was there is as it was then."""
    if not path.parent.is_dir():
        raise JishiError(f"没有文件夹 {path.parent}", "先建好文件夹，或换一个位置。")
    try:
        write_atomically(path, content, durable=True, mode=FILE)
    except OSError as error:
        raise JishiError(f"无法写入 {path}：{reason(error)}", "请检查文件夹的权限和磁盘空间。") from error
