"""`jishi due`: what is overdue and what falls due soon, by committee, branch and person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.audit.agenda import Duty, agenda, committee_agendas
from generator.audit.audit import Audit
from generator.commands.auditing import audited, tell_incomplete
from generator.commands.options import as_of_option, root_option
from generator.commands.width import table
from generator.records.branches import branch_named

HEADER = ("状态", "最迟", "姓名", "学号/工号", "事项", "由谁办")


@click.command(help="列出逾期的、到期的和即将到期的事项，按支部和人排列。")
@click.option("--branch", "branch_id", metavar="支部", default=None, help="只看一个支部（文件夹名）。")
@click.option("--days", type=click.IntRange(0, 3660), default=30, metavar="天数", help="往后看多少天；默认 30。")
@as_of_option
@root_option
def due(branch_id: str | None, days: int, as_of: date | None, root: Path) -> None:
    audit = audited(root, as_of)
    branches = (
        [branch_named(audit.corpus.branches, branch_id)] if branch_id is not None else sorted(audit.corpus.branches)
    )
    shown = [(branch, duties) for branch in branches if (duties := agenda(audit, branch, days))]
    above = committee_agendas(audit, days) if branch_id is None else []
    for committee, duties in above:
        click.echo("\n".join([f"{committee.name}（{committee.id}）", *_rows(duties), ""]))
    for branch, duties in shown:
        click.echo("\n".join([audit.corpus.branches[branch].name + f"（{branch}）", *_rows(duties), ""]))
    click.echo(_summary(audit, [duty for _, duties in (*above, *shown) for duty in duties], days))
    tell_incomplete(audit)


def _rows(duties: list[Duty]) -> list[str]:
    rows = [(duty.label, _day(duty), *_who(duty), duty.title, duty.actor) for duty in duties]
    return table(rows, HEADER, indent="  ")


def _who(duty: Duty) -> tuple[str, str]:
    return (duty.person.name, duty.person.id) if duty.person else ("", "")


def _day(duty: Duty) -> str:
    if duty.latest is None:
        return "未定期限"
    return duty.latest.day.isoformat() + ("（暂定）" if duty.latest.provisional else "")


def _summary(audit: Audit, duties: list[Duty], days: int) -> str:
    overdue = sum(duty.overdue for duty in duties)
    people = len({duty.person.id for duty in duties if duty.person})
    if not duties:
        return f"截至 {audit.as_of}，没有逾期的事项，{days} 天内也没有到期的事项（共 {len(audit.assessments)} 人）。"
    return f"截至 {audit.as_of}：逾期 {overdue} 项，{days} 天内到期 {len(duties) - overdue} 项，涉及 {people} 人。"
