"""Numbers and words of a PDF turned into bytes by their kind, most frequent first."""

from __future__ import annotations

from typing import Any

_MOST = 1000
"""Keys remembered at most."""


def write_operands() -> None:
    """Makes pydyf do so."""
    import pydyf

    otherwise = pydyf._to_bytes
    names: dict[str, bytes] = {}

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is str:
            return item.encode("ascii")  # type: ignore[no-any-return]
        if kind is int:
            return b"%d" % item
        if kind is float:
            if item.is_integer():
                return b"%d" % item
            return f"{item:f}".rstrip("0").encode("ascii")
        return otherwise(item)  # type: ignore[no-any-return]

    def dictionary(self: Any) -> bytes:
        parts = [b"<<"]
        for key, value in self.items():
            name = names.get(key)
            if name is None:
                name = b"/" + to_bytes(key) + b" "
                if len(names) < _MOST:
                    names[key] = name
            parts.append(name)
            parts.append(value if type(value) is bytes else to_bytes(value))
        parts.append(b">>")
        return b"".join(parts)

    pydyf._to_bytes = to_bytes
    pydyf.Dictionary.data = property(dictionary)
