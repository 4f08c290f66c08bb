from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.audit.audit import run_audit
from generator.diagnostics import Place
from generator.records.documents import Documents

DEMO = Path(__file__).parents[2]


def test_the_lines_kept_with_the_records_are_those_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = run_audit(DEMO, date(2026, 11, 20)).corpus
    found = {
        place for person in corpus.people.values() for entry in person.entries for place in _places(entry.sources)
    }
    # File by file: only the last few are kept in memory.
    places = sorted(found, key=lambda place: place.path)
    assert len({place.path for place in places}) > 20
    expected = {place: corpus.documents[place.path].span(place.pointer).line for place in places}

    def refuse(documents: Documents, path: str) -> None:
        raise AssertionError(f"{path} was read again")

    monkeypatch.setattr(Documents, "__getitem__", refuse)
    assert {place: corpus.line_of(place) for place in places} == expected


def _places(sources: tuple[Place, ...]) -> list[Place]:
    own = sources[0]
    return [own, own.child("date") if own.pointer[0] == "log" else sources[-1].child("date")]


def test_what_is_no_entry_is_looked_up_in_its_file() -> None:
    corpus = run_audit(DEMO, date(2026, 11, 20)).corpus
    person = next(iter(corpus.people.values()))
    place = person.place("name")
    assert corpus.line_of(place) == corpus.documents[person.path].span(place.pointer).line > 0
    assert corpus.line_of(Place("data/nowhere.yaml")) == 0
