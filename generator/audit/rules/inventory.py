from collections import defaultdict
from collections.abc import Iterator

from generator.audit.handover import handed_over
from generator.audit.register import checks
from generator.audit.subject import Found, Subject
from generator.definitions.model import Step
from generator.diagnostics import Severity
from generator.procedure.progress import PaperState
from generator.records.model import Entry


@checks("DEV067", "缺应有的材料", severity=Severity.WARNING, absence=True)
def inventory(subject: Subject) -> Iterator[Found]:
    """查什么：已完成的步骤，其应有的材料是否都登记在案。一般为警告；
    归档时没有培训结业证、思想汇报等的也列出；
    报批时缺核心材料（申请书、培养考察材料、政审材料、志愿书），归档时缺预备期考察材料、转正申请书，为错误。

    为什么：核心材料缺一件，党员身份的认定就有疑问。

    依据：《细则》（2014）第37条；《细则》（2026）第36条；其余为通行的归档目录。

    错例：
        - {step: talk, date: 2024-09-20}

    对例：
        - {step: talk, date: 2024-09-20, materials: [M02]}
    """
    missing: dict[tuple[str, bool], list[PaperState]] = defaultdict(list)
    for paper in subject.progress.papers.values():
        if paper.state == "missing" and paper.required and paper.step is not None:
            missing[paper.step, _is_core(subject, paper)].append(paper)
    for (step_id, core), papers in missing.items():
        found = subject.progress.steps.get(step_id)
        entry = (found.completed or next(iter(found.entries), None)) if found else None
        if entry is None and not core:
            continue  # A step that has not happened is said elsewhere.
        titles = "、".join(f"{_title(subject, paper.code)}（{paper.code}）" for paper in papers)
        yield Found(
            entry.place("materials") if entry else subject.person.place("log").key(),
            f"{found.step.title if found else step_id}缺材料：{titles}",
            "材料在手的，在 materials 里登记；确实没有的，趁早补办。",
            step_id,
            severity=Severity.ERROR if core else Severity.WARNING,
        )
    yield from _never_arisen(subject)


def _never_arisen(subject: Subject) -> Iterator[Found]:
    """On handing over a member's dossier: papers of optional steps of the national rules that nobody recorded."""
    last = handed_over(subject)
    if last is None:
        return
    laid = {paper.code for paper in subject.papers}
    absent = [
        f"{_title(subject, code)}（{code}）"
        for progress in subject.progress.steps.values()
        if progress.step.optional and not progress.entries and progress.step.basis and progress.step.basis.article
        for code in _asked(subject, progress.step)
        if code not in laid
    ]
    if absent:
        text = f"{subject.title(last.step)}时缺材料：{'、'.join(absent)}"
        yield Found(last.place("materials"), text, "办过的补记相应的步骤和材料；没有的如实说明。", last.step)


def _asked(subject: Subject, step: Step) -> Iterator[str]:
    """The papers of a step that belong in the dossier."""
    for paper in step.materials:
        material = subject.rules.materials.get(paper.code)
        usual = material is not None and material.requirement != "optional" and "dossier" in material.keep
        if usual if paper.required is None else paper.required:
            yield paper.code


def _is_core(subject: Subject, paper: PaperState) -> bool:
    """A core paper that ought to have been there at a step already passed that is checked for completeness."""
    material = subject.rules.materials.get(paper.code)
    if material is None or material.requirement != "national" or paper.step is None:
        return False
    order = subject.progress.procedure.order
    return any(order(paper.step) < order(entry.step) for entry in _gates(subject))


def _gates(subject: Subject) -> Iterator[Entry]:
    """Approval of admission, and handing over the dossier: there the core must be complete."""
    for entry in subject.entries:
        step = subject.step_of(entry)
        if step is not None and "DEV067" in step.pitfalls and subject.completed(entry):
            yield entry


def _title(subject: Subject, code: str) -> str:
    material = subject.rules.materials.get(code)
    return material.title if material else code
