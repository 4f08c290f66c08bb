"""Strict YAML with positions: one parse gives plain data, every deviation from the subset, and the place of each value on demand.

The subset has mappings, lists and text. Every scalar is read as text, so that `0123`, `no`, `12:30` and an 18-digit number stay as written;
the schema types them. Empty means absent, with a warning.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import MappingNode, ScalarNode, SequenceNode
from yaml._yaml import CParser

from generator.diagnostics import Diagnostic, Place, Pointer, Span
from generator.records.codes import finding
from generator.records.text_lines import TextLines
from generator.records.yaml_faults import UNPRINTABLE, WIDE_SPACE, report_syntax, report_unreadable, report_wide_colon
from generator.records.yaml_limits import MAX_DEPTH, needs_scan, scan

MAX_BYTES = 2_000_000
"""Largest record read. A person's file with a hundred entries has 20,000 bytes."""

_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_BAD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*")
_WIDE_COLON = re.compile(r"(?:^|[\n\r])[ \t\-\[{\"']*(\w+)[ \t]*：")
_WIDE_COMMA = re.compile(r"[\[{,][^\[\]{},\n]*[，、；]")
_WIDE_ITEM = re.compile(r"[，、；]")
_WIDE_PAIR = re.compile(r"[，；]\s*[A-Za-z_]+\s*[:：]")
_LEADING_PAIR = re.compile(r"(\w+)[ \t]*：")


