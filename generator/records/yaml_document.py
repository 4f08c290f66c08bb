"""One YAML file: its data, its findings, and the place of every value."""

from __future__ import annotations

from typing import Any

import yaml
from yaml import MappingNode, ScalarNode, SequenceNode
from yaml._yaml import CParser

from generator.diagnostics import Diagnostic, Place, Pointer, Span
from generator.records.codes import finding
from generator.records.text_lines import TextLines

EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
"""What YAML calls null: here, nothing written."""


class _Composer(CParser):
    """The C parser and composer without PyYAML's guessing of types."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:
        return ""

    def descend_resolver(self, parent: Any, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(text: str) -> Any:
    composer = _Composer(text)
    try:
        return composer.get_single_node()
    finally:
        composer.dispose()


class YamlDocument:
    """What one file says. `data` is never changed by anybody; it is `{}` when `broken`."""

    __slots__ = ("_lines", "broken", "data", "diagnostics", "path", "root", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.data: dict[str, Any] = {}
        self.diagnostics: list[Diagnostic] = []
        self.broken = False
        """True when nothing could be made of the file; then there is a diagnostic of severity error."""
        self.root: Any = None
        self._lines: TextLines | None = None

    @property
    def index(self) -> TextLines:
        """Character index → line and column."""
        if self._lines is None:
            self._lines = TextLines(self.text)
        return self._lines

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines as an editor shows them, without line ends."""
        return self.index.lines()

    def release(self) -> None:
        """Frees the parsed tree. `span` still works; it parses again."""
        self.root = None
        self._lines = None

    def span(self, pointer: Pointer, on_key: bool = False) -> Span:
        """Where the value at `pointer` stands, or with `on_key` the key in front of it.

        For something that is not there: the key of the deepest value that is. For an unreadable file: its first character.
        """
        if self.root is None and not self.broken:
            try:
                self.root = compose(self.text)
            except (yaml.YAMLError, ValueError, RecursionError):
                return Span(1, 1, 1, 2)
        if self.root is None:
            return Span(1, 1, 1, 2)
        start, end = _locate(self.root, pointer, on_key)
        return self.between(start, end)

    def between(self, start: int, end: int) -> Span:
        """The span between two character indexes; never empty, and trailing line ends are left out."""
        while end > start + 1 and self.text[end - 1 : end] in " \t\r\n":
            end -= 1
        line, column = self.index.position(start)
        end_line, end_column = self.index.position(max(end, start))
        if (end_line, end_column) <= (line, column):
            end_line, end_column = line, column + 1
        return Span(line, column, end_line, end_column)

    def report(self, code: str, start: int, end: int, **values: Any) -> None:
        """Adds a finding on a stretch of the text."""
        found = finding(code, Place(self.path), **values)
        self.diagnostics.append(found.located(self.between(start, end), (), None))


def _locate(root: Any, pointer: Pointer, on_key: bool) -> tuple[int, int]:
    node, key_node = root, None
    for step in pointer:
        found: tuple[Any, Any] | None = None
        if type(node) is MappingNode:
            for key, value in node.value:
                if key.value == step and type(key) is ScalarNode and not is_empty(value):
                    found = (value, key)
                    break
            else:  # an empty value is absent, yet its key is the best place to point at
                for key, _ in node.value:
                    if key.value == step and type(key) is ScalarNode:
                        return key.start_mark.index, key.end_mark.index
        elif type(node) is SequenceNode and isinstance(step, int):
            items = [item for item in node.value if not is_empty(item)]
            if 0 <= step < len(items):
                found = (items[step], None)
        if found is None:
            on_key = True
            break
        node, key_node = found
    if on_key and key_node is not None:
        return key_node.start_mark.index, key_node.end_mark.index
    if on_key:  # no key stands in front: the top of the file, or a list item: its first key, else its first character
        while type(node) in (MappingNode, SequenceNode) and node.value and not isinstance(node, ScalarNode):
            node = node.value[0][0] if type(node) is MappingNode else node.value[0]
        if type(node) is ScalarNode:
            return node.start_mark.index, node.end_mark.index
        return node.start_mark.index, node.start_mark.index + 1
    return node.start_mark.index, node.end_mark.index


def is_empty(node: Any) -> bool:
    return type(node) is ScalarNode and node.value in EMPTY and (not node.value or not node.style)
