"""On which lines the entries of a file stand, kept with its content: the pages that lead back to the records name thousands of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode

from generator.diagnostics import Pointer
from generator.records.yaml_document import YamlDocument, is_empty

DATE, LOG, PEOPLE = "date", "log", "people"


def entry_lines(document: YamlDocument, people: Iterable[str]) -> tuple[int, ...]:
    """Of a person's file: two numbers for each item of the log, its own line and that of its date. Of an event: the line of its
    date, then one for each of `people`, in their order. Lines are those of `YamlDocument.span`."""
    top = _children(document.root)
    if LOG in top:
        items = [item for item in _items(top[LOG][1]) if not is_empty(item)]
        return tuple(line for item in items for line in (_line(document, item), _date(document, item)))
    parts = _children(top[PEOPLE][1]) if PEOPLE in top else {}
    return (_date(document, document.root), *(_value(document, *parts[key]) for key in people))


def line_in(lines: tuple[int, ...], pointer: Pointer, people: Iterable[str] | None) -> int:
    """The line of a value; 0 for one that is not among them. `people`: of an event, None for a person's file."""
    match pointer:
        case ("log", int(index)) if 2 * index < len(lines):
            return lines[2 * index]
        case ("log", int(index), "date") if 2 * index < len(lines):
            return lines[2 * index + 1]
        case ("date",) if people is not None and lines:
            return lines[0]
        case ("people", key) if people is not None and key in (order := tuple(people)):
            return lines[1 + order.index(str(key))]
    return 0


def _children(node: Any) -> dict[str, tuple[Any, Any]]:
    """Key → key and value; the first of equal keys that has a value."""
    found: dict[str, tuple[Any, Any]] = {}
    for key, value in node.value if type(node) is MappingNode else ():
        if type(key) is ScalarNode and (key.value not in found or is_empty(found[key.value][1])):
            found[key.value] = key, value
    return found


def _items(node: Any) -> list[Any]:
    return node.value if type(node) is SequenceNode else []


def _date(document: YamlDocument, node: Any) -> int:
    found = _children(node).get(DATE)
    return _value(document, *found) if found is not None else 0


def _value(document: YamlDocument, key: Any, value: Any) -> int:
    """An empty value is absent: its key is what stands there."""
    return _line(document, key if is_empty(value) else value)


def _line(document: YamlDocument, node: Any) -> int:
    return document.index.position(node.start_mark.index)[0]
