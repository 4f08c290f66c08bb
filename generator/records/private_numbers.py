"""Identity card and mobile numbers that stand in plain text where they must not."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def private_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(code, start, end) of each mainland mobile number and each identity number with a right check digit.

    A 学号 of eleven digits can look like a mobile number: the caller leaves out those that are ids of people.
    """
    for match in _NUMBER.finditer(text):
        token = match.group()
        if len(token) == 11:
            yield "SEC002", match.start(), match.end()
        elif _is_identity_number(token):
            yield "SEC001", match.start(), match.end()


def _is_identity_number(token: str) -> bool:
    """Birth date plausible and check digit right (GB 11643)."""
    if not ("1900" <= token[6:10] <= "2199" and "01" <= token[10:12] <= "12" and "01" <= token[12:14] <= "31"):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, token, strict=False))
    return _CHECK[total % 11] == token[17].upper()
