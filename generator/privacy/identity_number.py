"""The citizen identity number (GB 11643): 17 digits and a check character (ISO 7064 MOD 11-2)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")

_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
REGIONS: Container[str] = frozenset(str(code) for first, last in _RANGES for code in range(first, last + 1))
"""First two digits: provinces, and residence permits of Hong Kong, Macau and Taiwan."""


def check_character(digits: str) -> str:
    """The last character that belongs to the first 17 digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The date of birth in a number of the right length; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def faults(number: str, regions: Container[str] | None = None) -> Iterator[str]:
    """What is wrong with a number as such, never repeating it. `regions`: the first two digits that exist; default `REGIONS`."""
    if not _SHAPE.fullmatch(number):
        yield "应为 18 位，前 17 位是数字，末位是数字或 X"
        return
    if number[:2] not in (REGIONS if regions is None else regions):
        yield "前两位不是有效的省级代码"
    if birth_date(number) is None:
        yield "第 7 至 14 位不是有效日期"
    if check_character(number) != number[17]:
        yield "校验位不对，请对照原件重录"


def disagreements(number: str, born: date | None, sex: str | None) -> Iterator[str]:
    """Where a proper number and the person's record differ; what is not recorded is not compared."""
    if born is not None and birth_date(number) != born:
        yield "号码里的出生日期与记录的出生日期（born）不一致"
    if sex in ("男", "女") and ("男" if int(number[16]) % 2 else "女") != sex:
        yield "号码里的性别位与记录的性别（sex）不一致"
