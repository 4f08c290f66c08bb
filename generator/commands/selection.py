"""Which findings a user asked for: by file, folder or person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from generator.audit.audit import Audit
from generator.audit.order import in_order_of_place
from generator.diagnostics import Diagnostic, JishiError

if TYPE_CHECKING:
    from generator.audit.assessment import Assessment


def select(audit: Audit, wanted: Sequence[str]) -> list[Diagnostic]:
    """The findings of the files, folders and persons named; all without any. Raises JishiError for what is none of these."""
    if not wanted:
        return list(audit.findings)
    found = {finding: None for text in wanted for finding in _about(audit, text)}
    return list(in_order_of_place(found))


def assessment_of(audit: Audit, person_id: str) -> Assessment:
    """Raises JishiError with the nearest ids or names when nobody has this id, and when the person's file cannot be read."""
    if person := audit.corpus.person(person_id):
        if assessment := audit.assessments.get(person.id):
            return assessment
        raise JishiError(f"{person.path} 无法读取，不知道此人的进度", f"运行 jishi check {person.id} 查看原因。")
    raise JishiError(f"没有学号或工号为“{person_id}”的人", nearest_hint(audit, person_id))


def nearest_hint(audit: Audit, text: str) -> str:
    named = [p.id for p in audit.corpus.people.values() if p.name == text]
    near = named or get_close_matches(text, sorted(audit.corpus.people), n=3, cutoff=0.6)
    return "相近的：" + "、".join(f"{i}（{audit.corpus.people[i].name}）" for i in near) if near else ""


def _about(audit: Audit, text: str) -> Iterable[Diagnostic]:
    if person := audit.corpus.person(text):
        return audit.findings_of(person.id)
    for base in (Path.cwd(), audit.root):
        path = _existing(base, text)
        if path is not None and path.is_relative_to(audit.root):
            relative = path.relative_to(audit.root).as_posix()
            if not any(_within(known, relative) for known in audit.record_paths):
                raise JishiError(f"“{text}”里没有记录文件，什么也没有核对")
            return [finding for finding in audit.findings if _within(finding.place.path, relative)]
    raise JishiError(f"“{text}”既不是记录仓库里的文件或文件夹，也不是学号、工号", nearest_hint(audit, text))


def _existing(base: Path, text: str) -> Path | None:
    try:
        return (base / text).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # not there, too long, a link to itself, a NUL
        return None


def _within(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(folder + "/")
