"""Faults in templates, which a records repository may replace by its own: said with the template's name and line."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from generator.definitions.shipped import shipped_root
from generator.diagnostics import JishiError

_FOLDER = "templates"


@contextmanager
def template_faults(name: str) -> Iterator[None]:
    """Turns what goes wrong while the template `name` is read or filled into a JishiError.

    A fault that only the program can have made, such as an exception below a shipped template, is passed on.
    """
    try:
        yield
    except JishiError:
        raise
    except TemplateSyntaxError as error:
        place = f"{_shown(error.filename) if error.filename else name} 第 {error.lineno} 行"
        raise JishiError(f"{place}：模板写法有错（{error.message}）", _HINT) from error
    except UnicodeDecodeError as error:
        raise JishiError(f"模板 {name} 不是 UTF-8 编码", "请用编辑器“另存为”，编码选 UTF-8。") from error
    except Exception as error:
        frames = _frames(error)
        if not isinstance(error, TemplateError) and all(_is_shipped(file) for file, _ in frames):
            raise
        place = f"{_shown(frames[-1][0])} 第 {frames[-1][1]} 行" if frames else name
        raise JishiError(f"{place}：{_what(error)}", _HINT) from error


_HINT = "请对照随程序安装的同名模板改正；删去自己的模板即恢复原样。"


def _what(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"找不到模板 {error.name}"
    if isinstance(error, UndefinedError):
        return f"用了没有的名称（{error.message}）"
    return f"模板无法填写（{type(error).__name__}：{' '.join(str(error).split())}）"


def _frames(error: Exception) -> list[tuple[str, int]]:
    """File and line of each template on the way to the fault, the innermost last."""
    calls = traceback.extract_tb(error.__traceback__)
    return [(call.filename, call.lineno or 1) for call in calls if _FOLDER in Path(call.filename).parts]


def _is_shipped(file: str) -> bool:
    return Path(file).is_relative_to(shipped_root() / _FOLDER)


def _shown(file: str) -> str:
    """`templates/print/x.html`, wherever the folder is."""
    parts = Path(file).parts
    last = len(parts) - 1 - parts[::-1].index(_FOLDER) if _FOLDER in parts else 0
    return "/".join(parts[last:]) + ("（随程序安装）" if _is_shipped(file) else "")
