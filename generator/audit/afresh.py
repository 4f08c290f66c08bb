"""The check of records that have to be read and judged, as far as nothing kept from an earlier run serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

from generator.audit.above import said_about_committees
from generator.audit.assessor import Assessor, with_rule_line
from generator.audit.audit import Audit, Tick
from generator.audit.everybody import Assessments, Journeys, KeptSaid, said_about_everybody
from generator.audit.kept import earliest
from generator.audit.left_out import LostEvents
from generator.audit.order import in_order_of_place
from generator.audit.read import corpus_read
from generator.audit.register import all_rules
from generator.audit.shared import said_once
from generator.definitions.load import Definitions, load_definitions
from generator.diagnostics import Diagnostic
from generator.records.corpus import Corpus
from generator.records.look import Reading
from generator.records.store import Store


def audit_reading(
    root: Path, reading: Reading, day: date, explicit: bool, progress: Tick | None
) -> tuple[Audit, date | None]:
    """The audit, and the first day on which the same records may give other findings."""
    definitions = load_definitions(root, reading.always)
    corpus = corpus_read(root, reading, definitions)
    return _audit(root, corpus, definitions, day, explicit, progress, reading.store, reading.key)


def audit_corpus(
    root: Path, corpus: Corpus, definitions: Definitions, as_of: date | None = None, progress: Tick | None = None
) -> Audit:
    """As `run_audit`, for records already read."""
    return _audit(root, corpus, definitions, as_of or date.today(), as_of is not None, progress, None, b"")[0]


def assessments(
    corpus: Corpus, definitions: Definitions, day: date, explicit: bool, store: Store | None
) -> Assessments:
    """Those of records about which all has been said in an earlier run, kept in `store`."""
    assessor = Assessor(corpus, definitions, day, explicit)
    return Assessments(assessor, _kept(assessor, store))


def _kept(assessor: Assessor, store: Store | None) -> KeptSaid | None:
    return None if store is None else KeptSaid(assessor, store)


def _audit(
    root: Path,
    corpus: Corpus,
    definitions: Definitions,
    day: date,
    explicit: bool,
    progress: Tick | None,
    store: Store | None,
    key: bytes,
) -> tuple[Audit, date | None]:
    assessor = Assessor(corpus, definitions, day, explicit)
    kept = _kept(assessor, store)
    assessments = Assessments(assessor, kept)
    said = said_about_everybody(assessments, assessor, kept, progress)
    above = said_about_committees(corpus, definitions, day)
    lost, absence = LostEvents(corpus), absence_codes(definitions)
    pairs = zip(assessor.order, said, strict=True)
    about = (lost.cautioned(one.findings, corpus.people[id], absence) for id, one in pairs)
    everything = [*corpus.findings, *above.findings, *chain.from_iterable(about)]
    audit = Audit(
        root=root,
        as_of=day,
        explicit=explicit,
        corpus=corpus,
        definitions=definitions,
        assessments=assessments,
        journeys=Journeys(assessments),
        findings=locate_all(said_once(everything, corpus.people), corpus, definitions),
        later=sum(one.later for one in said) if explicit else 0,
        key=key,
    )
    return audit, earliest((above.until, *(one.until for one in said)))


def absence_codes(definitions: Definitions) -> frozenset[str]:
    """Codes of what is not recorded: a step or paper that is missing, an instalment or answer that has not come."""
    steps = [step for procedure in definitions.procedures for step in procedure.steps.values()]
    missing = {after.missing for step in steps for after in step.after}
    unanswered = {limit.code for step in steps for limit in step.limits if limit.rule in ("every", "within")}
    return frozenset(missing | unanswered | {rule.code for rule in all_rules().values() if rule.absence})


def locate_all(findings: Iterable[Diagnostic], corpus: Corpus, definitions: Definitions) -> tuple[Diagnostic, ...]:
    """The findings with lines and columns, in order of place."""
    # By path: the corpus keeps only the documents read last.
    by_path = sorted(findings, key=lambda finding: finding.place.path)
    located = (corpus.locate(finding) for finding in by_path)
    return in_order_of_place(with_rule_line(finding, definitions) for finding in located)
