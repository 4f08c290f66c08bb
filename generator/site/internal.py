"""The pages of the internal site: the handbook, and before it the desk, the checklists, the statistics and the findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.audit.afresh import load_schemas
from generator.audit.audit import Audit
from generator.definitions.source import shelf_for
from generator.diagnostics import Diagnostic, Severity
from generator.site.library import Library
from generator.site.pages import PageSet
from generator.site.public import RULES_PAGE, add_handbook, add_home
from generator.views.checklist import FindingRow
from generator.views.checklist_desk import ChecklistDesk
from generator.views.cut import Cut, OwnPart
from generator.views.dashboard import dashboard
from generator.views.details import Details
from generator.views.statistics import share, statistics
from generator.views.statistics_findings import cross, finding_statistics
from generator.views.statistics_reviews import FORESEEN, review_statistics

DESK, LISTS = "工作台", "支部清单"


def internal_pages(library: Library, audit: Audit, pages: PageSet) -> None:
    """Everything about the branches of `library`, and nothing about the people of others but the names their records mention."""
    branches = list(library.branches.values())
    cut = Cut.parse(shelf_for(audit.root).read("schema/slice.yaml").data)
    own = OwnPart(cut, audit.corpus.events)
    details = Details(load_schemas(audit.root, audit.definitions), _names(audit, library), own)
    desk = ChecklistDesk(audit, details)
    board = dashboard(audit, branches)
    numbers = statistics(audit, branches, library.procedure)
    concerned = [finding for finding in audit.findings if _concerns(finding, audit, library)]
    findings = desk.finding_rows(concerned)
    manual = {key: {step.id for phase in book.phases for step in phase.steps} for key, book in library.manuals.items()}
    shared: dict[str, Any] = {"list_page": library.checklist_page, "rule_page": _rule_page(library)}

    add_home(library, pages)
    pages.add("desk/index.md", "internal/desk.md.j2", DESK, DESK, board=board, numbers=numbers, **shared)
    pages.add(
        "desk/findings.md",
        "internal/findings.md.j2",
        DESK,
        "核对结果",
        findings=findings,
        counts=_counts(findings),
        **shared,
    )
    found = finding_statistics(audit, concerned)
    pages.add(
        "desk/statistics.md",
        "internal/statistics.md.j2",
        DESK,
        "统计",
        numbers=numbers,
        found=found,
        crossed=cross(found, "branch"),
        reviews=review_statistics(audit, branches),
        share=share,
        foreseen=FORESEEN,
        **shared,
    )
    pages.add(
        "checklists/index.md",
        "internal/checklists.md.j2",
        LISTS,
        LISTS,
        board=board,
        committees=library.committees,
        **shared,
    )
    for committee in library.committees.values():
        for branch in branches:
            if branch.committee == committee.id:
                pages.add(
                    library.checklist_page(branch.id),
                    "internal/checklist.md.j2",
                    LISTS,
                    branch.name,
                    committee.name,
                    sheet=desk.checklist(branch),
                    manual=library.manual_page(branch.id),
                    manual_steps=manual[branch.id],
                    step_page=library.step_page,
                    **shared,
                )
    add_handbook(library, pages)


def _names(audit: Audit, library: Library) -> Callable[[str, str], str | None]:
    """Names behind ids. Somebody of a branch that is not on this site appears with the branch."""
    corpus = audit.corpus
    titles = {key: step.title for key, step in audit.definitions.steps.items()}

    def name_of(kind: str, id: str) -> str | None:
        if kind == "person":
            person = corpus.person(id)
            if person is None:
                organiser = corpus.organisers.get(id)
                return str(organiser.fields["name"]) if organiser and "name" in organiser.fields else None
            return (
                person.name
                if person.branch in library.branches
                else f"{person.name}（{corpus.branches[person.branch].name}）"
            )
        if kind == "branch":
            return corpus.branches[id].name if id in corpus.branches else None
        if kind == "committee":
            return library.bodies.get(id)
        return titles.get(id)

    return name_of


def _concerns(finding: Diagnostic, audit: Audit, library: Library) -> bool:
    """Whether a finding is about a branch of this site: its person, or the folder its place is in."""
    if len(library.branches) == len(audit.corpus.branches):
        return True
    person = audit.corpus.people.get(finding.person) if finding.person else None
    if person is not None:
        return person.branch in library.branches
    return any(
        finding.place.path.startswith(branch.path.rpartition("/")[0] + "/") for branch in library.branches.values()
    )


def _counts(findings: Sequence[FindingRow]) -> dict[str, int]:
    return {severity.label: sum(f.severity == severity.value for f in findings) for severity in Severity}


def _rule_page(library: Library) -> Callable[[str], str]:
    def page(code: str) -> str:
        link = library.rule_book.link(code)
        return link.href if link else RULES_PAGE

    return page
