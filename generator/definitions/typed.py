"""Types a definition file by its shape. Every scalar comes as text; a fault is told with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from cerberus import Validator, errors

from generator.definitions import reading_shapes, shapes
from generator.definitions.short_forms import WHOLE, spell_out
from generator.definitions.source import Source
from generator.diagnostics import JishiError, Pointer


class DefinitionValidator(Validator):  # type: ignore[misc]
    """Cerberus with the coercions of the definition files."""

    def _normalize_coerce_whole(self, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch("-?[0-9]{1,5}", value):
            return int(value)
        raise ValueError("应为整数")

    def _normalize_coerce_number(self, value: Any) -> int | str:
        if isinstance(value, str) and re.fullmatch(r"profile\.[a-z_]+", value):
            return value
        try:
            return self._normalize_coerce_whole(value)
        except ValueError:
            raise ValueError("应为整数，或 profile. 开头的设置名") from None

    def _normalize_coerce_flag(self, value: Any) -> bool:
        if value in ("true", "false"):
            return bool(value == "true")
        raise ValueError("应为 true 或 false")

    def _normalize_coerce_day(self, value: Any) -> date:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise ValueError("应为日期，写成 2026-05-18")

    def _normalize_coerce_word(self, value: Any) -> bool | str:
        if not isinstance(value, str):
            raise ValueError("应为一个词")
        return {"true": True, "false": False}.get(value, value)


@cache
def _validator(name: str) -> DefinitionValidator:
    validator = DefinitionValidator()
    # Set past the setter, which checks the schema itself on every start and costs more than reading the files; a test checks it.
    validator._schema = next(getattr(part, name) for part in (shapes, reading_shapes) if hasattr(part, name))
    return validator


def typed(source: Source, shape: str) -> dict[str, Any]:
    """The file's content, typed by the shape of that name in `shapes` or `reading_shapes`.

    Raises JishiError naming the first faulty line.
    """
    validator = _validator(shape)
    if validator.validate(spell_out(source.data)):
        document: dict[str, Any] = validator.document
        return document
    faults: dict[Pointer, tuple[int, str, str]] = {}
    for pointer, fault in _faults(source, validator._errors):
        faults.setdefault(pointer, fault)
    # A misspelt key is also a missing one: the misspelling is told first.
    line, message, hint = min(faults.values(), key=lambda fault: (fault[1].startswith("缺少"), fault[0]))
    more = f"（另有 {len(faults) - 1} 处）" if len(faults) > 1 else ""
    raise JishiError(f"{source.name} 第 {line} 行：{message}{more}", hint)


def _faults(source: Source, found: list[Any]) -> Iterator[tuple[Pointer, tuple[int, str, str]]]:
    # A value that could not be read is also of the wrong type: the first of the two says more.
    for error in sorted(found, key=lambda error: error.code != errors.COERCION_FAILED.code):
        if error.child_errors:
            yield from _faults(source, list(error.child_errors))
        else:
            pointer: Pointer = tuple(key for key in error.document_path if key != WHOLE)
            message, hint = _say(error, pointer)
            yield pointer, (source.line(pointer), message, hint)


def _say(error: Any, pointer: Pointer) -> tuple[str, str]:
    key = str(pointer[-1]) if pointer else ""
    if error.code == errors.UNKNOWN_FIELD.code:
        return f"不认识的键“{key}”", "检查拼写"
    if error.code == errors.REQUIRED_FIELD.code:
        return f"缺少“{key}”", ""
    if error.code in (errors.UNALLOWED_VALUE.code, errors.UNALLOWED_VALUES.code):
        return f"“{key}”不能是“{error.value}”", f"可用：{'、'.join(map(str, error.constraint))}"
    if error.code == errors.COERCION_FAILED.code:
        return f"“{key}”的值“{error.value}”{error.info[0]}", ""
    if error.code == errors.REGEX_MISMATCH.code:
        return f"“{error.value}”的写法不对", f"应合于 {error.constraint}"
    if error.code == errors.BAD_TYPE.code:
        kinds: Mapping[str, str] = {"list": "列表", "dict": "“键: 值”", "string": "一段文字", "integer": "整数"}
        return f"“{key}”应为{kinds.get(str(error.constraint), str(error.constraint))}", ""
    return f"“{key}”的值不合要求", ""
