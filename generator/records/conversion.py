"""Text to typed values. What does not convert stays text, marked `Unconverted`, so that the schema reports it at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,63}")

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Dates outside are slips of the pen."""


class Unconverted(str):
    """Text that is not what the schema asks for."""

    __slots__ = ()


def to_int(text: str) -> int | Unconverted:
    """Plain ASCII decimal without leading zeros, at most nine digits."""
    return int(text) if _INT.fullmatch(text) else Unconverted(text)


def to_decimal(text: str) -> Decimal | Unconverted:
    return Decimal(text) if _DECIMAL.fullmatch(text) else Unconverted(text)


def to_bool(text: str) -> bool | Unconverted:
    return True if text == "true" else False if text == "false" else Unconverted(text)


@lru_cache(maxsize=65536)
def to_date(text: str) -> date | Unconverted:
    """`YYYY-MM-DD`, a real day between 1900 and 2199."""
    if len(text) == 10 and _DATE.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Unconverted(text)
        if EARLIEST <= day <= LATEST:
            return day
    return Unconverted(text)


def to_month(text: str) -> str:
    return text if _MONTH.fullmatch(text) else Unconverted(text)


def to_id(text: str) -> str:
    """ASCII letters, digits, `-` and `_`, at most 64."""
    return text if _ID.fullmatch(text) else Unconverted(text)


def to_text(text: str) -> str:
    return text if text.strip() else Unconverted(text)


SCALARS: Mapping[str, Callable[[str], Any]] = {
    "text": to_text,
    "id": to_id,
    "int": to_int,
    "decimal": to_decimal,
    "bool": to_bool,
    "date": to_date,
    "month": to_month,
}
CONTAINERS = ("dict", "list")
