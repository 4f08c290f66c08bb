"""The pages of the internal site: the handbook, and before it the desk, the checklists, the statistics and the findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from generator.audit.audit import Audit
from generator.definitions.source import shelf_for
from generator.diagnostics import Diagnostic
from generator.records.model import Branch
from generator.site.edit_links import edit_links
from generator.site.library import Library
from generator.site.pages import PageSet
from generator.site.public import RULES_PAGE, add_handbook, add_home
from generator.views.authors import Authors
from generator.views.checklist import Checklist
from generator.views.checklist_desk import ChecklistDesk
from generator.views.cut import Cut, OwnPart
from generator.views.dashboard import dashboard
from generator.views.details import Details
from generator.views.duties import HORIZONS, DutyList, committee_rows, list_title, spans_of
from generator.views.finding_list import finding_list
from generator.views.funnel import funnel, small_funnels
from generator.views.statistics import share, statistics
from generator.views.statistics_findings import cross, finding_statistics
from generator.views.statistics_reviews import FORESEEN, review_statistics

DESK, LISTS = "工作台", "支部清单"
FORMATS = {"ics": "日历", "xlsx": "表格"}

Exports = Mapping[str, Callable[[DutyList], bytes]]
"""Ending of a file → what writes a list of duties so."""


def internal_pages(library: Library, audit: Audit, pages: PageSet, exports: Exports | None = None) -> None:
    """Everything about the branches of `library`, and nothing about the people of others but the names their records mention.

    `exports`: in which forms the duties of each branch lie beside its page.
    """
    add_home(library, pages)
    add_named(library, audit, pages, exports)
    add_handbook(library, pages)


def add_named(library: Library, audit: Audit, pages: PageSet, exports: Exports | None = None) -> None:
    """The pages that name people: desk, findings, statistics, checklists. `exports` as for `internal_pages`."""
    branches = list(library.branches.values())
    desk = _desk(library, audit)
    sheets = {branch.id: desk.checklist(branch) for branch in branches}
    everything = len(branches) == len(audit.corpus.branches)
    above = committee_rows(audit, HORIZONS[-1]) if everything else ()
    board = dashboard(list(sheets.values()), spans_of(above, audit.as_of))
    shared = _shared(library, audit, sheets, pages, exports)
    pages.add(
        "desk/index.md", "internal/desk.md.j2", DESK, DESK, board=board, committees=_by_committee(library), **shared
    )
    concerned = [finding for finding in audit.findings if everything or desk.branch_of(finding) in library.branches]
    found = finding_list(desk.finding_rows(concerned))
    pages.add("desk/findings.md", "internal/findings.md.j2", DESK, "核对结果", found=found, **shared)
    _add_statistics(library, audit, desk, concerned, pages, shared)
    pages.add(
        "checklists/index.md",
        "internal/checklists.md.j2",
        LISTS,
        LISTS,
        board=board,
        committees=_by_committee(library),
        **shared,
    )
    for committee, mine in _by_committee(library):
        for branch in mine:
            _add_checklist(library, branch, committee, sheets[branch.id], pages, shared)


def add_one_checklist(
    library: Library, audit: Audit, branch: Branch, pages: PageSet, exports: Exports | None = None
) -> None:
    """The checklist of a branch as it is among all others; only its own people are assessed for it."""
    sheet = _desk(library, audit).checklist(branch)
    shared = _shared(library, audit, {branch.id: sheet}, pages, exports)
    _add_checklist(library, branch, library.committees[branch.committee].name, sheet, pages, shared)


def _desk(library: Library, audit: Audit) -> ChecklistDesk:
    cut = Cut.parse(shelf_for(audit.root).read("schema/slice.yaml").data)
    own = OwnPart(cut, audit.corpus.events)
    details = Details(audit.corpus.schemas, _names(audit, library), own)
    return ChecklistDesk(audit, details, Authors.of(audit))


def _shared(
    library: Library, audit: Audit, sheets: Mapping[str, Checklist], pages: PageSet, exports: Exports | None
) -> dict[str, Any]:
    return {
        "list_page": library.checklist_page,
        "rule_page": _rule_page(library),
        "edit": edit_links(library.organisation, audit.root),
        "exported": _add_exports(sheets, audit, pages, exports or {}),
    }


def _by_committee(library: Library) -> list[tuple[str, list[Branch]]]:
    """Name of each committee, with its branches."""
    branches = library.branches.values()
    return [(c.name, [b for b in branches if b.committee == c.id]) for c in library.committees.values()]


def _add_exports(
    sheets: Mapping[str, Checklist], audit: Audit, pages: PageSet, exports: Exports
) -> Callable[[str], list[tuple[str, str]]]:
    """Writes the duties of each branch; gives (path, name) of what there is for a branch."""
    for id, sheet in sheets.items():
        rows = tuple(chain.from_iterable(span.rows for span in sheet.spans))
        duties = DutyList(list_title(sheet.name), audit.as_of, HORIZONS[-1], rows)
        for ending, write in exports.items():
            pages.files[f"exports/{id}.{ending}"] = write(duties)
    return lambda id: [(f"exports/{id}.{ending}", FORMATS[ending]) for ending in exports]


def _add_checklist(
    library: Library, branch: Branch, committee: str, sheet: Checklist, pages: PageSet, shared: Mapping[str, Any]
) -> None:
    pages.add(
        library.checklist_page(branch.id),
        "internal/checklist.md.j2",
        LISTS,
        branch.name,
        committee,
        sheet=sheet,
        manual=library.manual_page(branch.id),
        manual_steps={step.id for phase in library.manuals[branch.id].phases for step in phase.steps},
        step_page=library.step_page,
        **shared,
    )


def _add_statistics(
    library: Library,
    audit: Audit,
    desk: ChecklistDesk,
    concerned: list[Diagnostic],
    pages: PageSet,
    shared: Mapping[str, Any],
) -> None:
    branches = list(library.branches.values())
    members = [(branch, desk.members(branch.id)) for branch in branches]
    stages = library.procedure.stages
    found = finding_statistics(audit, concerned)
    pages.add(
        "desk/statistics.md",
        "internal/statistics.md.j2",
        DESK,
        "统计",
        numbers=statistics(audit, branches, library.procedure),
        funnel=funnel("all", "各阶段人数", chain.from_iterable(mine for _, mine in members), stages),
        small=small_funnels(members, stages),
        found=found,
        crossed=cross(found, "branch"),
        reviews=review_statistics(audit, branches),
        share=share,
        foreseen=FORESEEN,
        **shared,
    )


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


def _rule_page(library: Library) -> Callable[[str], str]:
    def page(code: str) -> str:
        link = library.rule_book.link(code)
        return link.href if link else RULES_PAGE

    return page
