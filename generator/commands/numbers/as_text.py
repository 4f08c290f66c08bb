"""Numbers for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from generator.commands.numbers.figures import Figures
from generator.commands.width import table
from generator.views.statistics import share
from generator.views.statistics_findings import Axis, Cross, cross
from generator.views.statistics_reviews import FORESEEN, BranchReviews, ProblemRow

_MOST = 10
"""So many codes are listed as the most frequent."""
_INDENT = "  "
_TOTAL = "合计"
_AXES: dict[Axis, tuple[str, str, str]] = {
    "branch": ("代号", "支部", "各支部的问题"),
    "code": ("代码", "内容", "各代码的问题"),
    "step": ("步骤", "", "各步骤的问题"),
}
"""Head of the first column, what its short names stand for (empty: it holds the names themselves), title of the table."""


def overview(figures: Figures) -> list[str]:
    """Everything, in sections."""
    return [*head(figures), *_branches(figures), *_stages(figures), *_codes(figures), *_reviews(figures)]


def single(figures: Figures, axis: Axis, width: int) -> list[str]:
    """The head, and one table: branches by codes, codes by branches, or steps by severity. `width`: columns of the terminal."""
    return [*head(figures), *_cross(cross(figures.findings, axis), width)]


def head(figures: Figures) -> list[str]:
    errors, warnings, infos = figures.findings.levels
    return [
        f"截至 {figures.as_of}：{len(figures.branches)} 个支部 {figures.people.people} 人，{figures.people.clean_told}。",
        f"问题 {figures.findings.total} 项：错误 {errors} 项，警告 {warnings} 项，提示 {infos} 项。",
    ]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines]


def _branches(figures: Figures) -> list[str]:
    rows = []
    for row in figures.people.rows:
        levels = figures.findings.of(row.id)
        rows.append((row.id, row.name, str(row.total), str(row.clean), share(row.clean, row.total), *_shown(levels)))
    known = {row.id for row in figures.people.rows}
    above = [holder for holder in figures.findings.holders if holder.id not in known]
    rows += [(one.id, one.name, "", "", "", *_shown(figures.findings.of(one.id))) for one in above]
    header = ("代号", "支部", "人数", "无错误", "占", "错误", "警告", "提示")
    return _section("各支部", table(rows, header, _INDENT, range(2, 8)))


def _stages(figures: Figures) -> list[str]:
    numbers = figures.people
    rows = [(row.id, *_shown(row.counts), str(row.total)) for row in numbers.rows]
    rows.append(("合计", *map(str, numbers.totals), str(numbers.people)))
    return _section("各阶段人数", table(rows, ("代号", *numbers.titles, "合计"), _INDENT, range(1, len(rows[0]))))


def _codes(figures: Figures) -> list[str]:
    codes = figures.findings.codes
    rows = [(one.code, str(one.count), *_shown(one.levels), str(one.holders), one.title) for one in codes[:_MOST]]
    if not rows:
        return _section("最多的问题", [f"{_INDENT}没有。"])
    left = [f"{_INDENT}另有 {len(codes) - _MOST} 种，见 jishi stats --by code。"] if len(codes) > _MOST else []
    header = ("代码", "件数", "错误", "警告", "提示", "支部数", "内容")
    return _section("最多的问题", [*table(rows, header, _INDENT, range(1, 6)), *left])


def _cross(numbers: Cross, width: int) -> list[str]:
    """In blocks of as many columns as the terminal takes; what rows and columns stand for at the end."""
    first, second, title = _AXES[numbers.axis]
    if not numbers.rows:
        return _section(title, [f"{_INDENT}没有问题。"])
    labels = [row.id if second else row.name for row in numbers.rows]
    taken = max(cell_len(label) for label in (*labels, first, _TOTAL)) + len(_INDENT) + cell_len(_TOTAL) + 2
    lines: list[str] = []
    for start, stop in _blocks([cell_len(column) + 2 for column in numbers.columns], width - taken):
        block = slice(start, stop)
        rows = [(label, *_shown(row.cells[block])) for label, row in zip(labels, numbers.rows, strict=True)]
        rows.append((_TOTAL, *map(str, numbers.totals[block])))
        header: tuple[str, ...] = (first, *numbers.columns[block])
        if stop == len(numbers.columns):
            totals = [*(row.total for row in numbers.rows), sum(numbers.totals)]
            rows = [(*row, str(total)) for row, total in zip(rows, totals, strict=True)]
            header = (*header, _TOTAL)
        lines += [*([""] if lines else []), *table(rows, header, _INDENT, range(1, len(header)))]
    return [*_section(title, lines), *_legend(numbers, second)]


def _blocks(widths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """(start, stop) of runs of columns that fit, each of at least one."""
    start, used = 0, 0
    for number, width in enumerate(widths):
        if number > start and used + width > room:
            yield start, number
            start, used = number, 0
        used += width
    yield start, len(widths)


def _legend(numbers: Cross, second: str) -> list[str]:
    if not second:
        return []
    rows = [(row.id, row.name) for row in numbers.rows]
    columns = list(zip(numbers.columns, numbers.names, strict=True))
    return ["", *table(rows, indent=_INDENT), "", *table(columns, indent=_INDENT)]


def _reviews(figures: Figures) -> list[str]:
    if not figures.reviews:
        return _section("检查与整改", [f"{_INDENT}没有检查、审核的记录。"])
    rows = []
    for one in figures.reviews:
        numbers = (one.reviews, one.problems, one.corrected, len(one.overdue), one.repeated, len(one.still))
        rows.append((one.id, *map(str, numbers)))
    header = ("代号", "检查审核", "发现问题", "已整改", "逾期未改", "再次发现", "称已改仍查出")
    lines = table(rows, header, _INDENT, range(1, len(header)))
    return [
        *_section("检查与整改", lines),
        *_details("再次发现", [line for one in figures.reviews for line in _repeated(one)]),
        *_details("逾期未整改", [_problem(one, row) for one in figures.reviews for row in one.overdue]),
        *_details("称已整改、现在仍查得出", [_problem(one, row) for one in figures.reviews for row in one.still]),
        *_details("提请党委研究", [line for one in figures.reviews for line in _reached(one)], FORESEEN),
    ]


def _details(title: str, lines: Sequence[str], after: Sequence[str] = ()) -> list[str]:
    return _section(title, [f"{_INDENT}{line}" for line in (*lines, *after)]) if lines else []


def _repeated(one: BranchReviews) -> Iterator[str]:
    for repeat in one.repeats:
        found = f"{len(repeat.days)} 次检查发现（{'、'.join(repeat.days)}）"
        anew = f"，整改以后又有 {repeat.anew} 人查出" if repeat.anew else ""
        after = f"，其中整改以后 {repeat.after_correction} 次" if repeat.after_correction else ""
        yield f"{one.id}  {_named(repeat.code, repeat.title)}：{found}{anew}；再次发现 {repeat.times} 次{after}"


def _problem(one: BranchReviews, row: ProblemRow) -> str:
    who = f"{row.name}（{row.person}）" if row.name else row.person or "支部"
    days = [f"{row.found} 发现"]
    if row.due:
        days.append(f"应于 {row.due} 前整改")
    if row.corrected:
        days.append(f"记为 {row.corrected} 已整改")
    return f"{one.id}  {who}  {_named(row.code, row.title)}：{'，'.join(days)}"


def _named(code: str, title: str) -> str:
    return f"{code} {title}".strip() or "问题"


def _reached(one: BranchReviews) -> Iterator[str]:
    if said := one.threshold.reached:
        yield f"{one.id}  {one.name}：{said}"


def _shown(numbers: Sequence[int]) -> tuple[str, ...]:
    """Zero is shown as a dot, so that what is there stands out."""
    return tuple(str(number) if number else "·" for number in numbers)
