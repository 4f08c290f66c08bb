"""Quicker steps put in the place of WeasyPrint's own come to the same page."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pytest

from generator.audit.audit import Audit
from generator.commands.dossier_jobs import DossierJobs
from generator.prints import swift
from generator.prints.fonts import activate_fonts
from generator.prints.glyphs import MissingGlyphError
from generator.prints.press import forget_pages, print_pdf
from generator.prints.sheaf import Sheaf
from generator.prints.swift import MADE_FOR
from tests.prints.college import LONG, RARE, WHOLE

_PRINT = """\
import pickle, sys
import generator.prints.press as press
without = sys.argv[2:]
if without:
    import generator.prints.swift as swift
    from importlib import import_module
    steps = {"boxes": "ask_styles_once", "collisions": "pass_where_nothing_floats",
             "declarations": "parse_declarations", "glyph_runs": "draw_kept_lines",
             "lines": "keep_lines", "operands": "write_operands", "references": "keep_page_references",
             "rules": "join_rules", "sizes": "plan_sizes", "styles": "take_plain_values"}
    for name in without:
        module = import_module("generator.prints.swift." + name)
        setattr(module, steps[name], lambda: None)
sheaves = pickle.load(open(sys.argv[1], "rb"))
sys.stdout.buffer.write(pickle.dumps([press.print_pdf(sheaf) for sheaf in sheaves]))
"""
_SAME_BYTES = (
    "boxes",
    "collisions",
    "declarations",
    "glyph_runs",
    "lines",
    "operands",
    "references",
    "sizes",
    "styles",
)


def printed(sheaves: list[Sheaf], folder: Path, *without: str) -> list[bytes]:
    """Each sheaf printed in a process of its own that goes without some of the steps."""
    path = folder / "sheaves"
    path.write_bytes(pickle.dumps(sheaves))
    command = [sys.executable, "-c", _PRINT, str(path), *without]
    made: list[bytes] = pickle.loads(subprocess.run(command, check=True, capture_output=True, env=os.environ).stdout)
    return made


@pytest.fixture(scope="module")
def sheaves(college: Path, audit: Audit) -> list[Sheaf]:
    people = [audit.corpus.people[id] for id in (WHOLE, LONG, RARE)]
    return [job.sheaf() for job in DossierJobs(audit, college).dossiers(people)]


@pytest.fixture(scope="module")
def quick(sheaves: list[Sheaf], tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Printed with all steps."""
    assert len(sheaves) == 3
    return printed(sheaves, tmp_path_factory.mktemp("quick"))


def small(body: str, css: str = "") -> Sheaf:
    html = f'<html lang="zh-CN"><head><title>页</title></head><body data-person="" data-digest="">{body}</body></html>'
    style = 'body { font: 12pt "FandolFang", "Noto Serif CJK SC" } ' + css
    return Sheaf(html, style, "a.yaml", "a: 1\n", "片段", date(2026, 1, 2), activate_fonts().fingerprint)


def test_steps_are_made_for_the_libraries_in_use() -> None:
    assert len(MADE_FOR) == 2
    assert {name: version(name) for name in MADE_FOR} == MADE_FOR


def test_every_step_is_among_those_compared() -> None:
    files = {path.stem for path in Path(swift.__file__).parent.glob("*.py")}
    assert files - {"__init__", "swap"} == {*_SAME_BYTES, "rules"}


def test_same_bytes_as_the_long_way(sheaves: list[Sheaf], quick: list[bytes], tmp_path: Path) -> None:
    assert quick == printed(sheaves, tmp_path, *_SAME_BYTES)


def test_what_was_printed_before_changes_nothing(sheaves: list[Sheaf], quick: list[bytes], tmp_path: Path) -> None:
    assert quick == printed(sheaves[::-1], tmp_path)[::-1]


_OTHER_STYLES = [
    ('<p style="text-align: justify">一 二 三 四 五 六 七 八 九 十 </p>' * 3, "p { width: 40mm }"),
    ('<p style="text-decoration: underline">划线</p><p style="letter-spacing: 2pt">疏排 AVA</p>', ""),
    (
        "<p>很长很长很长很长很长的一行</p>",
        "p { width: 30mm; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }",
    ),
    (
        '<div class="o"><p>半宽</p></div>',
        ".o { width: 80mm } p { width: 50%; margin: 5% 10%; padding: 1%; min-height: 30% }",
    ),
    ("<p>甲</p>", "p { box-sizing: border-box; width: 40mm; padding: 3mm; border: 1pt solid #000 }"),
    ("<p>乙</p>", "p { margin-inline-start: 9mm; inline-size: 30mm; padding-block: 2mm }"),
    (
        '<p class="f">浮动</p><p>绕着走的文字，绕着走的文字</p>',
        ".f { float: right; width: 30mm; margin: 2mm } p { width: 60mm }",
    ),
    ("<p>圆角</p>", "p { border: 1pt solid #000; border-radius: 2mm 10% 0 0; background: #eee; line-height: 2lh }"),
    ('<p style="font-size: 8pt">同字</p><p style="font-size: 19.3pt">同字，䶮 fi AV</p>', ""),
]


def test_styles_that_dossiers_have_not(tmp_path: Path) -> None:
    sheaves = [small(body, css) for body, css in _OTHER_STYLES]
    twice = printed(sheaves * 2, tmp_path)
    assert len(sheaves) == 9
    assert twice[:9] == twice[9:]
    assert twice == printed(sheaves * 2, tmp_path, *_SAME_BYTES)


def test_missing_glyph_is_told_each_time() -> None:
    for _ in range(2):
        with pytest.raises(MissingGlyphError):
            print_pdf(small("<p>\ue123</p>"))


def test_rules_in_one_line_are_one_line() -> None:
    rows = "<tr><td>一</td><td>二</td><td>三</td></tr>" * 4
    css = "table { border-collapse: collapse } td { border: 0.5pt solid #000; width: 20mm }"
    content = _content(print_pdf(small(f"<table>{rows}</table>", css)))
    assert len(re.findall(rb" l\b", content)) == 5 + 4


def test_gap_in_a_rule_stays_a_gap() -> None:
    rows = '<tr><td>一</td><td class="bare">二</td><td>三</td></tr>'
    css = (
        "table { border-collapse: collapse } td { border-bottom: 0.5pt solid #000; width: 20mm } .bare { border: none }"
    )
    content = _content(print_pdf(small(f"<table>{rows}</table>", css)))
    assert len(re.findall(rb" l\b", content)) == 2


def test_sealed_pages_leave_no_line_behind() -> None:
    from generator.prints import press
    from generator.prints.swift.lines import kept

    print_pdf(small("<p>不留痕迹</p>"))
    fonts = press._press()[1]
    assert any("不留痕迹" in key[1] for key in kept(fonts).lines)
    forget_pages()
    assert not kept(fonts).lines


def _content(pdf: bytes) -> bytes:
    import io

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"\n".join(page.Contents.read_bytes() for page in opened.pages)
