from collections.abc import Iterator

from generator.audit.handover import handed_over
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.diagnostics import Severity
from generator.procedure.progress import StepState


@checks("DEV101", "缺少前一步", severity=Severity.ERROR, absence=True)
def steps_skipped(subject: Subject) -> Iterator[Found]:
    """查什么：做了后一步，而它要求的前一步没有记录（本支部适用、且不在到来之前的历史里）。

    为什么：缺一步，后面的步骤就没有依据。

    依据：见该步骤在程序文件中所注的条款。

    错例：
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: fill_book, date: 2025-05-06}

    对例：
        - {step: committee_review, date: 2025-04-10, result: passed}
        - {step: preview, date: 2025-04-25, result: passed}
        - {step: fill_book, date: 2025-05-06}
    """
    # What later steps presuppose is said by the procedure file; here, what nothing waits for.
    last = handed_over(subject)
    if last is None:
        return
    order = subject.progress.procedure.order
    said = {finding.step for finding in subject.progress.findings}
    for id, progress in subject.progress.steps.items():
        step = progress.step
        idle = progress.state in (StepState.NOT_APPLICABLE, StepState.UNKNOWN)
        if step.optional or not step.duty or idle or progress.entries or id in said or order(id) >= order(last.step):
            continue
        text = f"{step.title}没有记录，材料已归档（{last.date}）"
        yield Found(last.place("date"), text, "办过的补记；没有办的补办后再归档。", id, severity=Severity.WARNING)
