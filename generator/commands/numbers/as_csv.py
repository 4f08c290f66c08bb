"""Numbers of findings as one flat table for a spreadsheet: a line for each branch, code and step."""

from __future__ import annotations

import csv
from io import StringIO

from generator.commands.numbers.figures import Figures

HEADER = ("代号", "支部", "代码", "内容", "步骤", "步骤名称", "错误", "警告", "提示")
_BOM = "\ufeff"
"""Without it, spreadsheets take UTF-8 for something else."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(figures: Figures) -> str:
    steps = dict(figures.findings.steps)
    titles = {one.code: one.title for one in figures.findings.codes}
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for tally in figures.findings.tallies:
        step = steps[tally.step] if tally.step else ""
        row = (tally.holder.id, tally.holder.name, tally.code, titles[tally.code], tally.step, step)
        writer.writerow([*map(_plain, row), *tally.levels])
    return _BOM + text.getvalue()


def _plain(text: str) -> str:
    """No name may be taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
