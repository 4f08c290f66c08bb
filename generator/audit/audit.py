"""The whole check of a records repository: what every product starts from.

What reads and judges is imported only when something has to be read: when nothing has changed since the last run, loading the program
would take longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from generator.audit.kept import Later, Result, Unread, keep_result, kept_result
from generator.definitions.kept import key_of
from generator.diagnostics import Diagnostic
from generator.records.garbage import without_looking_for_garbage
from generator.records.look import Reading, look, require_records
from generator.records.store import store_for

if TYPE_CHECKING:
    from generator.audit.assessment import Assessment, Journey
    from generator.audit.everybody import Assessments
    from generator.definitions.load import Definitions
    from generator.definitions.rules import Rules
    from generator.records.corpus import Corpus

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
    journeys: Mapping[str, Journey]
    """The same people, for who asks for no finding: working these out takes as long again."""
    findings: tuple[Diagnostic, ...]
    """All findings, those of the files included, located, in order of path, line, column and code."""
    later: int
    """Entries after the as-of date that were left aside."""
    key: bytes
    """Stands for the program and the definitions, as they were before anything was read."""

    @property
    def files(self) -> int:
        """Number of record files read."""
        return self.corpus.files

    @property
    def record_paths(self) -> Iterable[str]:
        """Paths of all record files, relative to the root."""
        return self.corpus.documents

    @cached_property
    def ids_of(self) -> Mapping[str, Sequence[str]]:
        """Branch → ids of its people whose files could be read."""
        found: dict[str, list[str]] = {branch: [] for branch in self.corpus.branches}
        for id in self.journeys:
            found[self.corpus.people[id].branch].append(id)
        return found

    def findings_of(self, person_id: str) -> tuple[Diagnostic, ...]:
        """Everything about one person, located: what is shared with others, and faults of the person's file, included."""
        path = self.corpus.people[person_id].path
        own = [f for f in self.corpus.findings if f.person == person_id or f.place.path == path]
        from generator.audit.afresh import absence_codes, locate_all
        from generator.audit.left_out import LostEvents

        assessed = self.assessments[person_id].findings if person_id in self.assessments else ()
        absence = absence_codes(self.definitions)
        cautioned = LostEvents(self.corpus).cautioned(assessed, self.corpus.people[person_id], absence)
        return locate_all([*own, *cautioned], self.corpus, self.definitions)

    def rules_of(self, branch_id: str) -> Rules:
        """All versions and layers that hold for a branch."""
        from generator.audit.assessor import rules_of_branch

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
    key = key_of(root)
    reading = look(root, store_for(root, key), key)
    result = kept_result(reading, day, explicit)
    if result is not None:
        return _as_kept(root, reading, day, explicit, result)
    from generator.audit.afresh import audit_reading

    audit, until = audit_reading(root, reading, day, explicit, progress)
    people, assessed = len(audit.corpus.people), len(audit.assessments)
    result = Result(audit.findings, audit.later, people, assessed, audit.files, day, until)
    keep_result(reading, explicit, result)
    return audit


def _as_kept(root: Path, reading: Reading, day: date, explicit: bool, result: Result) -> Audit:
    """An audit whose findings are known; the records are read when more than these is asked for."""

    def load() -> Definitions:
        from generator.definitions.load import load_definitions

        return load_definitions(root, reading.always)

    def read() -> Corpus:
        from generator.audit.read import corpus_read

        return corpus_read(root, reading, definitions.value())

    @cache
    def assess() -> Assessments:
        from generator.audit.afresh import assessments

        return assessments(whole.value(), definitions.value(), day, explicit, reading.store)

    @cache
    def journeys() -> Mapping[str, Journey]:
        from generator.audit.everybody import Journeys

        return Journeys(assess())

    definitions, whole = Unread(load), Unread(read)
    people = Later(lambda: whole.value().people, result.people)
    return Audit(
        root=root,
        as_of=day,
        explicit=explicit,
        corpus=cast("Corpus", Unread(whole.value, files=result.files, people=people)),
        definitions=cast("Definitions", definitions),
        assessments=Later(assess, result.assessed),
        journeys=Later(journeys, result.assessed),
        findings=result.findings,
        later=result.later,
        key=reading.key,
    )
