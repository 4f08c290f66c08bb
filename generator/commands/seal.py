"""`jishi seal ID`: puts a person's private values into the sealed file beside the person's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from generator.commands.identity import identity_option
from generator.commands.options import root_option
from generator.commands.sealed_lines import REMOVE, asked, from_file, from_pipe, named
from generator.commands.sealing import DIFFERS, Holder, holder, key_at_hand
from generator.definitions.sealed_fields import load_sealed_fields
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.privacy.blocks import seal as sealed_block
from generator.privacy.blocks import sealed_path
from generator.privacy.fields import SealedField, disagreements, uncompared
from generator.privacy.memory import no_core_file
from generator.privacy.recipients import FILE, read_recipients
from generator.privacy.rewriting import replace_all, sole_writer
from generator.privacy.vault import Vault


@click.command(short_help="把身份证号、手机、住址加密存放")
@click.argument("id", metavar="学号或工号")
@click.argument("names", nargs=-1, metavar="[字段]...")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    default=None,
    metavar="文件",
    help="从仓库以外的文件读取，一行一个“字段=值”；- 为标准输入。",
)
@click.option("--replace", is_flag=True, help="不看已有的内容，整个换掉（没有密钥，或者原文件已损坏时用）。")
@click.option("--differs", is_flag=True, help="号码与记录的出生日期、性别确实不同，已核实，照存。")
@identity_option
@root_option
def seal(
    id: str,
    names: tuple[str, ...],
    source: Path | None,
    replace: bool,
    differs: bool,
    identity: Path | None,
    root: Path,
) -> int:
    """把一个人的身份证号、手机、住址加密，存入此人文件旁边的 .age 文件。

    值在运行后输入，或从文件、管道读取，不写在命令行里。为 data/recipients.txt 里的每个公钥加密。
    已有密封内容的，要有密钥才能补充或修改；值写 - 表示删除。身份证号核对校验位，并与记录的出生日期、性别比对。
    """
    no_core_file()
    fields = load_sealed_fields(shelf_for(root))
    wanted = named(fields, names)
    recipients = read_recipients(root)
    with sole_writer(root / "data"):
        person = holder(root, id)
        target = root / sealed_path(person.path)
        before = {} if replace or not target.exists() else _before(root, person, identity)
        given = _given(wanted, source, before)
        if not given:
            click.echo("没有输入任何值，未改动")
            return 0
        values, faults = _merged(fields, before, given)
        if not faults and not differs:
            faults = [f"{DIFFERS} {said}" for said in disagreements(fields, values, person.record)]
            faults += ["请核对号码和记录；确实不同且已按规定认定的，加 --differs 照存。"] if faults else []
        if faults:
            click.echo("没有密封，未改动：", err=True)
            click.echo("\n".join(f"  {fault}" for fault in faults), err=True)
            return 1
        relative = sealed_path(person.path)
        if values == before and not replace:
            click.echo(f"没有变化：{relative}")
        elif values:
            replace_all(root / "data", {target: sealed_block(person.id, values, recipients)})
            labels = "、".join(fields[key].label if key in fields else key for key in values)
            click.echo(f"已密封 {labels}，{len(recipients.keys)} 个收件人（{FILE}）：{relative}")
        else:
            target.unlink(missing_ok=True)
            click.echo(f"已没有密封内容，文件删除：{relative}")
        if missing := list(uncompared(fields, given, person.record)):
            click.echo(f"记录里没有{'、'.join(missing)}，身份证号未能与之比对", err=True)
    if source is not None and str(source) != "-":
        click.echo(f"请删除明文文件 {source}", err=True)
    return 0


def _before(root: Path, person: Holder, identity: Path | None) -> Mapping[str, str]:
    key = key_at_hand(identity)
    if key is None:
        raise JishiError(
            "此人已有密封内容，没有密钥不能补充或修改",
            "请用 --identity 指定密钥文件；要整个换掉的，加 --replace。",
        )
    return Vault(root).open(person.path, person.ids, key).values


def _given(wanted: Sequence[SealedField], source: Path | None, before: Mapping[str, str]) -> dict[str, str]:
    if source is not None:
        return from_file(source, wanted)
    return asked(wanted, before) if sys.stdin.isatty() else from_pipe(wanted)


def _merged(
    fields: Mapping[str, SealedField], before: Mapping[str, str], given: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The values to be sealed, in the order of the fields, and what is wrong with those given."""
    merged, faults = dict(before), []
    for key, text in given.items():
        if text == REMOVE:
            merged.pop(key, None)
            continue
        merged[key] = fields[key].plain(text)
        faults += [f"{fields[key].label}：{fault}" for fault in fields[key].faults(merged[key])]
    order = [*fields, *(key for key in merged if key not in fields)]
    return {key: merged[key] for key in order if key in merged}, faults
