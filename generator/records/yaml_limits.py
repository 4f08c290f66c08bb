"""What must be refused before YAML is composed: nesting that overruns the C parser's stack, anchors, tags, a second document.

The scan of events costs half as much again as composing, so it runs only when the text holds a character that could mean one of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

MAX_DEPTH = 32
"""Levels of nesting in a record. Records need eight; the C parser's stack bears thousands, not hundreds of thousands."""

_MANY_BRACKETS = 500
_DEEP_INDENT = re.compile(r"[ \t?:\-]{400}")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)

Report = Callable[..., None]
"""report(code, start index, end index, **template values)"""


def needs_scan(text: str) -> bool:
    """Whether the text could nest too deep, or hold anchors, aliases, tags, directives or a second document."""
    return (
        "&" in text
        or "*" in text
        or "!" in text
        or "%" in text
        or "---" in text
        or "..." in text
        or text.count("[") + text.count("{") > _MANY_BRACKETS
        or _DEEP_INDENT.search(text) is not None
    )


def scan(text: str, report: Report) -> None:
    """Reports everything refused before composing; stops at the first excess of depth. Raises `yaml.YAMLError` on a syntax error."""
    for match in _DIRECTIVE.finditer(text):
        report("YML024", match.start(), match.end())
    depth = documents = 0
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    for event in events:
        start: int = event.start_mark.index
        kind = type(event)
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents == 2:
                report("YML016", start, event.end_mark.index)
        elif kind is yaml.AliasEvent:
            report("YML013", start, event.end_mark.index)
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor is not None:
                report("YML013", start, start + 1)
            if getattr(event, "tag", None) is not None:
                report("YML014", start, start + 1)
        if kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                report("YML018", start, start + 1, limit=MAX_DEPTH)
                return
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            depth -= 1
