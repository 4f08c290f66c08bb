"""What `jishi verify` says of a dossier: of the file itself, and of the records it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

from generator.commands.options import MARKER
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError
from generator.history.commits import Commit
from generator.prints.dossiers_read import PrintedDossier
from generator.prints.print_kinds import Kind
from generator.views.cut import Cut
from generator.views.scan_history import ScanState, scan_states
from generator.views.slice import Slice, without_scans
from generator.views.slice_history import Matches, digest_of, find_commits, ids_of, slice_now

_OWN = "本程序所写的标识齐全，没有动作、图层、批注、表单等别的内容"
_RUNS = 5
"""Up to so many stretches of history, or faults of a kind, are named."""


def tell_self(dossier: PrintedDossier) -> bool:
    """Says whether the file is whole and of one piece; returns whether it is."""
    click.echo(f"学号（工号）  {dossier.person}，{dossier.kind.value}，{dossier.pages} 页")
    click.echo(f"文件  {'标识与内容相符' if dossier.untouched else '生成之后改动过（或由别的软件另存过）'}")
    click.echo(f"构成  {_several(dossier.parts) if dossier.parts else _OWN}")
    click.echo(f"页码  {_several(dossier.sequence) if dossier.sequence else '齐全，与页脚写的页数一致'}")
    if dossier.kind is Kind.DOSSIER:
        click.echo(f"目录  {_several(dossier.catalogue) if dossier.catalogue else '页码、页数与实际相符'}")
    click.echo(f"附件  本人记录片段，SHA-256 {dossier.digest}")
    if dossier.agrees:
        click.echo("页脚  每页的校验码与附件一致")
    else:
        click.echo(f"页脚  与附件不一致：{'；'.join(_footer_faults(dossier))}")
    if dossier.kind is Kind.DOSSIER:
        click.echo(f"二维码  {'与附件一致' if dossier.coded else '与附件不一致，或被去掉'}")
    return dossier.sound


def _several(faults: Sequence[str]) -> str:
    more = f"；等 {len(faults)} 处" if len(faults) > _RUNS else ""
    return "；".join(faults[:_RUNS]) + more


def _footer_faults(dossier: PrintedDossier) -> Iterator[str]:
    if others := sorted(shown for shown in dossier.shown if not dossier.digest.startswith(shown)):
        yield f"页上写的是 {'、'.join(others)}"
    if dossier.pages_without:
        yield f"第 {'、'.join(map(str, dossier.pages_without))} 页没有校验码"


@dataclass(frozen=True, slots=True)
class Compared:
    """`ever`: the records, and the scans that were bound in, were so in a commit or are so now; `now`: they are so now.

    `commits`: those in which the records, and as far as is known the scans, were so, ancestors first.
    """

    ever: bool
    now: bool
    commits: Sequence[Commit] = ()


def tell_records(dossier: PrintedDossier, root: Path | None) -> Compared | None:
    """Says with which commits, and whether with the files as they lie there, the attached slice agrees; and of each scan whether
    it lies there as it was bound in. None: there are no records to compare with.
    """
    if root is None or not (root / MARKER).is_file():
        click.echo("记录  没有找到记录仓库，无从对照；只核对了文件自身。用 --root 指定记录仓库。")
        return None
    record = _parsed(dossier.text)
    ids = ids_of(record)
    if ids[0] != dossier.person:
        click.echo("记录  附件写的不是此人，无从对照")
        return Compared(ever=False, now=False)
    cut = Cut.parse(shelf_for(root).read("schema/slice.yaml").data)
    text, scans = without_scans(dossier.text.replace(b"\r\n", b"\n"))
    digest = digest_of(text)
    commits: Sequence[Commit] = ()
    try:
        now = slice_now(root, ids, cut)
        same = now is not None and now.digest == digest
        try:
            matches = find_commits(root, digest, ids, cut)
        except JishiError as error:
            click.echo(f"提交  看不到：{error.message}")
        else:
            _tell_matches(matches)
            commits = matches.commits
        _tell_now(now, record, same)
        states = scan_states(root, scans, commits)
    except OSError as error:
        raise JishiError(f"无法读取 {error.filename}", "请检查文件权限。") from error
    _tell_scans(states)
    return Compared(
        ever=(same or bool(commits)) and all(state.same or state.commit is not None for state in states),
        now=same and all(state.same for state in states),
        commits=[state.commit for state in states if state.commit]
        if any(not state.same for state in states)
        else commits,
    )


def _tell_scans(states: Sequence[ScanState]) -> None:
    if states and all(state.same for state in states):
        click.echo(f"扫描件  装入的 {len(states)} 件，与现在的文件相符")
        return
    for state in states:
        if state.same:
            continue
        what = "与现在的文件不同" if state.there else "现在没有这个文件"
        known = f"提交 {_commit(state.commit)} 里的相符" if state.commit else "看得到的相符提交里也没有"
        click.echo(f"扫描件  {state.scan.file} {what}；{known}")


def _tell_matches(matches: Matches) -> None:
    if not matches.commits:
        click.echo(f"提交  看得到的 {matches.seen} 个提交都不相符")
    else:
        latest = "最新的提交也相符" if matches.head else "最新的提交已不相符"
        click.echo(f"提交  与 {len(matches.commits)} 个提交相符（共看到 {matches.seen} 个），{latest}")
        for first, last in list(reversed(matches.runs))[:_RUNS]:
            click.echo(f"  {_commit(first)}" + (f" 至 {_commit(last)}" if first is not last else ""))
        if len(matches.runs) > _RUNS:
            click.echo(f"  更早还有 {len(matches.runs) - _RUNS} 段")
    if matches.shallow:
        click.echo("  这是浅克隆，更早的提交不在这里，没有核对；运行 git fetch --unshallow 后可以全部核对。")


def _commit(commit: Commit) -> str:
    return f"{commit.short}（{commit.day.isoformat()}）"


def _tell_now(now: Slice | None, record: Mapping[str, Any], same: bool) -> None:
    if same:
        click.echo("现在的记录  相符")
    elif now is None:
        click.echo("现在的记录  没有此人，或此人的记录不止一份")
    else:
        click.echo(f"现在的记录  不相符：{'；'.join(_differences(record, yaml.safe_load(now.text)))}")


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Which files of the slice differ, by path."""
    old, new = _by_file(before), _by_file(now)
    for path in sorted(old.keys() | new.keys()):
        if path not in new:
            yield f"{path} 不再有"
        elif path not in old:
            yield f"{path} 是后来有的"
        elif old[path] != new[path]:
            yield f"{path} 改过"
    if old == new:
        yield "写法不同"


def _by_file(record: Mapping[str, Any]) -> dict[str, Any]:
    events = record.get("events")
    parts = [record, *(events if isinstance(events, list) else ())]
    return {str(part.get("file")): part.get("record") for part in parts if isinstance(part, Mapping)}


def _parsed(text: bytes) -> Mapping[str, Any]:
    try:
        record = yaml.safe_load(text.decode("utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, Mapping) else {}
