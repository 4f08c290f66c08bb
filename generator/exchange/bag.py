"""BagIt bags (RFC 8493): a folder with a list of checksums, so that whoever receives it can tell whether all is there and unchanged."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.exchange.checksums import sum_of
from generator.os_errors import reason

ALGORITHM = "sha256"
DECLARATION = "bagit.txt"
"""The file by which a bag is known."""

TAGS = f"tagmanifest-{ALGORITHM}.txt"
_TAGGED = (DECLARATION, "bag-info.txt", f"manifest-{ALGORITHM}.txt")


@dataclass(frozen=True, slots=True)
class BagReport:
    """What came of looking through a bag. `problems`: one Chinese line each, empty when the bag is whole and unchanged.

    `files`: payload files listed; `info`: what bag-info.txt says, values as text.
    """

    files: int
    info: Mapping[str, str]
    problems: tuple[str, ...]

    @property
    def valid(self) -> bool:
        return not self.problems


def is_bag(path: Path) -> bool:
    """Whether a folder says of itself that it is a bag."""
    return (path / DECLARATION).is_file()


def make_bag(folder: Path, info: Mapping[str, str], day: date) -> None:
    """Turns a folder into a bag in place: its content becomes the payload. The same content gives the same bytes. Raises `OSError`.

    `info` goes into bag-info.txt; `day` is its Bagging-Date.
    """
    said = {key: " ".join(text.split()) for key, text in info.items()}
    _bagit().make_bag(folder, {**said, "Bagging-Date": day.isoformat()}, checksums=[ALGORITHM])


def verify_bag(path: Path) -> BagReport:
    """Looks whether every file of a bag is there, unchanged, and no other beside them; reads every byte.

    `path` is the bag, or a folder made by `jishi bundle` that holds one as `bag/`.
    Raises `JishiError` when it is no bag, or cannot be read.
    """
    bagit = _bagit()
    folder = path if is_bag(path) else path / "bag"
    if not is_bag(folder):
        raise JishiError(
            f"“{path}”不是 BagIt 包：里面没有 {DECLARATION}", "请指定 jishi bundle 生成的文件夹，或其中的 bag。"
        )
    try:
        bag = bagit.Bag(str(folder))
        problems = tuple(_differences(folder, bag))
        try:
            bag.validate()
        except bagit.BagError as error:
            # What the library refuses without naming a file: a broken list, a wrong total.
            problems = problems or (f"不符合 BagIt 规范：{_one_line(error)}",)
    except OSError as error:
        raise JishiError(f"无法读取 {error.filename or folder}：{reason(error)}", "请检查文件权限。") from error
    except (bagit.BagError, ValueError) as error:
        return BagReport(0, {}, (f"不符合 BagIt 规范：{_one_line(error)}",))
    info = {key: value if isinstance(value, str) else "；".join(value) for key, value in bag.info.items()}
    if not bag.payload_entries():
        problems = (*problems, "清单里没有任何文件")
    return BagReport(len(bag.payload_entries()), info, problems)


def _differences(folder: Path, bag: Any) -> Iterator[str]:
    """File by file, since the library stops at the first total that is wrong."""
    listed_only, there_only = bag.compare_manifests_with_fs()
    absent = set(listed_only)
    yield from (f"缺少文件：{name}" for name in sorted(absent))
    yield from (f"多出文件：{name}" for name in sorted(there_only))
    for name, sums in sorted(bag.entries.items()):
        if name in absent or not (folder / name).is_file():
            if name not in absent:
                yield f"缺少文件：{name}"
            continue
        if any(sum_of(folder / name, algorithm) != stated.lower() for algorithm, stated in sums.items()):
            yield f"内容已变：{name}"


def tag_faults(folder: Path) -> Iterator[str]:
    """Of a bag made here: its own files are these four and no other, and the second list covers the other three. Raises `OSError`."""
    there = {path.name for path in folder.iterdir() if path.name != "data"}
    yield from (f"缺少文件：{name}" for name in (*_TAGGED, TAGS) if name not in there)
    yield from (f"多出文件：{name}" for name in sorted(there - {*_TAGGED, TAGS}))
    if TAGS in there:
        lines = (folder / TAGS).read_text(encoding="utf-8", errors="replace").splitlines()
        covered = {line.partition(" ")[2].strip(" *") for line in lines}
        yield from (f"{TAGS} 没有列出 {name}" for name in _TAGGED if name in there and name not in covered)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _bagit() -> Any:
    """The library, silent: it would log whole tracebacks, and what it finds is in its errors as well."""
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL + 1)
    return bagit
