"""What the steps, and those who act in them, are called in a branch: there is one name for each, that of its manual."""

from __future__ import annotations

from collections.abc import Callable

from generator.audit.audit import Audit
from generator.records.model import Branch
from generator.views.branch_facts import branch_facts, kind_of, tailor_for

Called = Callable[[str], str]
"""A title of the procedure, or a line made of such titles → as the branch says it. Not for texts of records."""


class BranchTitles:
    """The titles of one audit; branches of one kind share them."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._known: dict[tuple[object, ...], Called] = {}

    def of(self, branch: Branch) -> Called:
        audit, rules = self._audit, self._audit.rules_of(branch.id)
        facts = branch_facts(audit.corpus.committees[branch.committee], branch, rules)
        kind = kind_of(facts, rules)
        if kind not in self._known:
            self._known[kind] = tailor_for(audit.definitions.tailoring, facts).text
        return self._known[kind]
