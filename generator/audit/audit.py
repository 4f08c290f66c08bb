"""The whole check of a records repository: what every product starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.audit.assess import assess
from generator.audit.assessment import Assessment
from generator.audit.index import CorpusIndex, index_of
from generator.audit.order import in_order_of_place
from generator.audit.shared import said_once
from generator.audit.subject import Subject
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.model import Rules
from generator.definitions.source import shipped_root
from generator.diagnostics import Diagnostic
from generator.procedure.calendar import WorkCalendar
from generator.procedure.context import BranchContext
from generator.procedure.evaluate import evaluate
from generator.procedure.standing import standings
from generator.procedure.timeline import timeline_of
from generator.records.corpus import Corpus, load_corpus
from generator.records.model import Person
from generator.records.schema import RecordSchemas

Tick = Callable[[int, int], None]
"""Called with (people done, people in all)."""


@dataclass(frozen=True)
class Audit:
    """Everything known about the records on one day. `explicit`: the day was asked for, so later entries were left aside."""

    root: Path
    as_of: date
    explicit: bool
    corpus: Corpus
    definitions: Definitions
    assessments: Mapping[str, Assessment]
    """Person id → assessment, by branch and id. People whose file could not be read have none: nothing is known of them."""
    findings: tuple[Diagnostic, ...]
    """All findings, those of the files included, located, in order of path, line, column and code."""
    later: int
    """Entries after the as-of date that were left aside."""

    @property
    def files(self) -> int:
        """Number of record files read."""
        return self.corpus.files

    @property
    def record_paths(self) -> Iterable[str]:
        """Paths of all record files, relative to the root."""
        return self.corpus.documents

    def findings_of(self, person_id: str) -> tuple[Diagnostic, ...]:
        """Everything about one person, located: what is shared with others, and faults of the person's file, included."""
        path = self.corpus.people[person_id].path
        own = [f for f in self.corpus.findings if f.person == person_id or f.place.path == path]
        assessed = self.assessments[person_id].findings if person_id in self.assessments else ()
        return locate_all([*own, *assessed], self.corpus, self.definitions)

    def rules_of(self, branch_id: str) -> Rules:
        """All versions and layers that hold for a branch."""
        return rules_of_branch(self.corpus, self.definitions, branch_id)


def run_audit(root: Path, as_of: date | None = None, *, progress: Tick | None = None) -> Audit:
    """Read, evaluate and check everything. `as_of` None: today, and later entries are findings.

    Files with errors take nothing from the others: everybody who could be read is assessed. Raises JishiError when
    there is no data folder, or a definition is faulty or missing.
    """
    definitions = load_definitions(root)
    corpus = load_corpus(root, load_schemas(root, definitions))
    return audit_corpus(root, corpus, definitions, as_of, progress)


def audit_corpus(
    root: Path, corpus: Corpus, definitions: Definitions, as_of: date | None = None, progress: Tick | None = None
) -> Audit:
    """As `run_audit`, for records already read."""
    day = as_of or date.today()
    explicit = as_of is not None
    calendar = work_calendar(definitions)

    def rules_of(person: Person) -> Rules:
        return rules_of_branch(corpus, definitions, person.branch)

    members = standings(corpus.people.values(), rules_of, corpus.organisers.values(), day if explicit else None)
    index = index_of(corpus, members, calendar)
    assessments: dict[str, Assessment] = {}
    readable = [person for person in corpus.people.values() if person.id not in corpus.unread]
    people = sorted(readable, key=lambda person: (person.committee, person.branch, person.id))
    for done, person in enumerate(people, 1):
        assessments[person.id] = _assess_person(person, corpus, rules_of(person), index, day, explicit)
        if progress is not None:
            progress(done, len(people))
    everything = [*corpus.findings, *(finding for a in assessments.values() for finding in a.findings)]
    return Audit(
        root=root,
        as_of=day,
        explicit=explicit,
        corpus=corpus,
        definitions=definitions,
        assessments=assessments,
        findings=locate_all(said_once(everything, corpus.people), corpus, definitions),
        later=sum(a.progress.ignored_later for a in assessments.values()) if explicit else 0,
    )


def load_schemas(root: Path, definitions: Definitions) -> RecordSchemas:
    """Schemas of the records; a file of the repository comes before the shipped one of the same name."""
    folders = [base / "schema" / "records" for base in (root, shipped_root())]
    return RecordSchemas.load(folders, definitions.step_kinds)


def work_calendar(definitions: Definitions) -> WorkCalendar:
    """The work calendar with the corrections of schema/holidays.yaml."""
    holidays = definitions.holidays
    return WorkCalendar({**dict.fromkeys(holidays.off, "holiday"), **dict.fromkeys(holidays.work, "workday")})


def rules_of_branch(corpus: Corpus, definitions: Definitions, branch_id: str) -> Rules:
    branch = corpus.branches[branch_id]
    return definitions.rules_for(corpus.organisation, corpus.committees[branch.committee], branch)


def _assess_person(
    person: Person, corpus: Corpus, rules: Rules, index: CorpusIndex, day: date, explicit: bool
) -> Assessment:
    branch = corpus.branches[person.branch]
    context = BranchContext(
        organisation=corpus.organisation,
        committee=corpus.committees[branch.committee],
        branch=branch,
        profile=rules.profile,
        calendar=index.calendar,
        standings=index.standings,
        elsewhere=index.places,
    )
    standing = evaluate(person, timeline_of(person, rules), rules, context, day, explicit)
    return assess(Subject(person, standing, corpus, rules, index, day, explicit))


def locate_all(findings: Iterable[Diagnostic], corpus: Corpus, definitions: Definitions) -> tuple[Diagnostic, ...]:
    """The findings with lines and columns, in order of place."""
    # By path: the corpus keeps only the documents read last.
    by_path = sorted(findings, key=lambda finding: finding.place.path)
    located = (corpus.locate(finding) for finding in by_path)
    return in_order_of_place(_with_rule_line(finding, definitions) for finding in located)


def _with_rule_line(finding: Diagnostic, definitions: Definitions) -> Diagnostic:
    if finding.rule is None or finding.rule.line is not None:
        return finding
    return replace(finding, rule=replace(finding.rule, line=definitions.origin_line(finding.rule)))
