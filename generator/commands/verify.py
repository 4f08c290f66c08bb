"""`jishi verify`: whether a dossier is as it was made, and in which commits the records were as it says; whether a bag is whole."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import find_root
from generator.commands.verdict import DIFFERENT, FINE, UNSIGNED, tell_reprint, tell_verdict
from generator.commands.verifying import tell_records, tell_self
from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.prints.dossiers_read import read_dossier
from generator.prints.print_kinds import DamagedFileError


@click.command(short_help="核对档案 PDF 或归档包")
@click.argument("path", metavar="文件.pdf或归档包", type=click.Path(path_type=Path))
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=None,
    metavar="文件夹",
    help="记录仓库（含 data/ 的文件夹）；默认从当前文件夹向上寻找。没有时只核对文件自身。",
)
def verify(path: Path, root: Path | None) -> int:
    """核对一份档案 PDF：本程序所写的标识是否齐全，有没有动作、图层、批注等本程序不写的内容，页码是否齐全、与目录相符，
    页脚、二维码和所附的记录片段是否一致，与记录仓库的哪些提交相符，装入的扫描件与仓库里的文件是否相同；
    再按相符的记录重新打印一次，逐字节比较。jishi form 填好的表也可以核对，但不重新打印，不能断定有没有改动。

    给出文件夹时核对移交包或归档包（BagIt）。

    退出码：0 与重新打印的逐字节相同，且与现在的记录或某个提交相符（记录此后有改动的，会说明）；移交包、归档包
    与自带的校验和清单相符、各部分齐全一致（不重新打印，不与记录比较）；
    1 有改动、损坏，或与看得到的记录都不符；2 不是可以核对的文件，没有记录可以对照，或不能断定：没有重新打印比较，
    或各页看来相同而字节不同（由别的程序版本印成，或改动过）。
    """
    if path.is_dir():
        return _bag(path, root or find_root(path.resolve()) or find_root(Path.cwd()))
    if not path.exists():
        raise JishiError(f"没有文件 {path}", "请检查路径。")
    try:
        dossier = read_dossier(path)
    except DamagedFileError as error:
        click.echo(f"损坏：{error.message}\n  提示：{error.hint}", err=True)
        return DIFFERENT
    sound = tell_self(dossier)
    root = root or find_root(Path.cwd())
    compared = tell_records(dossier, root)
    return tell_verdict(sound, compared, tell_reprint(dossier, root, compared))


def _bag(path: Path, root: Path | None) -> int:
    from generator.commands.bag_check import commit_fault, is_ours, own_faults
    from generator.commands.bundling import ALWAYS, BAG, SUMS
    from generator.exchange.bag import is_bag, tag_faults, verify_bag
    from generator.exchange.checksums import sum_faults

    report = verify_bag(path)
    folder = path if is_bag(path) else path / BAG
    ours = is_ours(folder) or (folder != path and (path / SUMS).is_file())
    whole = ours and folder != path
    try:
        faults = list(report.problems)
        if whole:
            faults += [f"缺少文件：{name}" for name in ALWAYS if not (path / name).is_file()]
            faults += sum_faults(path, SUMS)
        if ours:
            faults += [*tag_faults(folder), *own_faults(folder, report)]
            faults += filter(None, [commit_fault(report, root)])
    except OSError as error:
        raise JishiError(f"无法读取 {error.filename or path}：{reason(error)}", "请检查文件权限。") from error
    what = "移交包" if whole else "归档包"
    for problem in dict.fromkeys(faults):
        click.echo(problem)
    if faults:
        click.echo(f"{what}有 {len(dict.fromkeys(faults))} 处问题")
        return DIFFERENT
    if not ours:
        click.echo(f"{report.files} 个文件，校验和全部相符；不是 jishi bundle 生成的归档包，只按 BagIt 规范核对")
        return FINE
    click.echo(f"{what}与自带的校验和清单相符：{report.files} 个文件；台账上每人的档案、记录、扫描件齐全，彼此一致")
    click.echo(f"没有重新打印，也没有与记录比较；{UNSIGNED}。与记录比较用 jishi verify 核对单册")
    return FINE
