"""Changes one fact at a time of people without findings, and asks the audit. The format of the table is described in README.md."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.audit.afresh import audit_corpus
from generator.audit.audit import Audit
from generator.audit.read import load_schemas
from generator.definitions.load import Definitions, load_definitions
from generator.diagnostics import Severity
from generator.records.corpus import load_texts
from generator.records.schema import RecordSchemas

HERE = Path(__file__).parent
COLLEGE = HERE.parent / "cases" / "_college"
PERSON = "data/cs/ug-1/people/2020000001.yaml"
CLEAN = "clean"
PROBATIONARY = """\
name: 简沐川
baseline: {arrived: 2020-09-01, status: probationary, admitted: 2020-06-01, probation: {from: 2020-06-01, to: 2021-05-31}}
"""

Record = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """`expected`: codes that must newly appear; none at all when the change breaks no rule.

    `severity`: that of the first one, if stated.
    """

    base: str
    what: str
    record: Record = field(compare=False)
    expected: tuple[str, ...]
    severity: str = ""

    def __str__(self) -> str:
        return f"{self.base}: {self.what}"


@dataclass(frozen=True)
class Outcome:
    """What the audit said of a mutation, without what it says of the base: code → severities."""

    mutation: Mutation
    found: dict[str, set[str]]

    @property
    def caught(self) -> bool:
        expected, found = self.mutation.expected, self.found
        if not expected:
            return not found
        weighed = not self.mutation.severity or self.mutation.severity in found.get(expected[0], ())
        return all(code in found for code in expected) and weighed

    def __str__(self) -> str:
        said = ", ".join(f"{code} {'/'.join(sorted(how))}" for code, how in sorted(self.found.items())) or "nothing"
        wanted = " ".join((*self.mutation.expected, self.mutation.severity)).strip() or "nothing"
        return f"{self.mutation}: expected {wanted}, found {said}"


def mutations() -> Iterator[Mutation]:
    """Every mutation of the table, on every base it is meant for."""
    for path in sorted(HERE.glob("*.yaml")):
        if path.stem == "bases":
            continue
        table = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        for names, rows in table.items():
            for base in names.split(", "):
                for what, expected in _rows(rows):
                    yield from _mutated(path.stem, base, what, expected)


def _rows(rows: Any) -> Iterator[tuple[str, str]]:
    """Rows as a mapping, or as lines of text `change => expected` with comments."""
    if isinstance(rows, dict):
        yield from rows.items()
        return
    for line in rows.splitlines():
        if line and not line.startswith("#"):
            what, _, expected = line.partition(" => ")
            yield what, expected


def outcome(mutation: Mutation) -> Outcome:
    new = _said(mutation.base, mutation.record) - _said_of_base(mutation.base)
    found: dict[str, set[str]] = {}
    for code, severity in new:
        if severity != Severity.INFO.value or code in mutation.expected:
            found.setdefault(code, set()).add(severity)
    return Outcome(mutation, found)


@cache
def base_record(name: str) -> Record:
    """A person of `bases.yaml`: a story of the cases, cut off, continued or changed. `$until` cuts after the last such step."""
    raw = _bases()[name]
    record: Record = yaml.load((COLLEGE / raw["story"]).read_text(encoding="utf-8"), yaml.CBaseLoader)
    record.update(raw.get("head", {}))
    if "until" in raw:
        record["log"] = record["log"][: raw_index(record, raw["until"]) + 1]
    for place, value in raw.get("change", {}).items():
        _put(record, place, value)
    record["log"] += raw.get("add", [])
    return record


def raw_index(record: Record, name: str) -> int:
    """Index in the log of `step` (the first), `step.2` (the second), …"""
    step, _, number = name.partition(".")
    places = [index for index, entry in enumerate(record["log"]) if entry["step"] == step]
    return places[int(number or 1) - 1]


def findings_of_base(name: str) -> Counter[tuple[str, str]]:
    return _said_of_base(name)


def uncovered(base: str) -> Iterator[str]:
    """Entries of a base that no row of `drop.yaml` names, and papers that none of `papers.yaml` says is missing."""
    listed = {row.what for row in mutations() if row.base == base}
    for what in (*_every_drop(base), *_every_paper(base)):
        if what not in listed:
            yield what


def _every_drop(base: str) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for entry in base_record(base)["log"]:
        seen[entry["step"]] += 1
        number = seen[entry["step"]]
        yield f"drop {entry['step']}" + (f".{number}" if number > 1 else "")


def _every_paper(base: str) -> Iterator[str]:
    for entry in base_record(base)["log"]:
        for code in entry.get("materials", ()):
            yield f"papers without {code}"


def _mutated(operator: str, base: str, what: str, expected: Any) -> Iterator[Mutation]:
    codes, severity = _expected(expected)
    name = f"{operator} {what}"
    if operator == "order":
        first, second = what.split(" > ")
        for moved, other, by in ((first, second, 1), (second, first, -1)):
            record = copy.deepcopy(base_record(base))
            log = record["log"]
            target = _day(log[raw_index(record, other)]["date"]) + timedelta(days=by)
            log[raw_index(record, moved)]["date"] = target.isoformat()
            yield Mutation(base, f"{name}: {moved} on {target}", record, codes, severity)
        return
    record = copy.deepcopy(base_record(base))
    if operator == "drop":
        del record["log"][raw_index(record, what)]
    elif operator == "papers":
        _change_paper(record, what)
    else:
        for change in what.split(", and "):
            place, _, value = change.partition(" = ")
            _put(record, place, yaml.load(value, yaml.CBaseLoader) if value else None)
    assert record != base_record(base), f"{name} changes nothing"
    yield Mutation(base, name, record, codes, severity)


def _expected(text: str) -> tuple[tuple[str, ...], str]:
    if text == CLEAN:
        return (), ""
    words = text.split()
    severity = words.pop() if words[-1] in ("error", "warning", "info") else ""
    return tuple(words), severity


def _change_paper(record: Record, what: str) -> None:
    """`without M02`, or `M02 {kind: copy}`."""
    gone = what.removeprefix("without ") if what.startswith("without ") else ""
    code, _, form = what.partition(" ")
    changed = False
    for entry in record["log"]:
        papers = entry.get("materials", [])
        if gone in papers:
            papers.remove(gone)
            changed = True
            if not papers:
                del entry["materials"]
        elif not gone and code in papers:
            papers[papers.index(code)] = {"code": code, **yaml.load(form, yaml.CBaseLoader)}
            changed = True
            break
    assert changed, f"{what}: no such paper"


def _put(record: Record, place: str, value: Any) -> None:
    """`head.born`, `talk.date`, `inspect.2/opinion`, `political_review.letters.0.returned`.

    A value of None takes it out, and so does naming no field.
    """
    name, slash, path = place.partition("/")
    if not slash:
        name, _, path = place.partition(".")
    if not path:
        del record["log"][raw_index(record, name)]
        return
    inside: Any = record if name == "head" else record["log"][raw_index(record, name)]
    *parents, last = path.split(".")
    for part in parents:
        inside = inside[int(part)] if isinstance(inside, list) else inside.setdefault(part, {})
    key: int | str = int(last) if isinstance(inside, list) else last
    if value in (None, "~"):
        del inside[key]
    else:
        inside[key] = value


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _is_day(text: str) -> bool:
    try:
        return bool(_day(text))
    except ValueError:
        return False


@cache
def _bases() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((HERE / "bases.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    return found


@cache
def _said_of_base(name: str) -> Counter[tuple[str, str]]:
    return _said(name, base_record(name))


def _said(base: str, record: Record) -> Counter[tuple[str, str]]:
    last = max(
        _day(entry["date"]) for each in (base_record(base), record) for entry in each["log"] if _is_day(entry["date"])
    )
    as_of = max(last + timedelta(days=1), _day(_bases()[base].get("as_of", "0001-01-01")))
    texts = {**_college(), PERSON: json.dumps(record, ensure_ascii=False).encode()}
    definitions, schemas = _definitions()
    audit: Audit = audit_corpus(Path(), load_texts(texts, schemas), definitions, as_of)
    return Counter((finding.code, finding.severity.value) for finding in audit.findings)


@cache
def _college() -> dict[str, bytes]:
    """The college of the cases and somebody on probation."""
    files = {path.relative_to(COLLEGE).as_posix(): path.read_bytes() for path in (COLLEGE / "data").rglob("*.yaml")}
    return {**files, "data/cs/ug-1/people/2020000888.yaml": PROBATIONARY.encode()}


@cache
def _definitions() -> tuple[Definitions, RecordSchemas]:
    definitions = load_definitions(None)
    return definitions, load_schemas(Path(), definitions)
