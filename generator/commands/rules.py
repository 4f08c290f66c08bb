"""`jishi rules`: every code with its title, layer, severity and how it is checked."""

from __future__ import annotations

import json
from collections import Counter

import click

from generator.audit.register import all_rules
from generator.audit.rule import LAYER_LABELS, How, Rule
from generator.commands.width import table


@click.command(help="列出全部规则：代码、内容、层次、级别，以及怎样核对。")
@click.option("--format", "format_", type=click.Choice(["json", "text"]), default="text", help="输出格式；默认 text。")
def rules(format_: str) -> None:
    entries = list(all_rules().values())
    click.echo(_as_json(entries) if format_ == "json" else _as_text(entries))


def _as_text(entries: list[Rule]) -> str:
    rows = [(r.code, r.severity.label, LAYER_LABELS[r.layer], r.how.label, r.title) for r in entries]
    counts = Counter(rule.how for rule in entries)
    total = "，".join(f"{how.label} {counts[how]} 条" for how in How if counts[how])
    return "\n".join(
        [*table(rows, ("代码", "级别", "层次", "怎样核对", "内容")), "", f"共 {len(entries)} 条：{total}。"]
    )


def _as_json(entries: list[Rule]) -> str:
    listed = [
        {
            "code": r.code,
            "title": r.title,
            "layer": r.layer,
            "severity": r.severity.value,
            "checked": r.how.value,
            "reason": "".join(line.strip() for line in r.text.reason.splitlines()),
        }
        for r in entries
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)
