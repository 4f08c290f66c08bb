"""Strict YAML with positions: one parse gives plain data, every deviation from the subset, and the place of each value on demand.

The subset has mappings, lists and text. Every scalar is read as text, so that `0123`, `no`, `12:30` and an 18-digit number stay as written;
the schema types them. Empty means absent, with a warning.
"""

from __future__ import annotations

import yaml
from yaml import MappingNode

from generator.records.raw_file import MAX_BYTES
from generator.records.yaml_document import YamlDocument, compose
from generator.records.yaml_faults import report_syntax, report_unreadable
from generator.records.yaml_limits import needs_scan, scan
from generator.records.yaml_slips import report_line_ends, report_not_a_mapping, report_slips
from generator.records.yaml_walk import to_data

__all__ = ["YamlDocument", "read_text", "read_yaml"]


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
        document.root = root = compose(text)
    except yaml.reader.ReaderError as error:
        document.broken = True
        if not report_unreadable(error, text, document.report):
            document.report("YML010", 0, 1, problem="此处不合 YAML 写法", hint="检查是否有不可见字符")
        return document
    except yaml.MarkedYAMLError as error:
        document.broken = True
        if not report_line_ends(document):
            report_syntax(error, text, document.index, document.report)
        return document
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        document.broken = True
        if not report_unreadable(None, text, document.report):
            document.report("YML010", 0, 1, problem="此处不合 YAML 写法", hint="检查缩进、冒号、引号和括号")
        return document
    if type(root) is not MappingNode:
        document.broken = True
        report_not_a_mapping(document, root)
        return document
    data = to_data(document, root)
    if document.broken:
        return document
    document.data = data
    report_slips(document, root)
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
