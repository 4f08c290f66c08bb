"""`jishi explain CODE`: the text of one rule."""

from __future__ import annotations

import textwrap
import unicodedata

import click

from generator.audit.register import all_rules, nearest_codes
from generator.audit.rule import EXAMPLES, LAYER_LABELS, SECTIONS, Rule
from generator.diagnostics import JishiError


@click.command(help="说明一条规则：查什么、为什么、依据哪一条，附错例和对例。")
@click.argument("code", metavar="代码")
def explain(code: str) -> None:
    # NFKC: an input method may leave letters and digits full-width.
    wanted = unicodedata.normalize("NFKC", code).strip().upper()
    rule = all_rules().get(wanted)
    if rule is None:
        near = nearest_codes(wanted)
        listed = "、".join(f"{c}（{all_rules()[c].title}）" for c in near)
        hint = f"是不是 {listed}？" if near else "运行 jishi rules 查看全部代码。"
        raise JishiError(f"没有代码为“{code}”的规则", hint)
    click.echo(explanation(rule))


def explanation(rule: Rule) -> str:
    """The whole text, for a terminal."""
    lines = [
        f"{rule.code} {rule.title}",
        f"级别：{rule.severity.label} · 层次：{LAYER_LABELS[rule.layer]} · {rule.how.label}",
    ]
    for part, heading in SECTIONS.items():
        text = getattr(rule.text, part)
        if text and part in EXAMPLES:
            lines += ["", f"{heading}：", textwrap.indent(text, "    ")]
        elif text:
            lines += ["", f"{heading}：{text}"]
    return "\n".join(lines)
