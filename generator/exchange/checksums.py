"""A list of checksums as `sha256sum` writes and reads it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def sums_of(folder: Path, names: Iterable[str]) -> str:
    """One line a file, in the order given. Raises `OSError`."""
    return "".join(f"{sum_of(folder / name)}  {name}\n" for name in names)


def sum_faults(folder: Path, list_: str) -> Iterator[str]:
    """What of the files of a list, itself a file of `folder`, is missing or changed, and what lies beside them unlisted; folders aside.

    Raises `OSError`.
    """
    path = folder / list_
    if not path.is_file():
        yield f"缺少文件：{list_}"
        return
    listed = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        if found is None or ".." in Path(found[2]).parts or Path(found[2]).is_absolute():
            yield f"{list_} 里有读不懂的行"
        else:
            listed[found[2]] = found[1]
    for name, stated in listed.items():
        if not (folder / name).is_file():
            yield f"缺少文件：{name}"
        elif sum_of(folder / name) != stated:
            yield f"内容已变：{name}"
    there = {each.name for each in folder.iterdir() if each.is_file()} - {list_}
    yield from (f"多出文件：{name}" for name in sorted(there - listed.keys()))


def sum_of(path: Path, algorithm: str = "sha256") -> str:
    """In hexadecimal digits, without the whole file in memory. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
