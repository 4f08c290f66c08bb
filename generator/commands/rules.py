"""`jishi rules`: every code with its title, layer, severity and how it is checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

import click

from generator.audit.register import all_rules
from generator.audit.rule import LAYER_LABELS, How, Rule
from generator.commands.width import table
from generator.definitions.load import load_definitions
from generator.views.paper_checks import PaperCheck, all_checks


@click.command(help="列出全部规则：代码、内容、层次、级别，以及怎样核对。")
@click.option("--format", "format_", type=click.Choice(["json", "text"]), default="text", help="输出格式；默认 text。")
def rules(format_: str) -> None:
    entries = list(all_rules().values())
    click.echo(_as_json(entries) if format_ == "json" else _as_text(entries))


def _as_text(entries: list[Rule]) -> str:
    rows = [(r.code, r.severity.label, LAYER_LABELS[r.layer], r.how.label, r.title) for r in entries]
    counts = Counter(rule.how for rule in entries)
    total = "，".join(f"{how.label} {counts[how]} 条" for how in How if counts[how])
    lines = [*table(rows, ("代码", "级别", "层次", "怎样核对", "内容")), "", f"共 {len(entries)} 条：{total}。"]
    idle = [(rule.code, rule.text.reason) for rule in entries if not rule.how.works]
    if idle:
        lines += ["", "程序不核对的，以及为什么：", *_indented(table(idle, ("代码", "原因")))]
    on_paper = [(check.code, check.title, check.text) for check in _checks()]
    lines += ["", "翻阅原件核对的各项（列在支部清单和审核单上）：", *_indented(table(on_paper, ("代码", "材料", "看什么")))]
    return "\n".join(lines)


def _indented(rows: Iterable[str]) -> list[str]:
    return [f"  {row}" for row in rows]


def _checks() -> tuple[PaperCheck, ...]:
    definitions = load_definitions()
    return all_checks(definitions.materials, definitions.look)


def _as_json(entries: list[Rule]) -> str:
    checks = _checks()
    listed = [
        {
            "code": r.code,
            "title": r.title,
            "layer": r.layer,
            "severity": r.severity.value,
            "checked": r.how.value,
            "reason": r.text.reason,
            "on_paper": [f"{check.title}：{check.text}" for check in checks if check.code == r.code],
        }
        for r in entries
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)
