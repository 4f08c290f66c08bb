"""One record file: read, typed, checked."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, Place, Span
from generator.records.codes import finding
from generator.records.private_numbers import private_numbers
from generator.records.schema import Checked, RecordSchemas
from generator.records.walk import RecordFile, reason
from generator.records.yaml_source import MAX_BYTES, read_yaml

NOTHING = Checked({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's content and findings. `numbers` are private numbers found in its text: code, the number, span."""

    file: RecordFile
    checked: Checked
    diagnostics: tuple[Diagnostic, ...]
    numbers: tuple[tuple[str, str, Span], ...] = ()
    broken: bool = False


def load_bytes(file: RecordFile, raw: bytes, schemas: RecordSchemas) -> Loaded:
    """Reads and checks one file's bytes. Never raises on content."""
    document = read_yaml(file.path, raw)
    person = file.id if file.kind == "person" else None
    said = [replace(one, person=person) for one in document.diagnostics] if person else document.diagnostics
    numbers = tuple(
        (code, document.text[start:end], document.between(start, end))
        for code, start, end in private_numbers(document.text)
    )
    if document.broken:
        return Loaded(file, NOTHING, tuple(said), numbers, broken=True)
    checked = schemas.check(file.kind, document.data, file.path, person)
    return Loaded(file, checked, (*said, *checked.diagnostics), numbers)


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


def read_bytes(path: Path) -> bytes | None:
    """Content of a regular file, at most one byte beyond the limit; None for a device or pipe. Raises `OSError`."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block for ever
        return None
    with path.open("rb") as source:
        return source.read(MAX_BYTES + 1)


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
