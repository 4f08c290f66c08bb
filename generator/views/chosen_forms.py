"""Which forms are sheets of a person's dossier today, and which papers are there as such a sheet alone, still to be signed."""

from __future__ import annotations

from collections.abc import Sequence

from generator.definitions.forms import Form, PapersForm
from generator.procedure.progress import Progress, StepProgress
from generator.views.boxes import REACHED


def reached(form: Form, progress: Progress) -> bool:
    """Whether the person has come so far that the form concerns them."""
    steps = _steps_of(form, progress)
    return not form.printed_for or any(step.entries or step.state in REACHED for step in steps)


def wanted(form: Form, progress: Progress) -> bool:
    """Whether a form is a sheet of the person's dossier today."""
    if form.dossier == "always":
        return reached(form, progress)
    if form.dossier == "never" or not any(step.entries for step in _steps_of(form, progress)):
        return False
    paper = progress.papers.get(form.materials[0])
    return paper is None or not paper.originals


def lists_of_papers(forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms that are the list of papers, which closes every dossier."""
    return tuple(form for form in forms if any(isinstance(section, PapersForm) for section in form.sections))


def to_be_signed(progress: Progress, forms: Sequence[Form]) -> frozenset[str]:
    """Codes of papers that are asked for and not there, while what is recorded of their step is printed in the dossier."""
    printed = [*(form for form in forms if wanted(form, progress)), *lists_of_papers(forms)]
    codes = {code for form in printed for code in form.materials}
    missing = [paper for paper in progress.papers.values() if paper.state == "missing" and paper.code in codes]
    return frozenset(
        paper.code for paper in missing if (step := progress.steps.get(paper.step or "")) is not None and step.entries
    )


def _steps_of(form: Form, progress: Progress) -> list[StepProgress]:
    return [progress.steps[step] for step in form.printed_for if step in progress.steps]
