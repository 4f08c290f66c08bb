"""`jishi keygen`: makes a private key outside every repository."""

from __future__ import annotations

from pathlib import Path

import click

from generator.privacy.identities import default_file, make_identity
from generator.privacy.recipients import FILE


@click.command(short_help="做一把打开密封内容的密钥")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="文件",
    help="密钥放在哪里；默认在家目录的 .config/jishi/key.txt。",
)
def keygen(out: Path | None) -> int:
    """做一把密钥：私钥存入仓库以外的文件（只有本人可读，已有的不覆盖），屏幕上显示公钥。

    把公钥加进记录仓库的 data/recipients.txt，一行一个；之后由能打开的同事运行 jishi rekey。私钥丢失就打不开了，请另存一份备用。
    """
    file = (out or default_file()).expanduser().absolute()
    public = make_identity(file)
    click.echo(f"私钥：{file}（只有本人可读；请另存一份，不要发给别人，不要放进仓库）", err=True)
    click.echo(f"公钥如下，请加进记录仓库的 {FILE}，一行一个，前面一行可用 # 注明是谁的：", err=True)
    click.echo(public)
    return 0
