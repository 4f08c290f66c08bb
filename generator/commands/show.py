"""`jishi show ID`: where one person stands, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.commands.auditing import audited, tell_incomplete
from generator.commands.options import as_of_option, root_option
from generator.commands.reporters.summary import Counts
from generator.commands.selection import assessment_of
from generator.commands.width import table
from generator.procedure.progress import Deadline, Progress, StepProgress, StepState
from generator.views.branch_titles import BranchTitles, Called

STATUSES = {
    "suspended": "已归档暂停",
    "closed": "已结束",
    "left": "已出党或停止发展",
    "cancelled": "已取消预备党员资格",
    "transferred": "组织关系已转出",
    "stopped": "已停止党籍",
}


@click.command(help="显示一个人的进度：阶段、各步骤、下一步、缺的材料和发现的问题。")
@click.argument("person_id", metavar="学号或工号")
@as_of_option
@root_option
def show(person_id: str, as_of: date | None, root: Path) -> None:
    audit = audited(root, as_of)
    assessment = assessment_of(audit, person_id)
    click.echo("\n".join(sheet(audit, assessment)))
    tell_incomplete(audit)


def sheet(audit: Audit, assessment: Assessment) -> Iterator[str]:
    """The whole page, line by line."""
    progress = assessment.progress
    called = BranchTitles(audit).of(audit.corpus.branches[assessment.person.branch])
    yield from _head(audit, assessment)
    yield ""
    yield "步骤"
    steps = [s for s in progress.steps.values() if s.state is not StepState.NOT_APPLICABLE and _worth_showing(s)]
    yield from table([_step_row(s, called) for s in steps], ("", "步骤", "状态", "完成", "最早", "最迟"), indent="  ")
    yield ""
    yield "下一步"
    if progress.status != "active":
        yield f"  {STATUSES.get(progress.status, progress.status)}，没有待办事项。"
    else:
        rows = [
            (s.state.label, called(s.step.title), called(_actor(progress, s)), _window(s)) for s in _following(progress)
        ]
        yield from table(rows, indent="  ") or ["  没有待办事项。"]
    yield ""
    yield "缺的材料"
    lacking = [paper for paper in progress.papers.values() if paper.state == "missing" and paper.required]
    papers = [(p.code, audit.definitions.materials[p.code].title, _title(progress, p.step, called)) for p in lacking]
    yield from table(papers, indent="  ") or ["  没有。"]
    yield ""
    yield from _findings(audit, assessment)


def _head(audit: Audit, assessment: Assessment) -> Iterator[str]:
    person, progress = assessment.person, assessment.progress
    branch, committee = audit.corpus.branches[person.branch], audit.corpus.committees[person.committee]
    stages = {stage.id: stage.title for stage in progress.procedure.stages}
    yield f"{person.name}（{person.id}） {committee.name} {branch.name}"
    stage = stages.get(progress.stage or "", "尚未申请")
    since = f"，自 {progress.stage_since}" if progress.stage_since else ""
    status = f"，{STATUSES[progress.status]}" if progress.status in STATUSES else ""
    yield f"{stage}{since}{status}；截至 {progress.as_of}，按{progress.procedure.title}"
    if progress.probation and progress.stage == "probationary":
        extended = f"（延长 {progress.probation.extended_months} 个月）" if progress.probation.extended_months else ""
        probation = progress.probation
        yield f"预备期 {probation.start} 至 {probation.last}{extended}，{probation.expiry} 期满"
    if progress.ignored_later:
        yield f"另有 {progress.ignored_later} 条记录晚于 {progress.as_of}，未计入"


def _worth_showing(step: StepProgress) -> bool:
    return bool(step.entries) or (step.step.duty and not step.step.optional)


def _step_row(step: StepProgress, called: Called) -> tuple[str, ...]:
    number = str(step.step.number) if step.step.number is not None else ""
    times = f"（{len(step.entries)} 次）" if step.step.repeat == "many" and len(step.entries) > 1 else ""
    open_ = step.state not in (StepState.DONE, StepState.UNKNOWN)
    # A series goes on: the day of its last entry is neither its end nor a limit of the next one.
    done = ("上次 " if open_ else "") + step.completed.date.isoformat() if step.completed else ""
    earliest = step.earliest.day.isoformat() if open_ and step.earliest else ""
    return number, called(step.step.title) + times, step.state.label, done, earliest, _day(step.latest) if open_ else ""


def _day(deadline: Deadline | None) -> str:
    return "" if deadline is None else deadline.day.isoformat() + ("（暂定）" if deadline.provisional else "")


def _following(progress: Progress) -> list[StepProgress]:
    """What is open now, then what only waits for its day."""
    now = [s for s in progress.next_steps if s.step.duty and not s.step.optional]
    soon = [s for s in progress.steps.values() if s.state is StepState.WAITING and s.earliest and not s.waits_for]
    return now + sorted(soon, key=lambda s: s.earliest.day if s.earliest else date.max)


def _window(step: StepProgress) -> str:
    waiting = step.state is StepState.WAITING and step.earliest is not None
    days = [f"最早 {_day(step.earliest)}"] if waiting else []
    return " ".join([*days, f"最迟 {_day(step.latest)}" if step.latest else ""]).strip()


def _actor(progress: Progress, step: StepProgress) -> str:
    return progress.procedure.actors.get(step.step.actor, step.step.actor)


def _title(progress: Progress, step: str | None, called: Called) -> str:
    return called(progress.steps[step].step.title) if step in progress.steps and step is not None else ""


def _findings(audit: Audit, assessment: Assessment) -> Iterator[str]:
    findings = audit.findings_of(assessment.person.id)
    yield f"问题（{Counts.of(findings)}）" if findings else "问题"
    for finding in findings:
        line = f":{finding.span.line}" if finding.span else ""
        yield f"  {finding.severity.label} {finding.code} {finding.message}"
        yield f"      {finding.place.path}{line}"
    if not findings:
        yield "  没有发现问题。"
    if assessment.waived:
        yield f"  另有 {len(assessment.waived)} 项写了免责说明：" + "、".join(
            sorted({f.code for f in assessment.waived})
        )
