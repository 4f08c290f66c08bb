"""Identity card and mobile numbers, and private keys, that stand in plain text where they must not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.privacy.identity_number import check_character

PRIVATE = frozenset(("SEC001", "SEC002", "SEC007"))
"""Codes whose place must not be shown."""

_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x", ord("＋"): "+"}
"""Full-width characters of numbers; one for one, so that places stay right."""
_WIDE_DIGIT = re.compile("[０-９]")
_GAP = "[ \t\u00a0\u2002-\u200a\u202f\u3000.·_\\-\u2010-\u2015\u2212\uff0d]"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}?[0-9]){{16}}{_GAP}?[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:(?<!\+)\+|00)86{_GAP}?|86{_GAP})?1[3-9][0-9]{_GAP}?[0-9]{{4}}{_GAP}?[0-9]{{4}}(?![0-9A-Za-z])"
)
_LONG = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}?[0-9]){{10}}")
"""What every number begins with: most texts hold none, and this is looked for fastest."""
_KEY_HEAD = "AGE-SECRET-KEY-1"
_KEY = re.compile(rf"{_KEY_HEAD}[0-9A-Za-z]{{20,}}")
_YEAR_LED = ("19", "20")
"""No province has these codes: what begins so is a number with a year in front, such as that of a certificate."""
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-.](?:0[1-9]|1[0-2])[-.](?:0[1-9]|[12][0-9]|3[01])")
_NUMBERED = re.compile(r"(?:^|[\s{,])[\"']?(?:certificate|serial|ledger|notice|code)[\"']?:[ \t]*[\"']?$")
"""Keys whose values are numbers of papers: eleven digits there are no telephone."""
_MASK = "（已隐去）"


def private_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(code, start, end) of each mainland mobile number, each identity number with a right check character, and each private key.

    Full-width digits and gaps between the digits make no difference. A 学号 of eleven digits can look like a mobile number: the
    caller leaves out those that are ids of people (see `plain_number`).
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
    plain = re.sub(rf"{_GAP}|^(?:\+|00)?86{_GAP}?(?=1[3-9])", "", text.translate(_WIDE))
    return plain[-11:] if plain.startswith(("+86", "0086", "86")) and len(plain) in (13, 14, 15) else plain


def hide_number(text: str, number: str) -> str:
    """A text in which a number of `plain_number` is not repeated, however it was written."""
    if not text or number[:1] not in text.translate(_WIDE):
        return text
    loose = f"{_GAP}?".join(re.escape(character) for character in number)
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
    """Birth date plausible and check character right."""
    if _DATE.search(text, start, end):
        return False
    number = plain_number(text[start:end])
    if number.startswith(_YEAR_LED):
        return False
    if not ("1900" <= number[6:10] <= "2199" and "01" <= number[10:12] <= "12" and "01" <= number[12:14] <= "31"):
        return False
    return check_character(number) == number[17].upper()


def _is_telephone(text: str, start: int, end: int) -> bool:
    """Not the bare number of a paper."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not text[start:end].isdigit() or _NUMBERED.search(line) is None
