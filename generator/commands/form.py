"""`jishi form`: prints forms, blank or filled from the records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.identity import identity_option
from generator.commands.options import as_of_option, root_option


@click.command(short_help="打印登记表和公文：空白的，或按记录填好的")
@click.argument("words", nargs=-1, metavar="[表的编号]... [学号或工号]...")
@click.option(
    "--branch", "branch", metavar="支部", default=None, help="某支部已经办到这一步的全部人员（支部的文件夹名）。"
)
@click.option("--blank", is_flag=True, help="空表，不填任何人的内容；不读取人员和会议记录。")
@click.option("--complete", is_flag=True, help="成稿：不留手填的空行，应有而没有记录的写“缺”。默认留空待手填。")
@click.option("--docx", is_flag=True, help="公文另存一份可编辑的 docx。")
@click.option("--list", "listed", is_flag=True, help="列出全部表和公文，以及各用于哪一步。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, metavar="文件夹",
              help="放到这个文件夹；默认 build/print/forms，空表为 build/print/blank。")  # fmt: skip
@identity_option
@as_of_option
@root_option
def form(
    words: tuple[str, ...],
    branch: str | None,
    blank: bool,
    complete: bool,
    docx: bool,
    listed: bool,
    out: Path | None,
    identity: Path | None,
    as_of: date | None,
    root: Path,
) -> int:
    """打印登记表和公文。编号见 --list，例如 M02、M15，或者表的名字 talk_record。

    不写编号时，为此人打印已经办到的全部登记表（不含公文）。公文按人打印；用 --branch 时，同一次会议、同一批的人合为一份。
    以前印的，按现在的记录不会再印的，一并删除；改动过的和别处来的文件不删。
    文件名为 学号-编号-表名.pdf。密封的内容留空；用 --identity 指定密钥文件时印出来，这样的表在 build/sealed/，只有本人可读。
    """
    from generator.commands.form_choice import Choice, chosen, nearest_form
    from generator.commands.form_run import list_forms, print_blank, print_filled

    if listed:
        given = ((words, "编号或学号"), (branch, "--branch"), (blank, "--blank"), (complete, "--complete"))
        _refuse(*given, (docx, "--docx"), (out, "--out"), (as_of, "--as-of"))
        return list_forms(root)
    choice: Choice = chosen(root, words)
    if docx and not (choice.documents and (choice.named or blank)):
        raise click.UsageError("--docx 只用于公文，请写出公文的编号或名字，例如 M14。")
    if blank:
        _refuse((branch, "--branch"), (complete, "--complete"), with_="--blank")
        identity = None
        if choice.people:
            word = choice.people[0]
            raise click.UsageError(f"“{word}”不是表的编号或名字；空表不写学号。{nearest_form(choice, word)}")
        _refuse((as_of, "--as-of"), with_="--blank")
        return print_blank(root, choice, out, docx)
    if bool(choice.people) == bool(branch):
        raise click.UsageError("请写出学号或工号，或者用 --branch 指定支部，或者用 --blank 打印空表（三者选一）。")
    if identity is not None and out is not None:
        raise click.UsageError("印出密封内容的表只放在 build/sealed/，--identity 不能与 --out 一起用。")
    return print_filled(root, choice, branch, complete, out, docx, as_of, identity)


def _refuse(*given: tuple[object, str], with_: str = "--list") -> None:
    for value, name in given:
        if value:
            raise click.UsageError(f"{with_} 不能与{name}一起用。")
