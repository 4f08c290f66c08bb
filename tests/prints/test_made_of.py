"""The key of a print covers all that draws it: our own modules between page and file, libraries of Python and of the machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.prints import made_of, system_libraries

HERE = Path(made_of.__file__).parent
PACKAGE = "generator.prints"


def imported(path: Path) -> Iterator[str]:
    """Modules of the package that a file names in an import, within functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(PACKAGE))


def file_of(module: str) -> Path | None:
    path = HERE.joinpath(*module.split(".")[2:])
    return next(
        (one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file() and path != HERE), None
    )


def closure(module: str) -> set[Path]:
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = file_of(waiting.pop())
        if path is not None and path not in found:
            found.add(path)
            waiting += imported(path)
    return found


def test_every_module_that_draws_has_its_part_in_the_key() -> None:
    needed = closure(f"{PACKAGE}.press") | closure(f"{PACKAGE}.made_of") | closure(f"{PACKAGE}.qr")
    names = {path.relative_to(HERE).as_posix() for path in needed}
    assert {"press.py", "pictures.py", "scan_pages.py", "swift/__init__.py"} <= names
    own = set(made_of._OWN_PART)
    assert {name for name in names if not name.startswith("swift/")} == {name for name in own if name.endswith(".py")}
    assert all((HERE / name).is_file() for name in own)
    assert "fonts.conf.j2" in own


@pytest.mark.parametrize("name", ["pango", "harfbuzz", "fontconfig", "zlib", "weasyprint", "pypdfium2", "segno"])
def test_the_version_of_each_library_is_in_the_key(name: str) -> None:
    assert re.search(rf"(?:^| ){name} \d[\d.]*(?: |$)", made_of.drawn_by()), made_of.drawn_by()


def test_there_are_libraries_to_replace() -> None:
    assert len(system_libraries._LIBRARIES) >= 3


@pytest.mark.parametrize("at", range(len(system_libraries._LIBRARIES)))
def test_another_library_makes_another_key(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_of.drawn_by.__wrapped__()
    name, _, *rest = system_libraries._LIBRARIES[at]
    known = system_libraries._LIBRARIES
    monkeypatch.setattr(system_libraries, "_LIBRARIES", (*known[:at], (name, ("libnone.so",), *rest), *known[at + 1 :]))
    assert f"{name} ?" in made_of.drawn_by.__wrapped__()
    assert made_of.drawn_by.__wrapped__() != before
