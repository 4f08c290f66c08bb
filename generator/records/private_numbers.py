"""Identity card and mobile numbers, and private keys, that stand in plain text where they must not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.privacy.identity_number import birth_date, check_character

PRIVATE = frozenset(("SEC001", "SEC002", "SEC007"))
"""Codes whose place must not be shown."""

_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x", ord("＋"): "+"}
"""Full-width characters of numbers; one for one, so that places stay right."""
_WIDE_DIGIT = re.compile("[０-９]")
_GAP = "[ \t\u00a0\u2002-\u200a\u202f\u3000.·_\\-\u2010-\u2015\u2212\uff0d]"
_GAPS = f"{_GAP}{{0,3}}"
_IDENTITY = re.compile(rf"(?<![0-9])[1-9](?:{_GAPS}[0-9]){{16}}{_GAPS}[0-9Xx](?![0-9])")
_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:(?<!\+)\+|00)?86[)）]?{_GAPS})?"
    rf"(?:1[3-9][0-9]{_GAPS}(?:[0-9]{{4}}{_GAPS}[0-9]{{4}}|[0-9]{{3}}{_GAPS}[0-9]{{5}})"
    rf"|1[3-8][0-9]{{2}}{_GAPS}[0-9]{{4}}{_GAPS}[0-9]{{3}})(?![0-9])"
)
"""In groups as they are spoken. Parted elsewhere it is the number of a paper, which so can be told from a telephone."""
_LONG = re.compile(rf"(?<![0-9])[0-9](?:{_GAPS}[0-9]){{10}}")
"""What every number begins with: most texts hold none, and this is looked for fastest."""
_USUAL_PARTS = (frozenset((6, 10, 12, 14)), frozenset((4, 8, 12, 16)), frozenset((3, 6, 10, 14)))
"""After how many characters an identity number is parted when it is copied out."""
_DIGEST = re.compile("[0-9a-f]{16,}|[0-9A-F]{16,}")
_DIGEST_LETTERS = 3
"""So many groups of letters between its digits tell a digest from a number with something in front or behind."""
_KEY_HEAD = "AGE-SECRET-KEY-1"
_KEY = re.compile(rf"{_KEY_HEAD}[0-9A-Za-z]{{20,}}")
_YEAR_LED = ("19", "20")
"""No province has these codes: what begins so is a number with a year in front, such as that of a certificate."""
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-.](?:0[1-9]|1[0-2])[-.](?:0[1-9]|[12][0-9]|3[01])")
_MASK = "（已隐去）"


def private_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(code, start, end) of each mainland mobile number, each identity number, and each private key.

    Full-width digits, gaps between the digits, and letters before and behind make no difference; nor does it for an identity number
    that its check character is wrong. A 学号 of eleven digits can look like a mobile number: the caller leaves out those that are
    ids of people (see `plain_number`).
    """
    if _WIDE_DIGIT.search(text):
        text = text.translate(_WIDE)
    if _LONG.search(text):
        yield from (("SEC001", *span) for span in _each(_IDENTITY, text, _is_identity_number))
        yield from (("SEC002", *span) for span in _each(_MOBILE, text, _is_telephone))
    if _KEY_HEAD in text:
        yield from (("SEC007", *match.span()) for match in _KEY.finditer(text))


def plain_number(text: str) -> str:
    """A number without gaps, country code and full-width characters; an id can be compared with it."""
    plain = re.sub(rf"{_GAP}|[+)）]", "", text.translate(_WIDE))
    return plain[-11:] if plain.startswith(("86", "0086")) and len(plain) in (13, 15) else plain


def hide_number(text: str, number: str) -> str:
    """A text in which a number of `plain_number` is not repeated, however it was written."""
    if not text or number[:1] not in text.translate(_WIDE):
        return text
    loose = _GAPS.join(re.escape(character) for character in number)
    found = list(re.finditer(loose, text.translate(_WIDE), re.IGNORECASE))
    for match in reversed(found):
        text = text[: match.start()] + _MASK + text[match.end() :]
    return text


def _each(pattern: re.Pattern[str], text: str, is_meant: Callable[[str, int, int], bool]) -> Iterator[tuple[int, int]]:
    """Matches that are meant. A number may begin inside what only looks like one."""
    at = 0
    while match := pattern.search(text, at):
        start, end = match.span()
        at = start + 1
        if is_meant(text, start, end):
            yield start, end
            at = end


def _is_identity_number(text: str, start: int, end: int) -> bool:
    """Birth date plausible; with gaps in unusual places they are all alike, and the check character right as well."""
    if _DATE.search(text, start, end) or _in_digest(text, start, end):
        return False
    number = plain_number(text[start:end])
    if number.startswith(_YEAR_LED):
        return False
    if not ("1900" <= number[6:10] <= "2199" and "01" <= number[10:12] <= "12" and "01" <= number[12:14] <= "31"):
        return False
    gaps, length = set(), 0
    for character in text[start:end]:
        if character.isalnum():
            length += 1
        else:
            gaps.add(length)
    right = check_character(number) == number[17].upper()
    if any(gaps <= usual for usual in _USUAL_PARTS):
        return right or birth_date(number) is not None
    return right and len({character for character in text[start:end] if not character.isalnum()}) == 1


def _is_telephone(text: str, start: int, end: int) -> bool:
    return not _in_digest(text, start, end)


def _in_digest(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a longer one in hexadecimal digits."""
    around = (match for match in _DIGEST.finditer(text, max(0, start - 128), end + 128))
    return any(
        match.start() <= start and end <= match.end() and len(re.findall("[A-Fa-f]+", match[0])) >= _DIGEST_LETTERS
        for match in around
    )
