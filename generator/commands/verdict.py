"""What follows from all that `jishi verify` has found: a last line, and an exit code."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.reprinting import Reprint, reprint, sources_of
from generator.commands.verifying import Compared
from generator.diagnostics import JishiError
from generator.prints.dossiers_read import PrintedDossier
from generator.prints.print_kinds import Kind

FINE, DIFFERENT, UNSEEN = 0, 1, 2
UNSIGNED = "文件没有电子签名，标识和校验码可以重新算出，只能发现无意的改动"


def tell_reprint(dossier: PrintedDossier, root: Path | None, compared: Compared | None) -> Reprint | None:
    """Prints again what can be printed again, compares, and says what came of it; None: nothing was compared, whatever the reason."""
    if root is None or compared is None or not compared.ever:
        return None
    if dossier.kind is not Kind.DOSSIER:
        click.echo(f"重印  表不重新打印比较；{UNSIGNED}")
        return None
    try:
        made = reprint(dossier, root, sources_of(compared.now, compared.commits, dossier.day))
    except JishiError as error:
        click.echo(f"重印  没有比较（{error.message}）；{UNSIGNED}")
        return None
    click.echo(f"重印  {_said(made)}")
    return made


def _said(made: Reprint) -> str:
    source = made.source.name
    if made.identical:
        return f"与按{source}重新打印的逐字节相同"
    pages = "、".join(map(str, made.differ or ()))
    if made.bound:
        where = f"第 {pages} 页" if pages else "各页看来相同，不同处在别的部分"
        where = "有的页画不出来" if made.differ is None else where
        return f"与按{source}重新打印的不同：{where}；程序、字体、表样都与当时相同"
    other = "文件写明由别的程序版本、字体、表样或支部信息印成"
    if made.differ is None:
        return f"有的页画不出来，没有与按{source}重新打印的比较；{other}"
    if not pages:
        return f"与按{source}重新打印的各页看来相同，字节不同：{other}；{UNSIGNED}"
    if not made.unexplained:
        return (
            f"第 {pages} 页印有打开的密封内容，没有比较；其余各页与按{source}重新打印的看来相同，字节不同；{UNSIGNED}"
        )
    pages = "、".join(map(str, made.unexplained))
    return f"第 {pages} 页与按{source}重新打印的不同；{other}，请翻看这几页；{UNSIGNED}"


def tell_verdict(sound: bool, compared: Compared | None, made: Reprint | None) -> int:
    """The last line: what follows from all that was said. Returns the exit code.

    Nothing but the same bytes printed again shows that a file is as it was made: all else can be brought about by whoever altered it.
    """
    if not sound or (compared is not None and not compared.ever):
        click.echo("结论  不能认定：有改动，或与看得到的记录都不相符，见上")
        return DIFFERENT
    if compared is None:
        click.echo(f"结论  不能断定：文件自身前后一致；是否与记录相符，没有核对；{UNSIGNED}")
        return UNSEEN
    if made is not None and made.bound and not made.identical:
        click.echo("结论  有改动：不是按记录印出的原样，见上")
        return DIFFERENT
    if made is None or not made.identical:
        click.echo(f"结论  不能断定：{_doubt(made)}；所附记录与{_time(compared)}")
        return UNSEEN
    click.echo(f"结论  完好，与{_time(compared)}")
    return FINE


def _time(compared: Compared) -> str:
    if compared.now:
        return "现在的记录相符"
    return "当时的记录相符；记录此后有改动，要反映现在的情况须重新生成"


def _doubt(made: Reprint | None) -> str:
    if made is None:
        return "没有重新打印比较，原因见上，各页有没有改动看不出来"
    if made.differ is None or made.unexplained:
        return "有的页与重新打印的不同，或画不出来，见上；可能由别的程序版本印成，也可能改动过"
    if made.differ:
        return "印有密封内容的页没有比较，见上"
    return "各页看来相同，字节不同；可能由别的程序版本印成，也可能改动过"
