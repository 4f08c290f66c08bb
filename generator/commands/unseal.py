"""`jishi unseal ID`: shows a person's sealed values on the terminal, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.identity import identity_option
from generator.commands.options import root_option
from generator.commands.sealed_lines import named
from generator.commands.sealing import DIFFERS, holder, need_key
from generator.definitions.sealed_fields import load_sealed_fields
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.privacy.fields import disagreements
from generator.privacy.memory import no_core_file
from generator.privacy.vault import Vault


@click.command(short_help="在屏幕上显示一个人的密封内容")
@click.argument("id", metavar="学号或工号")
@click.argument("names", nargs=-1, metavar="[字段]...")
@identity_option
@root_option
def unseal(id: str, names: tuple[str, ...], identity: Path | None, root: Path) -> int:
    """用密钥打开一个人的密封内容，只显示在终端屏幕上；不写文件，也不接受重定向和管道。

    没有指定密钥文件时，用 jishi keygen 默认存放的那把。
    """
    if not sys.stdout.isatty():
        raise JishiError("密封内容只显示在终端屏幕上，不写进文件或管道", "请去掉重定向（>）和管道（|）后运行。")
    no_core_file()
    fields = load_sealed_fields(shelf_for(root))
    wanted = {field.key for field in named(fields, names)}
    person = holder(root, id)
    vault = Vault(root)
    if not vault.holds(person.path):
        click.echo("此人没有密封内容")
        return 1
    content = vault.open(person.path, person.ids, need_key(identity))
    for key, value in content.values.items():
        if not names or key in wanted:
            click.echo(f"{fields[key].label if key in fields else key}：{value}")
    for said in disagreements(fields, content.values, person.record):
        click.echo(f"{DIFFERS} {said}", err=True)
    return 0
