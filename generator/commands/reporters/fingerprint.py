"""Marks by which a forge recognises a finding again after lines have moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.commands.reporters.source import SourceLines
from generator.diagnostics import Diagnostic


def fingerprints(findings: Sequence[Diagnostic], source: SourceLines) -> list[str]:
    """One SHA-256 a finding, in hex, all different.

    Made of code, file, person, step, the keys that lead to the value and the words of its line: neither the number of the
    line nor the position in a list, so that an entry put in above leaves it as it is. Equal findings are numbered.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        text = "\0".join(_traits(finding, source))
        seen[text] += 1
        found.append(hashlib.sha256(f"{text}\0{seen[text]}".encode()).hexdigest())
    return found


def _traits(finding: Diagnostic, source: SourceLines) -> Iterator[str]:
    yield from (finding.code, finding.place.path, finding.person or "", finding.step or "")
    yield "/".join(key for key in finding.place.pointer if isinstance(key, str))
    line = source.line(finding.place.path, finding.span.line) if finding.span else None
    yield " ".join((line or "").split())
