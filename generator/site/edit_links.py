"""Where a line of a record is edited in the browser or an editor: an address pattern that the organisation states. Internal pages only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from generator.diagnostics import JishiError
from generator.records.model import Organisation
from generator.views.sources import Source

EditLink = Callable[[Source], str]
_SCHEMES = ("https://", "http://", "vscode://", "vscodium://")


def edit_links(organisation: Organisation, root: Path) -> EditLink:
    """Source → address, or nothing when no pattern is stated. Raises `JishiError` for a pattern that leads nowhere."""
    pattern = str(organisation.fields.get("edit_url") or "").strip()
    if not pattern:
        return lambda source: ""
    if not pattern.startswith(_SCHEMES) or "{path}" not in pattern:
        raise JishiError(
            f"{organisation.path}：edit_url 写的不是可用的编辑地址：{pattern}",
            "以 https:// 开头，含 {path}（文件）和可选的 {line}（行），例如 "
            "https://gitee.com/单位/仓库/edit/master/{path}#L{line}。",
        )
    rooted = pattern.replace("{root}", quote(root.resolve().as_posix()))

    def link(source: Source) -> str:
        return rooted.replace("{path}", quote(source.path)).replace("{line}", str(source.line or 1))

    return link
