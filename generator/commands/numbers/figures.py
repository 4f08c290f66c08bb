"""Everything `jishi stats` shows, gathered from the views; the ways of writing it only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.audit.audit import Audit
from generator.commands.codes import chosen
from generator.records.model import Branch
from generator.views.statistics import StageCounter, Statistics
from generator.views.statistics_findings import FindingStatistics, finding_statistics
from generator.views.statistics_reviews import BranchReviews, gather, review_statistics


@dataclass(frozen=True, slots=True)
class Figures:
    as_of: str
    branches: tuple[Branch, ...]
    people: Statistics
    findings: FindingStatistics
    reviews: tuple[BranchReviews, ...]


def figures(audit: Audit, select_codes: Sequence[str], ignore_codes: Sequence[str]) -> Figures:
    """Of all branches, by committee and id. The codes limit findings and problems, not the share of dossiers without error."""
    corpus = audit.corpus
    branches = tuple(sorted(corpus.branches.values(), key=lambda branch: (branch.committee, branch.id)))
    counter = StageCounter(audit, audit.definitions.procedures[-1])
    rows, gathered = [], []
    for branch in branches:
        mine = [audit.assessments[id] for id in audit.ids_of[branch.id]]
        rows.append(counter.row(branch, mine))
        gathered.append(gather(audit, mine, select_codes, ignore_codes))
    return Figures(
        audit.as_of.isoformat(),
        branches,
        counter.statistics(rows),
        finding_statistics(audit, chosen(audit.findings, tuple(select_codes), tuple(ignore_codes))),
        review_statistics(audit, branches, gathered),
    )
