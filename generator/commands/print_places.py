"""Where prints may be put: the one rule for every command that takes a folder or a file for them."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import JishiError

_PUBLIC = ("site", "build/public")
_KEPT = ("data", "schema", "templates", ".git")
"""Below the root; what is printed there would be published, or taken for a record, a definition or a template."""


def refuse_place(out: Path, root: Path, named: bool = True) -> None:
    """Raises `JishiError` when no print may lie there. `named`: the print names people; inside the repository it then lies only below
    build/, which git ignores."""
    target, inside = out.resolve(), root.resolve()
    hint = "请换一个仓库以外的文件夹，或者不写这一选项。"
    for folder in _PUBLIC:
        if target.is_relative_to((inside / folder).resolve()):
            raise JishiError(f"{out} 属于公开网站，不能放打印的文件", hint)
    for folder in _KEPT:
        if target.is_relative_to((inside / folder).resolve()):
            raise JishiError(f"{out} 在记录仓库的 {folder}/ 里，不能放打印的文件", hint)
    if named and target.is_relative_to(inside) and not target.is_relative_to(inside / "build"):
        raise JishiError(f"打印的文件写有姓名，在记录仓库里只能放在 build/ 之下：{out}", hint)
