"""The booklet of a branch, from what its page is made of."""

from __future__ import annotations

from generator.site.library import Library, versions
from generator.views.booklet import Booklet, booklet_of
from generator.views.branch_facts import branch_facts, tailor_for


def booklet(library: Library, branch: str) -> Booklet:
    """The booklet of a branch of the library."""
    rules, record = library.rules[branch], library.branches[branch]
    facts = branch_facts(library.committees[record.committee], record, rules)
    procedure, _ = versions(rules, library.as_of)
    return booklet_of(
        library.manuals[branch],
        library.organisation.name,
        procedure,
        rules.materials,
        library.definitions.sections,
        tailor_for(library.definitions.tailoring, facts),
        library.as_of,
    )
