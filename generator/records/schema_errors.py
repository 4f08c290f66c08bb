"""Cerberus errors as findings: code, place, Chinese message with the field's label, and a right example."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from cerberus import errors as cerberus_errors

from generator.diagnostics import Diagnostic, Place
from generator.records.codes import finding
from generator.records.schema_fields import Field

TYPE_NAMES: Mapping[str, str] = {
    "text": "文字",
    "id": "编号",
    "int": "整数",
    "decimal": "数字",
    "bool": "true 或 false",
    "date": "日期",
    "month": "年月",
    "list": "列表",
    "dict": "键值",
}
_SCALAR_CODES = {
    "date": "SCH004",
    "int": "SCH005",
    "decimal": "SCH005",
    "bool": "SCH006",
    "id": "SCH007",
    "month": "SCH011",
}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")


def flatten(errors: list[Any]) -> Iterator[Any]:
    """Every leaf error; errors that only group others are replaced by their children."""
    for error in errors:
        if error.is_logic_error:
            for below in error.definitions_errors.values():
                yield from flatten(below)
        elif error.is_group_error:
            yield from flatten(error.child_errors)
        else:
            yield error


def explain(error: Any, root: Field, place: Place, data: Any) -> Diagnostic:
    """The finding of one leaf error of a document whose fields are `root` and which stands at `place`."""
    path: tuple[str | int, ...] = tuple(error.document_path)
    where = place.child(*path)
    if "keysrules" in error.schema_path:
        return _bad_key(root.at(path[:-1]), where.key(), path[-1])
    field = root.at(path) or Field(str(path[-1]) if path else "", str(path[-1]) if path else "", ("text",))
    value = _value(data, path)
    label = field.label
    parent = root.at(path[:-1]) or root
    code = error.code
    if code == cerberus_errors.UNKNOWN_FIELD.code:
        return finding("SCH001", where.key(), key=shown(path[-1]), hint=suggest_key(str(path[-1]), parent))
    if code == cerberus_errors.REQUIRED_FIELD.code:
        above = place.child(*path[:-1]).key()
        return finding("SCH002", above, label=label, key=path[-1], example=f"{path[-1]}: {field.sample}")
    if code in (cerberus_errors.BAD_TYPE.code, cerberus_errors.BAD_TYPE_FOR_SCHEMA.code):
        return _bad_type(field, where, value, bool(path) and isinstance(path[-1], str))
    if code in (cerberus_errors.UNALLOWED_VALUE.code, cerberus_errors.UNALLOWED_VALUES.code):
        return finding("SCH008", where, label=label, value=shown(value), choices=choices(field, str(value)))
    if code in (cerberus_errors.MIN_VALUE.code, cerberus_errors.MAX_VALUE.code):
        bound = f"不能{'小' if code == cerberus_errors.MIN_VALUE.code else '大'}于 {error.constraint}"
        return finding("SCH009", where, label=label, value=shown(value), bound=bound, example=_example(field))
    if code in (
        cerberus_errors.MIN_LENGTH.code,
        cerberus_errors.MAX_LENGTH.code,
        cerberus_errors.EMPTY_NOT_ALLOWED.code,
    ):
        bounds = {
            cerberus_errors.MIN_LENGTH.code: f"至少 {error.constraint} 项（字）",
            cerberus_errors.MAX_LENGTH.code: f"至多 {error.constraint} 项（字）",
        }
        return finding("SCH010", where, label=label, bound=bounds.get(code, "不能为空"), example=_example(field))
    if code == cerberus_errors.REGEX_MISMATCH.code:
        return finding("SCH011", where, label=label, value=shown(value), example=_example(field))
    if code in (cerberus_errors.DEPENDENCIES_FIELD.code, cerberus_errors.DEPENDENCIES_FIELD_VALUE.code):
        return finding("SCH013", where.key(), label=label, other=_labels(parent, error.constraint))
    if code == cerberus_errors.EXCLUDES_FIELD.code:
        return finding("SCH014", where.key(), label=label, other=_labels(parent, error.constraint))
    return finding("SCH019", where, label=label, value=shown(value), example=_example(field))


def _bad_type(field: Field, where: Place, value: Any, keyed: bool) -> Diagnostic:
    wanted = field.types[0]
    example = f"{field.key}: {field.sample}" if keyed and field.key else field.sample
    if isinstance(value, str) and wanted in _SCALAR_CODES:
        if wanted == "date":
            example = _mend_date(value) or example
        elif wanted == "id" and field.values:
            return finding("SCH008", where, label=field.label, value=shown(value), choices=choices(field, value))
        elif (
            wanted in ("int", "decimal")
            and value.translate(_FULL_WIDTH).isascii()
            and value.translate(_FULL_WIDTH).isdigit()
        ):
            example = str(int(value.translate(_FULL_WIDTH)))
        return finding(
            _SCALAR_CODES[wanted],
            where,
            label=field.label,
            value=shown(value),
            example=example,
            expected=TYPE_NAMES[wanted],
        )
    if wanted == "list" and isinstance(value, str) and keyed:
        example = f"{field.key}: [{_quoted(value)}]"
    expected = "或".join(TYPE_NAMES[name] for name in field.types)
    return finding("SCH003", where, label=field.label, expected=expected, found=_found(value), example=example)


def _quoted(text: str) -> str:
    text = shown(text)
    return f'"{text}"' if text.isascii() else text


def _mend_date(text: str) -> str:
    """The date probably meant: 2024-5-1, 2024/05/01, 2024.5.1, 2024年5月1日, full-width digits."""

    parts = re.fullmatch(r"([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})\D*", text.translate(_FULL_WIDTH))
    try:
        return date(*(int(part) for part in parts.groups())).isoformat() if parts else ""
    except ValueError:
        return ""


def shown(value: Any) -> str:
    """A value for a message: on one line and not too long."""
    if isinstance(value, (dict, list)):
        return _found(value)
    text = " ".join(str(value).split()) or "空白"
    return text if len(text) <= 30 else text[:30] + "…"


def _found(value: Any) -> str:
    return "键值" if isinstance(value, dict) else "列表" if isinstance(value, list) else f"文字“{shown(value)}”"


def _example(field: Field) -> str:
    return f"{field.key}: {field.sample}" if field.key else field.sample


def choices(field: Field, value: str = "") -> str:
    """The allowed values with their Chinese names; a value given by its Chinese name is pointed out first."""
    meant = [key for key, text in field.values.items() if text == value]
    listed = "、".join(f"{key}（{text}）" if text != key else key for key, text in field.values.items())
    listed = listed or "、".join(str(name) for name in field.rules.get("allowed", ()))
    return f"{meant[0]}；全部：{listed}" if meant else listed


def suggest_key(key: str, parent: Field) -> str:
    """A hint for an unknown key: the one whose Chinese label was written, the nearest, or the list of what there is."""
    known = {name: child.label for name, child in (parent.fields or {}).items()}
    for name, label in known.items():
        if key.strip() == label:
            return f"“{label}”写作 {name}"
    near = difflib.get_close_matches(key.strip().lower(), known, n=1, cutoff=0.6)
    if near:
        return f"是不是 {near[0]}（{known[near[0]]}）？"
    listed = "、".join(f"{name}（{label}）" for name, label in list(known.items())[:12])
    return f"这里可以填：{listed}{'……' if len(known) > 12 else ''}" if known else "请删去"


def _labels(parent: Field, constraint: Any) -> str:
    names = [constraint] if isinstance(constraint, str) else list(constraint)
    found = [(parent.child(str(name)), str(name)) for name in names]
    return "、".join(child.label if child is not None else name for child, name in found)


def _bad_key(holder: Field | None, where: Place, key: str | int) -> Diagnostic:
    rule = holder.part_key if holder is not None else None
    label, sample = (rule.label, rule.sample) if rule is not None else ("键", "a")
    code = "SCH007" if rule is not None and rule.types[0] == "id" else "SCH011"
    return finding(code, where, label=label, value=shown(key), example=sample)


def _value(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return ""
    return data
