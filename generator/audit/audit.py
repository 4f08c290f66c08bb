"""The whole check of a records repository: what every product starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from generator.audit.above import said_about_committees
from generator.audit.assessment import Assessment
from generator.audit.assessor import Assessor, rules_of_branch, with_rule_line, work_calendar
from generator.audit.everybody import Assessments, Tick, said_about_everybody
from generator.audit.kept import Counted, Result, Unread, earliest, keep_result, kept_result, key_of
from generator.audit.order import in_order_of_place
from generator.audit.shared import said_once
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.model import Rules
from generator.definitions.source import shipped_root
from generator.diagnostics import Diagnostic
from generator.records.corpus import Corpus, corpus_of, require_records
from generator.records.reading import Reading, look
from generator.records.schema import RecordSchemas
from generator.records.store import Store, store_for
from generator.records.workers import without_looking_for_garbage

__all__ = ["Audit", "Tick", "audit_corpus", "load_schemas", "locate_all", "run_audit", "work_calendar"]


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

    Files with errors take nothing from the others: everybody who could be read is assessed. What was found in an earlier run
    and rests on nothing that has changed is taken over. Raises JishiError when there is no data folder, or a definition is faulty.
    """
    with without_looking_for_garbage():
        return _run(root, as_of, progress)


def _run(root: Path, as_of: date | None, progress: Tick | None) -> Audit:
    require_records(root)
    day, explicit = as_of or date.today(), as_of is not None
    reading = look(root, store_for(root, key_of(root)))
    result = kept_result(reading, day, explicit)
    if result is not None:
        return _as_kept(root, reading, day, explicit, result)
    definitions = load_definitions(root)
    corpus = corpus_of(reading, load_schemas(root, definitions))
    audit, until = _audit(root, corpus, definitions, as_of, progress, reading.store)
    result = Result(audit.findings, audit.later, len(corpus.people), corpus.files, day, until)
    keep_result(reading, explicit, result)
    return audit


def audit_corpus(
    root: Path, corpus: Corpus, definitions: Definitions, as_of: date | None = None, progress: Tick | None = None
) -> Audit:
    """As `run_audit`, for records already read."""
    return _audit(root, corpus, definitions, as_of, progress, None)[0]


def _audit(
    root: Path,
    corpus: Corpus,
    definitions: Definitions,
    as_of: date | None,
    progress: Tick | None,
    store: Store | None,
) -> tuple[Audit, date | None]:
    """The audit, and until what day its findings hold."""
    day, explicit = as_of or date.today(), as_of is not None
    assessor = Assessor(corpus, definitions, day, explicit)
    assessments = Assessments(lambda: assessor)
    said = said_about_everybody(assessments, assessor, store, progress)
    above = said_about_committees(corpus, definitions, day)
    everything = [*corpus.findings, *above.findings, *(finding for one in said for finding in one.findings)]
    audit = Audit(
        root=root,
        as_of=day,
        explicit=explicit,
        corpus=corpus,
        definitions=definitions,
        assessments=assessments,
        findings=locate_all(said_once(everything, corpus.people), corpus, definitions),
        later=sum(one.later for one in said) if explicit else 0,
    )
    return audit, earliest((above.until, *(one.until for one in said)))


def _as_kept(root: Path, reading: Reading, day: date, explicit: bool, result: Result) -> Audit:
    """An audit whose findings are known; the records are read when more than these is asked for."""
    definitions = Unread(lambda: load_definitions(root))
    whole = Unread(lambda: corpus_of(reading, load_schemas(root, definitions.value())))
    corpus = cast(Corpus, Unread(whole.value, files=result.files, people=Counted(result.people, whole.value)))
    return Audit(
        root=root,
        as_of=day,
        explicit=explicit,
        corpus=corpus,
        definitions=cast(Definitions, definitions),
        assessments=Assessments(cache(lambda: Assessor(whole.value(), definitions.value(), day, explicit))),
        findings=result.findings,
        later=result.later,
    )


def load_schemas(root: Path, definitions: Definitions) -> RecordSchemas:
    """Schemas of the records; a file of the repository comes before the shipped one of the same name."""
    folders = [base / "schema" / "records" for base in (root, shipped_root())]
    return RecordSchemas.load(folders, definitions.step_kinds)


def locate_all(findings: Iterable[Diagnostic], corpus: Corpus, definitions: Definitions) -> tuple[Diagnostic, ...]:
    """The findings with lines and columns, in order of place."""
    # By path: the corpus keeps only the documents read last.
    by_path = sorted(findings, key=lambda finding: finding.place.path)
    located = (corpus.locate(finding) for finding in by_path)
    return in_order_of_place(with_rule_line(finding, definitions) for finding in located)
