"""One record file: read, typed, checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Place, Span
from generator.records.codes import finding
from generator.records.conversion import to_id
from generator.records.entry_lines import entry_lines
from generator.records.private_numbers import plain_number, private_numbers
from generator.records.raw_file import digest_of, read_bytes
from generator.records.references import values_at
from generator.records.schema import Checked, RecordSchemas
from generator.records.schema_fields import Field
from generator.records.sealed_files import BESIDE, look_beside
from generator.records.walk import RecordFile, reason
from generator.records.yaml_source import read_yaml

NOTHING = Checked({})
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's content and findings. `numbers` are private numbers found in its text: code, the number without gaps, span."""

    file: RecordFile
    checked: Checked
    diagnostics: tuple[Diagnostic, ...]
    numbers: tuple[tuple[str, str, Span], ...] = ()
    broken: bool = False
    mentions: frozenset[str] = frozenset()
    """Everything in the file that could be somebody's id."""
    references: frozenset[tuple[str, str]] = frozenset()
    """What the file refers to: kind of target, id."""
    digest: bytes = b""
    """Of the bytes read; empty when nothing could be read."""
    scans: tuple[tuple[Pointer, str], ...] = ()
    """Where the file names scans, and their paths as written."""
    lines: tuple[int, ...] = ()
    """Of its entries, as `entry_lines` gives them."""


def load_bytes(file: RecordFile, raw: bytes, schemas: RecordSchemas) -> Loaded:
    """Reads and checks one file's bytes. Never raises on content."""
    if file.kind in BESIDE:
        return load_beside(file, raw)
    document = read_yaml(file.path, raw)
    person = file.id if file.kind == "person" else None
    said = [replace(one, person=person) for one in document.diagnostics] if person else document.diagnostics
    numbers = tuple(
        (code, plain_number(document.text[start:end]), document.between(start, end))
        for code, start, end in private_numbers(document.text)
    )
    if document.broken:
        return Loaded(file, NOTHING, tuple(said), numbers, broken=True, digest=digest_of(raw))
    checked = schemas.check(file.kind, document.data, file.path, person)
    mentions = frozenset(_mentions(checked.fields, checked.people, *(entry for _, entry in checked.entries)))
    references = frozenset(_references(file, checked, schemas))
    every = (*said, *checked.diagnostics)
    scans = tuple(_scans(checked))
    lines = entry_lines(document, checked.people) if file.kind in ("person", "event") else ()
    return Loaded(file, checked, every, numbers, False, mentions, references, digest_of(raw), scans, lines)


def load_beside(file: RecordFile, raw: bytes) -> Loaded:
    """A file that belongs to the records and is no YAML: looked at from outside, never opened."""
    seen = look_beside(file, raw)
    return Loaded(file, Checked({"recipients": seen.recipients}), seen.findings, seen.numbers, digest=digest_of(raw))


def _mentions(*values: Any) -> Iterator[str]:
    todo = list(values)
    while todo:
        value = todo.pop()
        kind = type(value)
        if kind is str:
            if to_id(value) is value:
                yield value
        elif kind is dict:
            todo.extend(value.values())
        elif kind is list:
            todo.extend(value)


def _scans(checked: Checked) -> Iterator[tuple[Pointer, str]]:
    parts: list[tuple[Pointer, Any]] = [
        ((), checked.fields),
        *((("log", index), entry) for index, entry in checked.entries),
        *((("people", key), part) for key, part in checked.people.items()),
    ]
    for pointer, part in parts:
        items = part.get("materials")
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and isinstance(scan := item.get("scan"), str):
                yield (*pointer, "materials", number, "scan"), scan


def _references(file: RecordFile, checked: Checked, schemas: RecordSchemas) -> Iterator[tuple[str, str]]:
    for data, paths in reference_paths(file, checked, schemas):
        for path, target in paths:
            for _, value in values_at(data, path):
                if isinstance(value, str):
                    yield target.ref or "", value


def reference_paths(
    file: RecordFile, checked: Checked, schemas: RecordSchemas
) -> Iterator[tuple[Any, Iterable[tuple[tuple[str, ...], Field]]]]:
    """Every part of a file with the paths at which it refers to something."""
    if file.kind != "event":
        yield checked.fields, schemas.document(file.kind).references
        for _, entry in checked.entries:
            shape = schemas.entry(entry["step"])
            if shape is not None:
                yield entry, shape.references
    elif (shape := schemas.event(checked.fields.get("step", ""))) is not None:
        yield {**checked.fields, "people": checked.people}, shape.references


def load_file(root: Path, file: RecordFile, schemas: RecordSchemas) -> Loaded:
    """Reads and checks one file. What the system refuses becomes a finding."""
    try:
        raw = read_bytes(root / file.path)
    except OSError as error:
        return Loaded(file, NOTHING, (finding("YML030", Place(file.path), reason=reason(error)),), broken=True)
    if raw is None:
        return Loaded(
            file, NOTHING, (finding("YML031", Place(file.path), expected="普通文件", found="设备或管道"),), broken=True
        )
    return load_bytes(file, raw, schemas)


def check_text(kind: str, text: str | bytes, schemas: RecordSchemas, path: str = "") -> list[Diagnostic]:
    """All findings on one record given as text, located; `kind` as in `schema.KINDS`. References are not followed."""
    raw = text.encode("utf-8", errors="surrogatepass") if isinstance(text, str) else text
    file = RecordFile(kind, path or f"{kind}.yaml", "committee", "branch", "id")
    loaded = load_bytes(file, raw, schemas)
    document = read_yaml(file.path, raw)
    found = [
        one if one.span is not None else replace(one, span=document.span(one.place.pointer, one.place.on_key))
        for one in loaded.diagnostics
    ]
    found += [replace(finding(code, Place(file.path)), span=span) for code, _, span in loaded.numbers]
    return found


Texts = Mapping[str, bytes]
"""Path → content: a tree of records in memory."""
