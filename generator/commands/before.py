"""`jishi check --before STEP ID…`: what speaks against filing a step today, person by person, and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

import click

from generator.audit.audit import Audit
from generator.audit.rehearsal import Rehearsal, Rehearsals
from generator.commands.codes import Prefixes, chosen
from generator.commands.reporters.as_json import finding_as_json
from generator.commands.reporters.as_text import block
from generator.commands.reporters.source import SourceLines
from generator.commands.reporters.summary import Counts
from generator.commands.selection import nearest_hint
from generator.definitions.model import Step
from generator.diagnostics import JishiError
from generator.records.model import Person


def require_people(ids: Sequence[str], format_: str) -> None:
    """Raises UsageError when nobody is named, or the format is none of these."""
    if not ids:
        raise click.UsageError("--before 要写明人：jishi check --before 步骤 学号或工号 …", click.get_current_context())
    if format_ not in BEFORE:
        raise click.UsageError(f"--before 的输出格式只有 {'、'.join(BEFORE)}。", click.get_current_context())


def report_before(
    audit: Audit, step_id: str, ids: Sequence[str], format_: str, codes: tuple[Prefixes, Prefixes]
) -> int:
    """Print the lists and give the exit code: 0 when the step can be filed for everybody, else 1.

    `codes`: selected and ignored. Raises JishiError for an unknown person or step.
    """
    results = _rehearsed(audit, step_id, ids, *codes)
    text = BEFORE[format_](audit, step_id, results)
    click.echo(text if sys.stdout.isatty() else click.unstyle(text), nl=False)
    return int(not all(result.safe for result in results))


def _rehearsed(audit: Audit, step_id: str, ids: Sequence[str], select: Prefixes, ignore: Prefixes) -> list[Rehearsal]:
    """One result a person, in the order asked for."""
    rehearsals = Rehearsals(audit)
    people = list({person.id: person for person in (_person(audit, id) for id in ids)}.values())
    steps = {id: step for person in people for id, step in rehearsals.steps(person).items()}
    if step_id not in steps:
        raise JishiError(f"没有步骤“{step_id}”", _nearest(step_id, list(steps.values())))
    found = [rehearsals.rehearse(person, step_id) for person in people]
    kept = [replace(one, findings=tuple(chosen(one.findings, select, ignore))) for one in found]
    if left_out := sum(len(a.findings) - len(b.findings) for a, b in zip(found, kept, strict=True)):
        click.echo(f"按 --select、--ignore 略去 {left_out} 项问题。", err=True)
    return kept


def before_as_text(audit: Audit, step_id: str, results: Sequence[Rehearsal]) -> str:
    source = SourceLines(audit.root, audit.findings)
    lines = [f"{_title(audit, step_id, results)}（{step_id}），按 {audit.as_of} 办理："]
    for result in results:
        lines += ["", *_person_lines(audit, result, source)]
    good = sum(result.safe for result in results)
    if len(results) > 1:
        lines += ["", f"共 {len(results)} 人：可以上报 {good} 人，不宜上报 {len(results) - good} 人。"]
    return "\n".join(lines) + "\n"


def before_as_json(audit: Audit, step_id: str, results: Sequence[Rehearsal]) -> str:
    report = {
        "as_of": audit.as_of.isoformat(),
        "step": step_id,
        "title": _title(audit, step_id, results),
        "safe": all(result.safe for result in results),
        "people": [
            {
                "person": result.person.id,
                "name": result.person.name,
                "safe": result.safe,
                "remarks": list(result.remarks),
                "findings": [finding_as_json(finding) for finding in result.findings],
                "papers": [{"code": c, "title": audit.definitions.materials[c].title} for c in result.papers],
            }
            for result in results
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


BEFORE: dict[str, Callable[[Audit, str, Sequence[Rehearsal]], str]] = {"text": before_as_text, "json": before_as_json}


def _person_lines(audit: Audit, result: Rehearsal, source: SourceLines) -> Iterator[str]:
    person = result.person
    who = f"{person.name}（{person.id}）"
    if result.safe:
        yield click.style(f"{who}：可以上报", fg="green", bold=True)
    else:
        counts = Counts.of(result.findings)
        reasons = [f"错误 {counts.errors} 项", f"警告 {counts.warnings} 项"] if result.findings else []
        yield click.style(f"{who}：不宜上报（{'，'.join([*result.remarks, *reasons])}）", fg="red", bold=True)
    for finding in result.findings:
        yield from (f"  {line}" for line in block(finding, source))
    if result.papers:
        yield "  须随附：" + "、".join(f"{audit.definitions.materials[code].title}（{code}）" for code in result.papers)


def _title(audit: Audit, step_id: str, results: Sequence[Rehearsal]) -> str:
    steps = (Rehearsals(audit).steps(result.person).get(step_id) for result in results)
    return next((step.title for step in steps if step is not None), step_id)


def _person(audit: Audit, id: str) -> Person:
    person = audit.corpus.person(id)
    if person is None:
        raise JishiError(f"没有学号或工号为“{id}”的人；--before 之后写步骤，再写学号或工号", nearest_hint(audit, id))
    return person


def _nearest(text: str, steps: Sequence[Step]) -> str:
    """Steps whose id or title resembles what was typed."""
    ids = get_close_matches(text, [step.id for step in steps], n=3, cutoff=0.5)
    titled = [step.id for step in steps if text in step.title]
    titles = {step.id: step.title for step in steps}
    near = list(dict.fromkeys([*titled, *ids]))[:5]
    if not near:
        return "步骤的名称见手册，或运行 jishi show 学号。"
    return "相近的：" + "、".join(f"{id}（{titles[id]}）" for id in near)
