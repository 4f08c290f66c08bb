"""YAML nodes to plain data; what deviates from the strict subset is reported on the way."""

from __future__ import annotations

from typing import Any

from yaml import MappingNode, ScalarNode

from generator.records.yaml_document import EMPTY, YamlDocument, is_empty
from generator.records.yaml_limits import MAX_DEPTH


def to_data(document: YamlDocument, root: Any) -> dict[str, Any]:
    """The data below a mapping node; sets `document.broken` when it nests too deep."""
    return _Walk(document).mapping(root, 1)


class _Walk:
    """Nodes to plain data; what deviates is reported on the way."""

    __slots__ = ("document", "report")

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.report = document.report

    def too_deep(self, node: Any) -> None:
        self.document.broken = True
        self.report("YML018", node.start_mark.index, node.start_mark.index + 1, limit=MAX_DEPTH)

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        if depth > MAX_DEPTH:
            self.too_deep(node)
            return {}
        data: dict[str, Any] = {}
        regular = True
        for key_node, value_node in node.value:
            key = key_node.value
            kind = type(value_node)
            if kind is ScalarNode:
                value = value_node.value
                if len(value) < 5 and value in EMPTY and (not value or not value_node.style):
                    regular = False
                    continue
            elif kind is MappingNode:
                value = self.mapping(value_node, depth + 1)
            else:
                value = self.sequence(value_node, depth + 1)
            try:
                data[key] = value
            except TypeError:  # a list or mapping as key
                regular = False
        if not regular or len(data) != len(node.value) or "<<" in data or "" in data:
            return self.irregular(node, data)
        return data

    def sequence(self, node: Any, depth: int) -> list[Any]:
        if depth > MAX_DEPTH:
            self.too_deep(node)
            return []
        data: list[Any] = []
        for item in node.value:
            kind = type(item)
            if kind is ScalarNode:
                value = item.value
                if len(value) < 5 and value in EMPTY and (not value or not item.style):
                    self.report("YML021", item.start_mark.index, item.end_mark.index)
                else:
                    data.append(value)
            elif kind is MappingNode:
                data.append(self.mapping(item, depth + 1))
            else:
                data.append(self.sequence(item, depth + 1))
        return data

    def irregular(self, node: Any, values: dict[str, Any]) -> dict[str, Any]:
        """A mapping with duplicate, empty, merge or complex keys: the first of two equal keys counts."""
        first: dict[str, Any] = {}
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            start, end = key_node.start_mark.index, key_node.end_mark.index
            key = key_node.value
            if type(key_node) is not ScalarNode or not key or "\n" in key:
                self.report("YML017", start, max(end, start + 1))
            elif key == "<<":
                self.report("YML015", start, end)
            elif key in first:
                self.report(
                    "YML012", start, end, key=key, line=self.document.index.position(first[key].start_mark.index)[0]
                )
            else:
                first[key] = key_node
                if is_empty(value_node):
                    self.report("YML020", start, end, key=key)
                elif type(value_node) is ScalarNode:
                    data[key] = value_node.value
                elif sum(1 for other, _ in node.value if other.value == key) == 1:
                    data[key] = values[key]
                elif type(value_node) is MappingNode:
                    data[key] = _Walk(YamlDocument("", "")).mapping(value_node, 1)
                else:
                    data[key] = _Walk(YamlDocument("", "")).sequence(value_node, 1)
        return data
