"""Sealed files and the list of those who can open them, each looked at from outside, and plain text. Nothing is ever opened here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Place, Span
from generator.privacy.armor import look_at
from generator.privacy.recipients import lines_of
from generator.records.codes import finding
from generator.records.plain_text import KIND as PLAIN_TEXT
from generator.records.plain_text import is_text, text_of, too_long
from generator.records.private_numbers import plain_number, private_numbers
from generator.records.raw_file import MAX_BYTES
from generator.records.text_lines import TextLines
from generator.records.walk import RecordFile

BESIDE = frozenset(("sealed", "recipients", PLAIN_TEXT))
"""Kinds of files that belong to the records and are no YAML."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`recipients`: for how many the file is sealed, or how many the list names."""

    recipients: int
    findings: tuple[Diagnostic, ...]
    numbers: tuple[tuple[str, str, Span], ...]


def look_beside(file: RecordFile, raw: bytes) -> Seen:
    """What can be said about the file alone."""
    text = text_of(raw)
    if file.kind == PLAIN_TEXT:
        return _plain(file, raw, text)
    return _sealed(file, raw, text) if file.kind == "sealed" else _list(file, text)


def _plain(file: RecordFile, raw: bytes, text: str) -> Seen:
    if not is_text(raw):
        return Seen(0, (), ())
    said = finding("YML004", Place(file.path), size=len(raw), limit=MAX_BYTES) if too_long(raw) else None
    return Seen(0, (said.located(Span(1, 1, 1, 2), (), None),) if said else (), _numbers(text))


def _sealed(file: RecordFile, raw: bytes, text: str) -> Seen:
    outside = look_at(raw)
    if outside.state == "sealed":
        return Seen(outside.recipients, (), ())
    code = "SEC004" if outside.state == "plain" else "SEC005"
    said = finding(code, Place(file.path), person=file.id, problem=outside.problem)
    return Seen(0, (said.located(Span(1, 1, 1, 2), (), None),), _numbers(text))


def _list(file: RecordFile, text: str) -> Seen:
    lines = list(lines_of(text))
    found = []
    for line in lines:
        if not line.fits:
            said = finding("SEC008", Place(file.path), problem=f"第 {line.number} 行不是公钥")
            found.append(said.located(Span(line.number, 1, line.number, 2), (), None))
    if not lines:
        said = finding("SEC008", Place(file.path), problem="没有一个公钥")
        found.append(said.located(Span(1, 1, 1, 2), (), None))
    return Seen(len({line.key for line in lines if line.fits}), tuple(found), _numbers(text))


def _numbers(text: str) -> tuple[tuple[str, str, Span], ...]:
    index = TextLines(text)
    return tuple(
        (code, plain_number(text[start:end]), Span(*index.position(start), *index.position(end)))
        for code, start, end in private_numbers(text)
    )
