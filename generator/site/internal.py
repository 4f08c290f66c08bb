"""The pages of the internal site: the handbook, and before it the desk, the checklists, the statistics and the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.definitions.source import shelf_for
from generator.diagnostics import Diagnostic
from generator.records.model import Branch
from generator.site.edit_links import edit_links
from generator.site.library import Library
from generator.site.pages import Made, Page, PageSet, Part, Sum, Values
from generator.site.public import RULES_PAGE, add_handbook, add_home
from generator.views.authors import Authors
from generator.views.checklist_desk import ChecklistDesk
from generator.views.cut import Cut, OwnPart
from generator.views.dashboard import BranchDesk, branch_desk, dashboard
from generator.views.details import Details
from generator.views.duties import HORIZONS, DutyList, committee_rows, list_title, spans_of
from generator.views.finding_list import finding_list
from generator.views.funnel import Reach, funnel, reach_of, small_funnels
from generator.views.names import Names
from generator.views.statistics import StageCounter, StageRow, share
from generator.views.statistics_findings import cross, finding_statistics
from generator.views.statistics_reviews import FORESEEN, Gathered, gather, review_statistics

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
    """The pages that name people: desk, findings, statistics, checklists. `exports` as for `internal_pages`.

    Nobody is assessed here. Each checklist is made where it is drawn, and tells the desk and the statistics their share.
    """
    named = _Named(library, audit, exports or {})
    pages.pages += [
        Page("desk/index.md", "internal/desk.md.j2", Sum(named.desk), DESK, DESK),
        Page("desk/findings.md", "internal/findings.md.j2", named.findings(), DESK, "核对结果"),
        Page("desk/statistics.md", "internal/statistics.md.j2", Sum(named.statistics), DESK, "统计"),
        Page("checklists/index.md", "internal/checklists.md.j2", Sum(named.desk), LISTS, LISTS),
    ]
    for _, mine in named.committees:
        for branch in mine:
            part = Part(partial(named.checklist, branch))
            path = library.checklist_page(branch.id)
            pages.pages.append(Page(path, "internal/checklist.md.j2", part))


@dataclass(frozen=True, slots=True)
class _Share:
    """What a branch adds to the pages that sum up."""

    desk: BranchDesk
    stages: StageRow
    reach: Reach
    reviews: Mapping[str, Gathered]


class _Named:
    """Values of the pages that name people."""

    def __init__(self, library: Library, audit: Audit, exports: Exports) -> None:
        cut = Cut.parse(shelf_for(audit.root).read("schema/slice.yaml").data)
        details = Details(audit.corpus.schemas, _names(audit, library), OwnPart(cut, audit.corpus.events).fields)
        self._library, self._audit, self._exports = library, audit, exports
        self._sheets = ChecklistDesk(audit, details, Authors.of(audit))
        self._counter = StageCounter(audit, library.procedure)
        self._everything = len(library.branches) == len(audit.corpus.branches)
        branches = library.branches.values()
        self.committees = [(c.name, [b for b in branches if b.committee == c.id]) for c in library.committees.values()]
        """Name of each committee, with its branches."""
        self._shared = {
            "list_page": library.checklist_page,
            "rule_page": _rule_page(library),
            "edit": edit_links(library.organisation, audit.root),
            "exported": lambda id: [(f"exports/{id}.{ending}", FORMATS[ending]) for ending in exports],
        }

    def checklist(self, branch: Branch) -> Made:
        library, audit = self._library, self._audit
        mine = [audit.assessments[id] for id in audit.ids_of[branch.id]]
        sheet = self._sheets.checklist(branch, mine)
        values = {
            "sheet": sheet,
            "manual": library.manual_page(branch.id),
            "manual_steps": {step.id for phase in library.manuals[branch.id].phases for step in phase.steps},
            "step_page": library.step_page,
            **self._shared,
        }
        rows = tuple(chain.from_iterable(span.rows for span in sheet.spans))
        duties = DutyList(list_title(sheet.name), audit.as_of, HORIZONS[-1], rows)
        files = {f"exports/{branch.id}.{ending}": write(duties) for ending, write in self._exports.items()}
        reach = reach_of(mine, library.procedure.stages)
        share = _Share(branch_desk(sheet), self._counter.row(branch, mine), reach, gather(audit, mine))
        return Made(values, files, share)

    def desk(self, told: Sequence[_Share]) -> Values:
        above = committee_rows(self._audit, HORIZONS[-1]) if self._everything else ()
        board = dashboard([one.desk for one in told], spans_of(above, self._audit.as_of))
        return {"board": board, "committees": self.committees, **self._shared}

    def findings(self) -> Values:
        return {"found": finding_list(self._concerned, self._sheets.finding_row), **self._shared}

    def statistics(self, told: Sequence[_Share]) -> Values:
        library, audit = self._library, self._audit
        branches, stages = list(library.branches.values()), library.procedure.stages
        found = finding_statistics(audit, self._concerned)
        left = gather(audit, self._who_left())
        by_id = {one.desk.row.id: one for one in told}
        return {
            "numbers": self._counter.statistics([by_id[branch.id].stages for branch in branches]),
            "funnel": funnel("all", "各阶段人数", [one.reach for one in told], stages),
            "small": small_funnels([(branch, by_id[branch.id].reach) for branch in branches], stages),
            "found": found,
            "crossed": cross(found, "branch"),
            "reviews": review_statistics(audit, branches, [*(one.reviews for one in told), left]),
            "share": share,
            "foreseen": FORESEEN,
            **self._shared,
        }

    @cached_property
    def _concerned(self) -> Sequence[Diagnostic]:
        """The findings about the branches of this site; chosen once for the pages that show or count them."""
        if self._everything:
            return self._audit.findings
        branch_of, branches = self._sheets.branch_of, self._library.branches
        return [one for one in self._audit.findings if branch_of(one) in branches]

    def _who_left(self) -> Iterator[Assessment]:
        """People of other branches who were in one of these: what was found then counts here."""
        for person in self._audit.corpus.people.values():
            if person.branch not in self._library.branches and person.id in self._audit.assessments:
                moves = person.entries.having("from_branch")
                if any(entry.fields["from_branch"] in self._library.branches for entry in moves):
                    yield self._audit.assessments[person.id]


def _names(audit: Audit, library: Library) -> Callable[[str, str], str | None]:
    """Names behind ids. Somebody of a branch that is not on this site appears with the branch."""
    names = Names(audit)

    def name_of(kind: str, id: str) -> str | None:
        name = names(kind, id)
        person = audit.corpus.person(id) if kind == "person" else None
        return name if person is None or person.branch in library.branches else f"{name}（{names('unit', id)}）"

    return name_of


def _rule_page(library: Library) -> Callable[[str], str]:
    def page(code: str) -> str:
        link = library.rule_book.link(code)
        return link.href if link else RULES_PAGE

    return page
