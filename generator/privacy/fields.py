"""Which values are sealed, and what each has to look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from generator.privacy import identity_number

Shape = Literal["identity_number", "mobile", "text"]
SHAPES: tuple[str, ...] = get_args(Shape)
MAX_LENGTH = 200
"""Characters; an address is shorter."""

_GAPS = re.compile(r"[\s\-‐‑‒–—−·.]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class SealedField:
    """One kind of value. `label` is its Chinese name."""

    key: str
    label: str
    shape: Shape = "text"

    def plain(self, text: str) -> str:
        """A value as it is kept: numbers without gaps, in ASCII."""
        text = unicodedata.normalize("NFKC", text).strip() if self.shape != "text" else text.strip()
        if self.shape == "text":
            return text
        text = _GAPS.sub("", text).upper()
        if self.shape == "mobile":
            text = re.sub(r"^(?:\+86|0086)", "", text)
        return text

    def faults(self, value: str) -> Iterator[str]:
        """What is wrong with a value of `plain`, never repeating it."""
        if not value.isprintable():
            yield "含有不可见的字符"
        elif len(value) > MAX_LENGTH:
            yield f"超过 {MAX_LENGTH} 个字"
        elif self.shape == "identity_number":
            yield from identity_number.faults(value)
        elif self.shape == "mobile" and not _MOBILE.fullmatch(value):
            yield "应为 11 位手机号，以 13 至 19 开头"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the person's own file says, as far as sealed values can be compared with it."""

    born: date | None = None
    sex: str | None = None


def disagreements(fields: Mapping[str, SealedField], values: Mapping[str, str], record: OnRecord) -> Iterator[str]:
    """Differences between proper sealed values and the record, without the values."""
    for key, value in values.items():
        field = fields.get(key)
        if field is not None and field.shape == "identity_number" and not any(field.faults(value)):
            for said in identity_number.disagreements(value, record.born, record.sex):
                yield f"{field.label}：{said}"


def uncompared(fields: Mapping[str, SealedField], values: Mapping[str, str], record: OnRecord) -> Iterator[str]:
    """What the record lacks for a comparison."""
    if any(fields[key].shape == "identity_number" for key in values if key in fields):
        if record.born is None:
            yield "出生日期（born）"
        if record.sex is None:
            yield "性别（sex）"
