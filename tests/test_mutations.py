"""One fact of the demo college is changed: exactly the expected new finding appears, at its line and column, and no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.audit.afresh import audit_corpus
from generator.audit.audit import Audit
from generator.audit.read import load_schemas
from generator.definitions.load import Definitions, load_definitions
from generator.diagnostics import Diagnostic
from generator.records.corpus import load_texts
from generator.records.schema import RecordSchemas
from tests.read_before import load_bytes_once

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 20)
ALONE = "data/cs/cs-ug1/people/2023010103.yaml"
"""Somebody whose whole story stands in one file."""
MEETING = "data/cs/cs-pg1/events/2025-06-10-admission_meeting.yaml"


@dataclass(frozen=True)
class Mutation:
    """`old` stands once in the file and becomes `new`. The finding points at the `^` in `at`, a piece of the changed text
    that stands there once."""

    code: str
    severity: str
    old: str
    new: str
    at: str
    path: str = ALONE


MUTATIONS = [
    Mutation("DEV001", "error", "born: 2004-03-09", "born: 2005-10-19", "{step: apply, date: ^2023-10-18"),
    Mutation("DEV002", "error", "received: 2023-10-20, materials: [M01]",
             "received: 2023-10-20, materials: [{code: M01, kind: copy}]", "{code: M01, kind: ^copy"),
    Mutation("DEV004", "error", "{step: talk, date: 2023-10-27", "{step: talk, date: 2023-11-21",
             "{step: talk, date: ^2023-11-21"),
    Mutation("DEV008", "error", "date: 2024-04-07\n  method", "date: 2024-04-13\n  method",
             "- step: decide_activist\n  date: ^2024-04-12"),
    Mutation("DEV011", "error", 'contacts: ["2010003", "2003001"]', 'contacts: ["2010003", "2003001", "2004001"]',
             'contacts: ^["2010003", "2003001", "2004001"]'),
    Mutation("DEV014", "warning", "{step: inspect, date: 2024-12-13", "{step: inspect, date: 2024-12-20",
             "{step: inspect, date: ^2024-12-20"),
    Mutation("DEV024", "warning", "start: 2025-09-18, place", "start: 2025-09-19, place",
             "{step: publicise_target, date: ^2025-09-24"),
    Mutation("DEV025", "warning", "{step: list_target, date: 2025-09-25}", "{step: list_target, date: 2025-09-24}",
             "{step: list_target, date: ^2025-09-24}"),
    Mutation("DEV032", "error", '{step: sponsor_opinion, date: 2025-11-21, by: "2003001"',
             '{step: sponsor_opinion, date: 2025-11-21, by: "2004001"',
             '{step: sponsor_opinion, date: 2025-11-21, by: ^"2004001"'),
    Mutation("DEV035", "error", "returned: 2025-10-17", "returned: 2025-11-04", "returned: ^2025-11-04"),
    Mutation("DEV039", "warning", "{step: fill_book, date: 2025-11-20, issued: 2025-11-20",
             "{step: fill_book, date: 2025-11-12, issued: 2025-11-12", "{step: fill_book, date: ^2025-11-12"),
    Mutation("DEV044", "error", "returned: 6, for: 6, against: 0", "returned: 6, for: 3, against: 3", "returned: 6, for: ^3"),
    Mutation("DEV045", "error", "ballots: {issued: 6, returned: 6, for: 6", "ballots: {issued: 7, returned: 6, for: 6",
             "ballots: {issued: ^7"),
    Mutation("DEV046", "error", "secret: true", "secret: false", "secret: ^false"),
    Mutation("DEV050", "error", "{step: superior_talk, date: 2025-11-27", "{step: superior_talk, date: 2025-11-21",
             "{step: superior_talk, date: ^2025-11-21"),
    Mutation("DEV054", "error", "to: 2026-11-23", "to: 2026-11-25", "to: ^2026-11-25"),
    Mutation("DEV056", "error", "{step: oath, date: 2025-12-25", "{step: oath, date: 2025-12-12", "{step: oath, date: ^2025-12-12"),
    Mutation("DEV065", "error", "serial: 鲁25-00008, materials: [M30]",
             "serial: 鲁25-00008, materials: [{code: M30, shows: {name: 上官听荷}}]", "shows: {name: ^上官听荷"),
    Mutation("DEV067", "error", "serial: 鲁25-00008, materials: [M30]", "serial: 鲁25-00008", "- {^step: fill_book"),
    Mutation("DEV069", "warning", '  organiser_signed: {by: "2009003", date: 2025-09-15}\n', "", "- ^step: propose_target"),
    Mutation("DEV075", "warning", 'signed_by: "2003001"', 'signed_by: "2004003"', 'signed_by: ^"2004003"'),
    Mutation("DEV047", "error", '"2006009", "2024010301"]', '"2006009", "2023010301"]', '"2006009", ^"2023010301"]', MEETING),
    Mutation("DEV048", "warning", ', signed_by: "2009003"', "", "^resolution:", MEETING),
    Mutation("SCH004", "error", "enrolled: 2023-09-01", "enrolled: 2023-09-31", "enrolled: ^2023-09-31"),
]  # fmt: skip


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.code)
def test_one_changed_fact_gives_exactly_one_new_finding(mutation: Mutation) -> None:
    text = _texts()[mutation.path].decode()
    assert text.count(mutation.old) == 1, "the demo records have changed: choose another place"
    changed = text.replace(mutation.old, mutation.new)
    audit = _audit({**_texts(), mutation.path: changed.encode()})
    found, before = Counter(map(_said, audit.findings)), Counter(map(_said, _untouched().findings))
    new, gone = found - before, before - found
    assert [*new] == [(mutation.code, mutation.severity, mutation.path, *_position(changed, mutation.at))]
    assert not gone


def test_there_are_enough_mutations() -> None:
    assert len({mutation.code for mutation in MUTATIONS}) >= 20
    assert len(_untouched().assessments) > 100


def _said(finding: Diagnostic) -> tuple[str, str, str, int, int]:
    assert finding.span is not None
    return finding.code, finding.severity.value, finding.place.path, finding.span.line, finding.span.column


def _position(text: str, at: str) -> tuple[int, int]:
    piece = at.replace("^", "")
    assert text.count(piece) == 1, piece
    before = text[: text.index(piece) + at.index("^")]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@cache
def _texts() -> dict[str, bytes]:
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "data").rglob("*.yaml")}


@cache
def _untouched() -> Audit:
    return _audit(_texts())


@cache
def _definitions() -> tuple[Definitions, RecordSchemas]:
    definitions = load_definitions(ROOT)
    return definitions, load_schemas(ROOT, definitions)


def _audit(texts: dict[str, bytes]) -> Audit:
    definitions, schemas = _definitions()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.records.corpus.load_bytes", load_bytes_once)
        corpus = load_texts(texts, schemas)
    return audit_corpus(ROOT, corpus, definitions, AS_OF)