class _Composer(CParser):
    """The C parser and composer without PyYAML's guessing of types."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:
        return ""

    def descend_resolver(self, parent: Any, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _compose(text: str) -> Any:
    composer = _Composer(text)
    try:
        return composer.get_single_node()
    finally:
        composer.dispose()


class YamlDocument:
    """What one file says. `data` is never changed by anybody; it is `{}` when `broken`."""

    __slots__ = ("_lines", "_root", "broken", "data", "diagnostics", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.data: dict[str, Any] = {}
        self.diagnostics: list[Diagnostic] = []
        self.broken = False
        """True when nothing could be made of the file; then there is a diagnostic of severity error."""
        self._root: Any = None
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
        self._root = None
        self._lines = None

    def span(self, pointer: Pointer, on_key: bool = False) -> Span:
        """Where the value at `pointer` stands, or with `on_key` the key in front of it.

        For something that is not there: the key of the deepest value that is. For an unreadable file: its first character.
        """
        if self._root is None and not self.broken:
            try:
                self._root = _compose(self.text)
            except (yaml.YAMLError, ValueError, RecursionError):
                return Span(1, 1, 1, 2)
        if self._root is None:
            return Span(1, 1, 1, 2)
        start, end = _locate(self._root, pointer, on_key)
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
                if key.value == step and type(key) is ScalarNode and not _is_empty(value):
                    found = (value, key)
                    break
            else:  # an empty value is absent, yet its key is the best place to point at
                for key, _ in node.value:
                    if key.value == step and type(key) is ScalarNode:
                        return key.start_mark.index, key.end_mark.index
        elif type(node) is SequenceNode and isinstance(step, int):
            items = [item for item in node.value if not _is_empty(item)]
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


def _is_empty(node: Any) -> bool:
    return type(node) is ScalarNode and node.value in _EMPTY and (not node.value or not node.style)


def read_yaml(path: str, raw: bytes) -> YamlDocument:
    """Reads one file. Never raises on content; `path` is only carried into the diagnostics."""
    if len(raw) > MAX_BYTES:
        document = YamlDocument(path, "")
        document.broken = True
        document.report("YML004", 0, 1, size=len(raw), limit=MAX_BYTES)
        return document
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(path, raw, error)
    return read_text(path, text.removeprefix("\ufeff"))


def read_text(path: str, text: str) -> YamlDocument:
    """As `read_yaml`, for text already decoded (without a byte order mark)."""
    document = YamlDocument(path, text)
    try:
        if needs_scan(text):
            scan(text, document.report)
            if document.diagnostics:
                document.broken = True
                return document
        document._root = root = _compose(text)
    except yaml.reader.ReaderError as error:
        document.broken = True
        if not report_unreadable(error, text, document.report):
            document.report("YML010", 0, 1, problem="此处不合 YAML 写法", hint="检查是否有不可见字符")
        return document
    except yaml.MarkedYAMLError as error:
        document.broken = True
        if not _foreign_line_ends(document):
            report_syntax(error, text, document.index, document.report)
        return document
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        document.broken = True
        if not report_unreadable(None, text, document.report):
            document.report("YML010", 0, 1, problem="此处不合 YAML 写法", hint="检查缩进、冒号、引号和括号")
        return document
    if type(root) is not MappingNode:
        document.broken = True
        _not_a_mapping(document, root)
        return document
    data = _Walk(document).mapping(root, 1)
    if document.broken:
        return document
    document.data = data
    _odd_characters(document, root)
    return document


def _undecodable(path: str, raw: bytes, error: UnicodeDecodeError) -> YamlDocument:
    found = "编码未知"
    document = YamlDocument(path, raw.decode("utf-8", errors="replace"))
    start = len(raw[: error.start].decode("utf-8", errors="replace"))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[1:2] == b"\0" or raw[:1] == b"\0":
        found, start = "看来是 UTF-16", 0
    else:
        try:
            document.text = raw.decode("gb18030")
            found = "看来是 GBK"
            start = len(raw[: error.start].decode("gb18030", errors="ignore"))
        except UnicodeDecodeError:
            pass
    document.broken = True
    document.report("YML001", start, start + 1, found=found)
    return document


def _not_a_mapping(document: YamlDocument, root: Any) -> None:
    if root is None or _is_empty(root):
        document.report("YML003", 0, 1)
        return
    if type(root) is ScalarNode:
        wide = _LEADING_PAIR.match(root.value)
        if wide:
            report_wide_colon(wide.group(1), root.start_mark.index, document.report, after=root.value[wide.end() :])
            return
        space = WIDE_SPACE.search(document.text)
        if space:
            document.report("YML006", space.start(), space.end(), char=f"U+{ord(space.group()):04X}")
            return
    found = "一段文字" if type(root) is ScalarNode else "列表"
    hint = "例如 name: 张三；冒号用半角，后面空一格" if type(root) is ScalarNode else "去掉开头的“- ”，写成“键: 值”"
    document.report("YML011", root.start_mark.index, root.end_mark.index, found=found, hint=hint)


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
                if len(value) < 5 and value in _EMPTY and (not value or not value_node.style):
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
                if len(value) < 5 and value in _EMPTY and (not value or not item.style):
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
                if _is_empty(value_node):
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


def _odd_characters(document: YamlDocument, root: Any) -> None:
    """What is well-formed, yet surely a slip: full-width punctuation, escaped control characters, foreign line ends."""
    text = document.text
    _foreign_line_ends(document)
    if text.isascii() and "\\" not in text:
        return
    if "\ufeff" in text:
        report_unreadable(None, text, document.report)
    wide = ("：" in text and _WIDE_COLON.search(text)) or _WIDE_COMMA.search(text)
    if wide or "\\" in text:
        _odd_nodes(document, root)


def _foreign_line_ends(document: YamlDocument) -> bool:
    text = document.text
    if "\x85" not in text and "\u2028" not in text and "\u2029" not in text:
        return False
    for match in _BAD_LINE_ENDS.finditer(text):
        document.report("YML005", match.start(), match.end(), char=f"U+{ord(match.group()):04X}")
    return True


def _odd_nodes(document: YamlDocument, root: Any) -> None:
    todo = [(root, False)]
    while todo:
        node, item = todo.pop()
        if type(node) is MappingNode:
            todo.extend((value, False) for _, value in node.value)
            continue
        if type(node) is SequenceNode:
            todo.extend((value, True) for value in node.value)
            if node.flow_style:
                for value in node.value:
                    if type(value) is ScalarNode and not value.style and _WIDE_ITEM.search(value.value):
                        parts = [part.strip() for part in _WIDE_ITEM.split(value.value)]
                        _wide_comma(document, value, f"[{', '.join(parts)}]")
            continue
        if node.style == '"':
            bad = UNPRINTABLE.search(node.value)
            if bad:
                start = node.start_mark.index
                document.report("YML002", start, node.end_mark.index, char=f"U+{ord(bad.group()):04X}")
        elif not node.style:
            pair = _LEADING_PAIR.match(node.value) if item else None
            if pair and _PLAIN_KEY.fullmatch(pair.group(1)):
                after = node.value[pair.end() :]
                report_wide_colon(pair.group(1), node.start_mark.index, document.report, after=after)
            elif _WIDE_PAIR.search(node.value):
                _wide_comma(document, node, node.value.replace("，", ", ").replace("；", ", ").replace("：", ": "))


def _wide_comma(document: YamlDocument, node: Any, example: str) -> None:
    document.report("YML023", node.start_mark.index, node.end_mark.index, text=node.value[:24], example=example[:40])
