from collections.abc import Iterator
from datetime import date

from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Place, Related, Severity
from generator.procedure.book import FULL, PROBATIONARY
from generator.records.model import Entry


@checks("DEV070", "平台信息与档案不一致，或没有更新", severity=Severity.WARNING, layer="platform")
def platform_agrees(subject: Subject) -> Iterator[Found]:
    """查什么：最近一次平台信息核实里，身份、入党日期、转正日期与档案是否一致，是否注明了不完整；
    毕业离校的积极分子（往年确定的）、发展对象和预备党员，培养进程是否更新到离校当年六月。

    为什么：平台上的日期错了，组织关系转接和党龄都会跟着错；培养记录断在半路，新单位无法接续。

    依据：平台的要求（待核实）。

    错例：
        # 接收大会在 2024-05-20
        - {step: platform_check, date: 2025-06-10, platform: dengta, admitted: 2024-06-18}

    对例：
        - {step: platform_check, date: 2025-06-10, platform: dengta, through: 2025-06, status: probationary, admitted: 2024-05-20}
    """
    checked = [entry for entry, _ in subject.at("DEV070", "platform_check")]
    yield from _not_updated(subject, checked)
    if not checked:
        return
    entry = checked[-1]
    stages = subject.progress.stages
    corrected = entry.get("corrected") is not None
    for field, label, recorded in (
        ("admitted", "入党日期", stages.get(PROBATIONARY)),
        ("full_since", "转正日期", stages.get(FULL)),
    ):
        shown = entry.get(field)
        if isinstance(shown, date) and recorded is not None and shown != recorded and not corrected:
            yield Found(
                entry.place(field),
                f"平台上的{label}是 {shown}，档案为 {recorded}",
                "核对后更正平台或记录；已更正的写 corrected。",
                entry.step,
                (Related(_recorded_at(subject, recorded), f"档案：{label} {recorded}"),),
            )
    status, possible = entry.get("status"), _stages_on(subject, entry.date)
    if status is not None and possible and status not in possible and not corrected:
        words = {stage.id: stage.title for stage in subject.progress.procedure.stages}
        text = (
            f"平台上的身份是{words.get(status, status)}，按档案 {entry.date} 应为{words.get(possible[0], possible[0])}"
        )
        yield Found(entry.place("status"), text, "核对后更正平台或记录；已更正的写 corrected。", entry.step)
    if entry.get("complete") is False:
        yield Found(entry.place("complete"), "平台信息没有补齐", "补齐后再记一次核实。", entry.step)


def _not_updated(subject: Subject, checked: list[Entry]) -> Iterator[Found]:
    """Somebody left while in cultivation or on probation, and the platform was not kept up to date until then."""
    platform, leaves = subject.rules.platform, subject.person.get("leaves")
    if platform is None or platform.leaving is None or not isinstance(leaves, date) or not subject.passed(leaves):
        return
    held = next(reversed(_stages_on(subject, leaves)), None)
    started = min((day for stage, day in subject.progress.stages.items() if _cultivated(subject, stage)), default=None)
    if held is None or started is None or subject.progress.status in ("left", "cancelled", "suspended"):
        return
    if held == FULL or (held != PROBATIONARY and started.year >= leaves.year):
        return
    wanted = f"{leaves.year}-{min(platform.leaving.through_month, leaves.month):02d}"
    reached = max((str(e.get("through")) for e in checked if e.get("through") is not None), default="")
    if reached >= wanted:
        return
    title = next((s.title for s in subject.progress.procedure.stages if s.id == held), held)
    text = f"离校（{leaves}）时是{title}，平台的培养进程应更新到 {wanted}，" + (
        f"核实只到 {reached}" if reached else "没有核实的记录"
    )
    place = checked[-1].place("through") if checked else subject.person.place("leaves")
    step = checked[-1].step if checked else None
    related = (Related(subject.person.place("leaves"), "离校（离职）日期"),) if checked else ()
    yield Found(place, text, f"更新平台后记 platform_check，写 through: {wanted}。", step, related)


def _cultivated(subject: Subject, stage: str) -> bool:
    """Stages behind the first one: somebody has been decided on."""
    order = {s.id: s.order for s in subject.progress.procedure.stages}
    return order.get(stage, 0) > min(order.values(), default=0)


def _stages_on(subject: Subject, day: date) -> tuple[str, ...]:
    """The stage on a day, and the one before it while the decision that led on was still to come (it may count from an earlier day)."""
    reached = [s.id for s in subject.progress.procedure.stages if subject.progress.stages.get(s.id, date.max) <= day]
    if not reached:
        return ()
    stage = reached[-1]
    decided = [
        entry.date
        for entry in subject.progress.timeline
        if subject.completed(entry) and (step := subject.step_of(entry)) is not None
        if any(transition.stage == stage for transition in step.transitions)
    ]
    if decided and min(decided) > day and len(reached) > 1:
        return stage, reached[-2]
    return (stage,)


def _recorded_at(subject: Subject, day: date) -> Place:
    """The entry of that day, which for an admission is the meeting."""
    return next((e.place("date") for e in subject.entries if e.date == day), subject.person.place("log").key())
