"""Steps as written, each part with the file and place it came from, so that an extension can change parts and still be traced."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from generator.definitions.source import Source
from generator.diagnostics import JishiError, Pointer, RuleOrigin

LISTS = {"after": "step", "limits": "id", "materials": "code"}
"""Lists of a step that an extension edits by name, and the key that names an item."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mapping of a definition file, with its place."""

    data: dict[str, Any]
    source: Source
    pointer: Pointer

    @property
    def origin(self) -> RuleOrigin:
        return RuleOrigin(self.source.name, self.pointer)

    def fault(self, message: str, hint: str = "", key: str = "") -> JishiError:
        return self.source.fault((*self.pointer, key) if key else self.pointer, message, hint)


@dataclass(frozen=True, slots=True)
class RawStep:
    """A step before it is built: plain fields, and lists of items."""

    item: Item
    lists: dict[str, tuple[Item, ...]]

    @property
    def id(self) -> str:
        return str(self.item.data["id"])

    def bases(self) -> Iterator[dict[str, Any]]:
        """Every basis given in the step, to be renumbered."""
        for item in (self.item, *(item for items in self.lists.values() for item in items)):
            if "basis" in item.data:
                yield item.data["basis"]

    def copy(self) -> RawStep:
        return RawStep(
            replace(self.item, data=deepcopy(self.item.data)),
            {
                name: tuple(replace(item, data=deepcopy(item.data)) for item in items)
                for name, items in self.lists.items()
            },
        )


def items(source: Source, pointer: Pointer, values: list[Any], name: str) -> tuple[Item, ...]:
    """List items with their places. Raises JishiError for a name given twice."""
    found = tuple(Item(value, source, (*pointer, index)) for index, value in enumerate(values))
    seen: set[str] = set()
    for item in found:
        if name and str(item.data[name]) in seen:
            raise item.fault(f"“{item.data[name]}”写了两次")
        seen.add(str(item.data.get(name)))
    return found


def raw_step(source: Source, pointer: Pointer, data: dict[str, Any]) -> RawStep:
    """A step of a complete procedure, or a new step of an extension."""
    lists = {
        key: items(source, (*pointer, key), data.get(key, []), name)
        for key, name in (*LISTS.items(), ("transitions", ""))
    }
    fields = {key: value for key, value in data.items() if key not in lists}
    return RawStep(Item(fields, source, pointer), lists)
