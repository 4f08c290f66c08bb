"""The record files below `data/`, and what lies there that cannot be one."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, Place
from generator.os_errors import reason as reason
from generator.privacy.armor import SUFFIX
from generator.privacy.recipients import FILE as RECIPIENTS
from generator.records.codes import finding
from generator.records.plain_text import KIND as PLAIN_TEXT
from generator.records.plain_text import may_be_text

DATA = "data"
PERSONAL = ("people", "events", "organisers")
"""Folders that hold personal data; the public build never opens them."""

_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]*")
_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that is a record. `path` is relative to the root, with forward slashes; `id` is the file's or folder's name."""

    kind: str
    path: str
    committee: str = ""
    branch: str | None = None
    id: str = ""


@dataclass(slots=True)
class Tree:
    """What a walk found."""

    files: list[RecordFile] = field(default_factory=list)
    """Also what is no record but may be text: it is read for what must not stand in it."""
    others: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    """Path → a file that is no record, such as a scan. Links, and what lies behind them, are left out."""
    findings: list[Diagnostic] = field(default_factory=list)


def classify(path: str) -> RecordFile | None:
    """The kind of record a path stands for; None when records do not live there."""
    parts = path.split("/")
    if path == RECIPIENTS:
        return RecordFile("recipients", path, id="recipients")
    if parts[0] == DATA and parts[-1].endswith(SUFFIX) and len(parts) == 5 and parts[3] == "people":
        return RecordFile("sealed", path, parts[1], parts[2], parts[-1].removesuffix(SUFFIX))
    if parts[0] != DATA or not parts[-1].endswith(".yaml"):
        return None
    stem = parts[-1].removesuffix(".yaml")
    match parts[1:]:
        case ["organisation.yaml"]:
            return RecordFile("organisation", path, id="organisation")
        case [committee, "committee.yaml"]:
            return RecordFile("committee", path, committee, id=committee)
        case [committee, "events", _]:
            return RecordFile("event", path, committee, id=stem)
        case [committee, "organisers", _]:
            return RecordFile("organiser", path, committee, id=stem)
        case [committee, branch, "branch.yaml"] if branch not in PERSONAL:
            return RecordFile("branch", path, committee, branch, branch)
        case [committee, branch, "people", _] if branch not in PERSONAL:
            return RecordFile("person", path, committee, branch, stem)
        case [committee, branch, "events", _] if branch not in PERSONAL:
            return RecordFile("event", path, committee, branch, stem)
    return None


def walk(root: Path, structure_only: bool = False) -> Tree:
    """Lists the records in a fixed order. With `structure_only`, folders with personal data are not opened."""
    tree = Tree()
    _folder(root, DATA, tree, structure_only, 0, linked=False)
    _missing(tree)
    return tree


def _folder(root: Path, path: str, tree: Tree, structure_only: bool, depth: int, linked: bool) -> None:
    for entry, is_folder in _entries(root, path, tree):
        name = entry.name
        below = f"{path}/{name}"
        if is_folder:
            if structure_only and name in PERSONAL:
                continue
            if name.endswith((".yaml", SUFFIX)):
                tree.findings.append(finding("YML031", Place(below), expected="文件", found="文件夹"))
            elif not _FOLDER.fullmatch(name):
                tree.findings.append(finding("YML033", Place(below), name=name, example="ug-1"))
            elif depth < _MAX_DEPTH:
                _folder(root, below, tree, structure_only, depth + 1, linked or entry.is_symlink())
        elif name.endswith((".yaml", SUFFIX)) or below == RECIPIENTS:
            _file(below, name, tree)
        elif name.lower().endswith((".yml", ".yaml")):
            tree.findings.append(finding("YML034", Place(below), name=name, hint="扩展名请用小写的 .yaml"))
        elif name.lower().endswith(SUFFIX):
            tree.findings.append(finding("YML034", Place(below), name=name, hint=f"扩展名请用小写的 {SUFFIX}"))
        elif not linked and not entry.is_symlink():
            tree.others[below] = entry
            if not structure_only and may_be_text(name):
                tree.files.append(RecordFile(PLAIN_TEXT, below, id=name))


def _file(path: str, name: str, tree: Tree) -> None:
    record = classify(path)
    if record is None:
        hint = f"密封文件放在所属人员的文件旁边，例如 people/2021030117{SUFFIX}"
        if not name.endswith(SUFFIX):
            hint = "人员放在 data/<党委>/<支部>/people/，事件放在 events/，组织员放在 data/<党委>/organisers/"
        tree.findings.append(finding("YML034", Place(path), name=name, hint=hint))
    elif not (_STEM if record.kind == "event" else _FOLDER).fullmatch(record.id):
        example = {"person": "2021030117.yaml", "sealed": "2021030117.age", "organiser": "1995003.yaml"}.get(
            record.kind, "2024-05-20-admission_meeting.yaml"
        )
        tree.findings.append(finding("YML033", Place(path), name=unicodedata.normalize("NFC", name), example=example))
    else:
        tree.files.append(record)


def _entries(root: Path, path: str, tree: Tree) -> Iterator[tuple[os.DirEntry[str], bool]]:
    try:
        with os.scandir(root / path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        tree.findings.append(finding("YML030", Place(path), reason=reason(error)))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            entry.name.encode("utf-8")
        except UnicodeEncodeError:
            shown = os.fsencode(entry.name).decode("utf-8", errors="backslashreplace")
            tree.findings.append(finding("YML032", Place(f"{path}/{shown}")))
            continue
        if not entry.name.isprintable() and any(unicodedata.category(char) == "Cc" for char in entry.name):
            # As it is, it would break the lines of a report in two.
            shown = entry.name.encode("unicode_escape").decode("ascii")
            example = "ug-1" if entry.is_dir(follow_symlinks=False) else "2021030117.yaml"
            tree.findings.append(finding("YML033", Place(f"{path}/{shown}"), name=shown, example=example))
            continue
        try:
            is_folder = entry.is_dir()
            if is_folder and entry.is_symlink() and _leads_back(root / DATA, Path(entry.path)):
                tree.findings.append(
                    finding("YML031", Place(f"{path}/{entry.name}"), expected="文件夹", found="回到 data/ 里面的链接")
                )
                continue
        except OSError as error:
            tree.findings.append(finding("YML030", Place(f"{path}/{entry.name}"), reason=reason(error)))
            continue
        yield entry, is_folder


def _leads_back(data: Path, link: Path) -> bool:
    """Whether a link to a folder would have the same records read twice, or without end."""
    target, top = link.resolve(), data.resolve()
    return target.is_relative_to(top) or top.is_relative_to(target)


def _missing(tree: Tree) -> None:
    """Reports folders that hold records but not the file that describes them."""
    have = {file.path for file in tree.files}
    unread = {said.place.path for said in tree.findings}
    wanted = {f"{DATA}/organisation.yaml": "请写明学校名称，例如 name: 某大学党委"}
    for file in tree.files:
        if file.committee:
            wanted[f"{DATA}/{file.committee}/committee.yaml"] = "请写明党委（党总支）的 name 与 type"
        if file.branch:
            wanted[f"{DATA}/{file.committee}/{file.branch}/branch.yaml"] = "请写明支部的 name 与 kind"
    for path in sorted(set(wanted) - have - unread):
        tree.findings.append(finding("YML035", Place(path), name=path, hint=wanted[path]))
