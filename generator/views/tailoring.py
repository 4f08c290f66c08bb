"""Texts as they read for one kind of branch: phrases that do not apply there stand as the definitions say instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from generator.definitions.tailoring import Wording
from generator.views.calendar_items import OwnItem
from generator.views.conditions import Facts, remaining
from generator.views.platforms import OperationView

Value = TypeVar("Value")

_AS_IS = frozenset(
    {"id", "href", "page", "path", "anchor", "source", "family", "code", "example", "fields", "verbatim"}
)
"""Parts of views that are no text for the reader, or are written as they stand: addresses, buttons, YAML to copy, names that are quoted."""


class Tailor:
    """Made once for a kind of branch; `facts` leave out the kind of people where a branch has several."""

    def __init__(self, wording: Iterable[Wording], facts: Facts) -> None:
        holding = [each for each in wording if remaining(each.when, facts) == {}]
        self._instead = {phrase: text for each in holding for phrase, text in each.instead.items()}
        phrases = "|".join(re.escape(phrase) for phrase in sorted(self._instead, key=len, reverse=True))
        self._phrases = re.compile(phrases) if phrases else None
        # What a platform calls its buttons stays.
        self._unquoted = re.compile(f"{phrases}|“[^”]*”") if phrases else None
        self._known: dict[tuple[str, bool], str] = {}

    def text(self, text: str, on_platform: bool = False) -> str:
        """One text; on a platform, what stands between “ ” is left alone."""
        pattern = self._unquoted if on_platform else self._phrases
        if pattern is None or not text:
            return text
        key = text, on_platform
        if key not in self._known:
            self._known[key] = pattern.sub(lambda found: self._instead.get(found[0], found[0]), text)
        return self._known[key]

    def view(self, value: Value, on_platform: bool = False) -> Value:
        """A view with all its texts. Items of which nothing is left are left out."""
        if self._phrases is None:
            return value
        found: Any = value
        if isinstance(value, str):
            found = self.text(value, on_platform)
        elif isinstance(value, tuple):
            pairs = [(item, self.view(item, on_platform)) for item in value]
            found = tuple(after for before, after in pairs if not _gone(before, after))
        elif isinstance(value, OwnItem):
            found = replace(value, steps=self.view(value.steps, on_platform))
        elif is_dataclass(value) and not isinstance(value, type):
            quiet = on_platform or isinstance(value, OperationView)
            before = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _AS_IS}
            after = {name: self.view(each, quiet) for name, each in before.items()}
            changed = {name: each for name, each in after.items() if each != before[name]}
            found = replace(value, **changed) if changed else value
        result: Value = found
        return result


def _gone(before: Any, after: Any) -> bool:
    """A text that is empty now, a pair that has lost one of its two, a note without text."""
    if isinstance(before, str):
        return bool(before) and not after
    if isinstance(before, tuple):
        return len(after) < len(before)
    return bool(getattr(before, "text", "")) and not getattr(after, "text", "")
