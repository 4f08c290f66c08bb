"""Records of one branch, mutated, through everything that is made of them: findings, never an exception."""

from __future__ import annotations

import json
import random
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.audit.afresh import audit_corpus
from generator.audit.agenda import agenda
from generator.audit.left_out import LostEvents, not_fully_read
from generator.audit.read import load_schemas
from generator.commands.reporters import report_as
from generator.commands.show import sheet
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.source import shelf_for
from generator.prints.page import PrintTemplates
from generator.records.corpus import load_texts
from generator.records.schema import RecordSchemas
from generator.views.desk import DossierDesk
from tests.site.repository import PROJECT
from tests.test_fuzz import KEEPING

RUNS = 60
CHUNKS = 6
SEED = 20261121
DAYS = [None, date(2020, 1, 1), date(2026, 5, 14), date(2027, 3, 3), date(1990, 1, 1), date(9999, 12, 31)]
BRANCH = "fa-ug1"


@cache
def records() -> dict[str, bytes]:
    """The demo's records of one branch and of its committee."""
    data = PROJECT / "data"
    own = [data / "organisation.yaml", *(data / "fa").glob("*.yaml"), *(data / "fa" / "events").glob("*.yaml")]
    own += [*(data / "fa" / "organisers").glob("*.yaml"), *(data / "fa" / BRANCH).rglob("*.yaml")]
    return {path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in sorted(own)}


@cache
def definitions() -> tuple[Definitions, RecordSchemas]:
    found = load_definitions(PROJECT)
    return found, load_schemas(PROJECT, found)


@cache
def templates() -> PrintTemplates:
    return PrintTemplates((PROJECT / "templates" / "print",))


def mutated(rng: random.Random) -> dict[str, bytes]:
    texts = dict(records())
    for _ in range(rng.choice([1, 3, 8, 20])):
        path = rng.choice(sorted(texts))
        text = rng.choice(KEEPING)(rng, texts[path].decode("utf-8", errors="replace")) or "x"
        texts[path] = text.encode("utf-8", errors="surrogatepass")
    if rng.random() < 0.15:
        texts.pop(rng.choice(sorted(texts)))
    return texts


def test_the_records_start_without_a_fault() -> None:
    made, schemas = definitions()
    audit = audit_corpus(PROJECT, load_texts(records(), schemas), made, date(2026, 11, 21))
    assert len(audit.assessments) > 10
    assert not_fully_read(audit.corpus) == ()


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_product_copes(chunk: int) -> None:
    made, schemas = definitions()
    shelf = shelf_for(PROJECT)
    pages = findings = 0
    for number in range(RUNS // CHUNKS):
        rng = random.Random(SEED + chunk * RUNS + number)
        audit = audit_corpus(Path(PROJECT), load_texts(mutated(rng), schemas), made, rng.choice(DAYS))
        findings += len(audit.findings)
        for branch in audit.corpus.branches:
            agenda(audit, branch, rng.choice([0, 30, 3660]))
        lost = LostEvents(audit.corpus)
        desk = DossierDesk(audit, shelf)
        known = [audit.assessments[id] for id in sorted(audit.assessments)]
        for assessment in rng.sample(known, min(3, len(known))):
            assert "\n".join(sheet(audit, assessment))
            lost.that_may_name(assessment.person)
            dossier, _ = desk.compile(assessment)
            assert assessment.person.id in templates().html("dossier.html", dossier=dossier)
            pages += 1
        report = json.loads(report_as("json")(audit, audit.findings, False))
        assert len(report["findings"]) == len(audit.findings)
    assert pages > RUNS // CHUNKS
    assert findings > RUNS // CHUNKS
