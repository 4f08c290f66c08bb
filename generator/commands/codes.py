"""`--select` and `--ignore`: findings chosen by code, or by the beginning of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from generator.diagnostics import Diagnostic

Function = TypeVar("Function", bound=Callable[..., Any])
Prefixes = tuple[str, ...]
"""Codes or beginnings of codes, in capitals."""


def codes_options(function: Function) -> Function:
    """`--select` and `--ignore`, passed as `select_codes` and `ignore_codes`: prefixes that some code begins with."""
    for name, parameter, text in (
        ("--ignore", "ignore_codes", "不要这些代码的问题；写法同 --select，与之冲突时以此为准。"),
        ("--select", "select_codes", "只要这些代码的问题；可写开头（如 DEV0），用逗号分隔，可重复。"),
    ):
        option = click.option(name, parameter, multiple=True, metavar="代码", callback=_read, help=text)
        function = option(function)
    return function


def chosen(findings: Iterable[Diagnostic], select_codes: Prefixes, ignore_codes: Prefixes) -> list[Diagnostic]:
    """The findings selected and not ignored; without a selection all are."""
    return [
        finding
        for finding in findings
        if (not select_codes or finding.code.startswith(select_codes)) and not finding.code.startswith(ignore_codes)
    ]


def _read(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Prefixes:
    # Only who chooses codes waits for the rules to load.
    from generator.audit.register import all_rules

    found = [word.strip().upper() for value in values for word in value.replace("，", ",").split(",")]
    for word in found:
        if not word:
            raise click.BadParameter("有一项是空的；各代码之间用一个逗号。", ctx, param)
        if not any(code.startswith(word) for code in all_rules()):
            near = "、".join(_nearest(word))
            raise click.BadParameter(
                f"没有以“{word}”开头的代码；" + (f"是不是 {near}？" if near else "见 jishi rules。"), ctx, param
            )
    return tuple(dict.fromkeys(found))


def _nearest(word: str) -> list[str]:
    """A whole code, or else the letters that codes begin with."""
    from generator.audit.register import all_rules, nearest_codes

    families = sorted({code[:3] for code in all_rules()})
    return nearest_codes(word) or get_close_matches(word.rstrip("0123456789"), families, n=3, cutoff=0.5)
