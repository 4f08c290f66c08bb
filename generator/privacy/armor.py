"""What a sealed file looks like from outside: judged without a key and without opening anything."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Literal

SUFFIX = ".age"
BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----"
END = "-----END AGE ENCRYPTED FILE-----"
_VERSION = b"age-encryption.org/v1\n"
_LINE = re.compile(r"[A-Za-z0-9+/=]{1,64}")
_BODY = rb"(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_HEADER = re.compile(re.escape(_VERSION) + rb"(?:-> [!-~]+(?: [!-~]+)*\n" + _BODY + rb")+--- [A-Za-z0-9+/]{43}\n")
_SMALLEST = 32
"""Bytes behind the header: a nonce and the tag of an empty text."""


@dataclass(frozen=True, slots=True)
class Outside:
    """`plain`: no age block at all; `damaged`: one that nobody can open, `problem` says why. `recipients`: for how many it was sealed."""

    state: Literal["sealed", "damaged", "plain"]
    problem: str = ""
    recipients: int = 0


def look_at(raw: bytes) -> Outside:
    """The state of a sealed file's content. What is changed behind the header shows only when it is opened."""
    if raw.startswith(_VERSION):
        return Outside("damaged", "是二进制形式，不是文本形式")
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("ascii", errors="replace").strip()
    if not text.startswith("-----BEGIN AGE"):
        return Outside("damaged", "文件是空的") if not text else Outside("plain")
    lines = [line.rstrip() for line in text.splitlines()]
    if lines[0] != BEGIN or lines[-1] != END:
        return Outside("damaged", "首行或末行不完整")
    body = lines[1:-1]
    if not body or not all(_LINE.fullmatch(line) for line in body) or any(len(line) != 64 for line in body[:-1]):
        return Outside("damaged", "夹有别的文字，或者缺行")
    try:
        return _inside(base64.b64decode("".join(body), validate=True))
    except (binascii.Error, ValueError):
        return Outside("damaged", "内容不完整")


def _inside(block: bytes) -> Outside:
    header = _HEADER.match(block)
    if header is None or len(block) - header.end() < _SMALLEST:
        return Outside("damaged", "内容不完整")
    stanzas = [line.split(b" ") for line in header.group().split(b"\n") if line.startswith(b"-> ")]
    if any(stanza[1] == b"X25519" and (len(stanza) != 3 or len(stanza[2]) != 43) for stanza in stanzas):
        return Outside("damaged", "内容不完整")
    # Stanzas of this name are thrown in so that readers stay tolerant; nobody can open them.
    return Outside("sealed", recipients=sum(not stanza[1].endswith(b"-grease") for stanza in stanzas))
