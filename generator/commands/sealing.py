"""What `seal`, `unseal` and `rekey` have in common: whose block, what the record says of the person, which key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from generator.diagnostics import JishiError
from generator.privacy.fields import OnRecord
from generator.privacy.identities import Identities, default_file, read_identities
from generator.records.raw_file import read_bytes
from generator.records.walk import RecordFile, walk
from generator.records.yaml_source import read_yaml

DIFFERS = "DEV115"
"""Code of the rule on identity numbers that differ from the record."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as far as sealing needs one. `ids`: present and former."""

    path: str
    ids: tuple[str, ...]
    record: OnRecord

    @property
    def id(self) -> str:
        return self.ids[0]


def holder(root: Path, id: str) -> Holder:
    """The person with this id. Raises `JishiError` for nobody, for two, and for an unreadable file."""
    people = [file for file in walk(root).files if file.kind == "person"]
    found = [file for file in people if file.id == id]
    if not found:
        near = get_close_matches(id, [file.id for file in people], n=3, cutoff=0.6)
        raise JishiError(f"没有学号或工号为“{id}”的人", f"相近的：{'、'.join(near)}" if near else "")
    if len(found) > 1:
        raise JishiError(f"“{id}”有 {len(found)} 个文件：{'、'.join(file.path for file in found)}", "请先改正编号。")
    return read_holder(root, found[0])


def read_holder(root: Path, file: RecordFile) -> Holder:
    """What a person's file says. Raises `JishiError` when it cannot be read."""
    try:
        raw = read_bytes(root / file.path)
    except OSError:
        raw = None
    document = read_yaml(file.path, raw or b"")
    if document.broken:
        raise JishiError(f"{file.path} 无法读取", f"运行 jishi check {file.id} 查看原因。")
    former = document.data.get("former_ids")
    ids = (file.id, *(one for one in former if isinstance(one, str))) if isinstance(former, list) else (file.id,)
    sex = document.data.get("sex")
    return Holder(file.path, ids, OnRecord(_day(document.data.get("born")), sex if isinstance(sex, str) else None))


def sealed_files(root: Path) -> Iterator[RecordFile]:
    """Every sealed file of a repository."""
    return (file for file in walk(root).files if file.kind == "sealed")


def key_at_hand(identity: Path | None) -> Identities | None:
    """The key named, else the one where `jishi keygen` puts it; None without any. Raises `JishiError` for an unusable one."""
    if identity is not None:
        return read_identities(identity)
    return read_identities(default_file()) if default_file().exists() else None


def need_key(identity: Path | None) -> Identities:
    """As `key_at_hand`. Raises `JishiError` without a key."""
    found = key_at_hand(identity)
    return found if found is not None else read_identities(default_file())


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
