"""Assesses single people of a corpus; what rests on the whole of it is prepared once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from generator.audit.assess import assess
from generator.audit.assessment import Assessment
from generator.audit.index import CorpusIndex, index_of
from generator.audit.profile_codes import require_codes, require_named
from generator.audit.subject import Subject, Today
from generator.definitions.load import Definitions
from generator.definitions.rules import Rules
from generator.diagnostics import Diagnostic
from generator.procedure.calendar import WorkCalendar
from generator.procedure.context import BranchContext
from generator.procedure.evaluate import evaluate
from generator.procedure.progress import Progress
from generator.procedure.standing import standings
from generator.procedure.timeline import timeline_of
from generator.records.corpus import Corpus
from generator.records.model import Person


class Assessor:
    """`explicit`: the day was asked for, so later entries are left aside."""

    def __init__(self, corpus: Corpus, definitions: Definitions, day: date, explicit: bool) -> None:
        self.corpus, self.definitions, self.day, self.explicit = corpus, definitions, day, explicit
        require_named(corpus, definitions)
        for profile in {rules.profile.id: rules.profile for rules in map(self.rules_of, corpus.branches)}.values():
            require_codes(profile, definitions)

    @cached_property
    def readable(self) -> frozenset[str]:
        """Everybody of whom something is known."""
        return frozenset(self.corpus.people.keys() - self.corpus.unread)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The same, by branch and id."""
        people = [self.corpus.people[id] for id in self.readable]
        people.sort(key=lambda person: (person.committee, person.branch, person.id))
        return tuple(person.id for person in people)

    @cached_property
    def index(self) -> CorpusIndex:
        people, organisers = self.corpus.people.values(), self.corpus.organisers.values()
        day = self.day if self.explicit else None
        unread = self.corpus.unread
        members = standings(people, lambda person: self.rules_of(person.branch), organisers, day, unread)
        return index_of(self.corpus, members, work_calendar(self.definitions))

    def rules_of(self, branch_id: str) -> Rules:
        return rules_of_branch(self.corpus, self.definitions, branch_id)

    def context_of(self, branch_id: str) -> BranchContext:
        branch, index = self.corpus.branches[branch_id], self.index
        return BranchContext(
            organisation=self.corpus.organisation,
            committee=self.corpus.committees[branch.committee],
            branch=branch,
            profile=self.rules_of(branch_id).profile,
            calendar=index.calendar,
            standings=index.standings,
            elsewhere=index.places,
        )

    def assess(self, person: Person) -> Assessment:
        """Everything about one person, with the entries given here; findings are not located."""
        rules, progress = self.rules_of(person.branch), self.progress(person)
        return assess(Subject(person, progress, self.corpus, rules, self.index, Today(self.day), self.explicit))

    def progress(self, person: Person) -> Progress:
        """How far the person has come; no rule is asked."""
        rules, context = self.rules_of(person.branch), self.context_of(person.branch)
        return evaluate(person, timeline_of(person, rules), rules, context, self.day, self.explicit)

    def locate(self, finding: Diagnostic) -> Diagnostic:
        """The finding with its lines in the records and in the procedure."""
        return with_rule_line(self.corpus.locate(finding), self.definitions)


def work_calendar(definitions: Definitions) -> WorkCalendar:
    """The work calendar with the corrections of schema/holidays.yaml."""
    holidays = definitions.holidays
    return WorkCalendar({**dict.fromkeys(holidays.off, "holiday"), **dict.fromkeys(holidays.work, "workday")})


def rules_of_branch(corpus: Corpus, definitions: Definitions, branch_id: str) -> Rules:
    branch = corpus.branches[branch_id]
    return definitions.rules_for(corpus.organisation, corpus.committees[branch.committee], branch)


def with_rule_line(finding: Diagnostic, definitions: Definitions) -> Diagnostic:
    if finding.rule is None or finding.rule.line is not None:
        return finding
    return replace(finding, rule=replace(finding.rule, line=definitions.origin_line(finding.rule)))
