"""`jishi rekey`: seals everything again for those who are on the list now; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from generator.commands.identity import identity_option
from generator.commands.options import root_option
from generator.commands.sealing import DIFFERS, Holder, need_key, read_holder, sealed_files
from generator.definitions.sealed_fields import load_sealed_fields
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.privacy.blocks import Content
from generator.privacy.blocks import seal as sealed_block
from generator.privacy.fields import disagreements
from generator.privacy.identities import Identities
from generator.privacy.memory import no_core_file
from generator.privacy.recipients import FILE, Recipients, read_recipients
from generator.privacy.rewriting import replace_all, sole_writer
from generator.privacy.vault import Vault
from generator.records.walk import classify

_NAMED = 10
"""Up to so many faults are named one by one."""


@click.command(short_help="收件人变动后，把全部密封文件重新加密")
@click.option("--force", is_flag=True, help="收件人没有变化，或者自己不在其中，也重新加密。")
@identity_option
@root_option
def rekey(force: bool, identity: Path | None, root: Path) -> int:
    """data/recipients.txt 改动以后，用自己的密钥打开全部密封文件，再为现在的每个收件人加密。

    有一个打不开就一个也不改；中途停电或被终止的，下次运行 jishi rekey 或 jishi seal 时自动完成或还原。
    """
    no_core_file()
    recipients = read_recipients(root)
    key = need_key(identity)
    if key.public and not set(key.public) & set(recipients.keys) and not force:
        raise JishiError(
            f"{FILE} 里没有这把密钥的公钥，重新加密后自己就打不开了", "请先加上自己的公钥；确要如此的，加 --force。"
        )
    fields = load_sealed_fields(shelf_for(root))
    with sole_writer(root / "data"):
        opened = _opened(root, key)
        for person, content in opened:
            for said in disagreements(fields, content.values, person.record):
                click.echo(f"{person.path}：{DIFFERS} {said}", err=True)
        if not force and all(content.recipients == recipients.keys for _, content in opened):
            click.echo(f"{len(opened)} 个密封文件都已是为现在的 {len(recipients.keys)} 个收件人加密的，未改动")
            return 0
        _replace(root, opened, recipients)
    click.echo(f"已为 {len(recipients.keys)} 个收件人重新加密 {len(opened)} 个密封文件")
    click.echo("去掉的收件人仍能打开版本历史里的旧文件；密钥泄露的，其中的内容只能当作已经泄露。", err=True)
    return 0


def _opened(root: Path, key: Identities) -> list[tuple[Holder, Content]]:
    """Everybody's content. Raises `JishiError` when a single one cannot be opened: nothing is changed then."""
    vault, opened, faults = Vault(root), list[tuple[Holder, Content]](), list[str]()
    for file in sealed_files(root):
        beside = file.path.removesuffix(".age") + ".yaml"
        record = classify(beside)
        if record is None or not (root / beside).is_file():
            faults.append(f"{file.path}：旁边没有此人的文件")
            continue
        try:
            person = read_holder(root, record)
            opened.append((person, vault.open(person.path, person.ids, key)))
        except JishiError as error:
            faults.append(error.message)
    if faults:
        shown = "\n  ".join(faults[:_NAMED])
        more = f"\n  等 {len(faults)} 个" if len(faults) > _NAMED else ""
        raise JishiError(
            f"有密封文件不能重新加密，一个也没有改动：\n  {shown}{more}", "请先改正，或由能全部打开的人运行。"
        )
    return opened


def _replace(root: Path, opened: list[tuple[Holder, Content]], recipients: Recipients) -> None:
    contents: Mapping[Path, bytes] = {
        root / (person.path.removesuffix(".yaml") + ".age"): sealed_block(person.id, content.values, recipients)
        for person, content in opened
    }
    try:
        replace_all(root / "data", contents)
    except OSError as error:
        raise JishiError(
            f"无法写入 {error.filename or root / 'data'}：{reason(error)}", "没有完成；解决后再运行一次 jishi rekey。"
        ) from None
