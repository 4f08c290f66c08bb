"""Which findings a user asked for: by file, folder or person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from generator.audit.assessment import Assessment
from generator.audit.audit import Audit
from generator.diagnostics import Diagnostic, JishiError

Test = Callable[[Diagnostic], bool]


def select(audit: Audit, wanted: Sequence[str]) -> list[Diagnostic]:
    """The findings of the files, folders and persons named; all without any. Raises JishiError for what is none of these."""
    if not wanted:
        return list(audit.findings)
    tests = [_test(audit, text) for text in wanted]
    return [finding for finding in audit.findings if any(test(finding) for test in tests)]


def assessment_of(audit: Audit, person_id: str) -> Assessment:
    """Raises JishiError with the nearest ids or names when nobody has this id."""
    if person_id in audit.assessments:
        return audit.assessments[person_id]
    if person_id in audit.corpus.people:
        raise JishiError(f"{person_id} 的记录有结构错误，无法计算进度", f"运行 jishi check {person_id} 查看。")
    raise JishiError(f"没有学号或工号为“{person_id}”的人", nearest_hint(audit, person_id))


def nearest_hint(audit: Audit, text: str) -> str:
    named = [p.id for p in audit.corpus.people.values() if p.name == text]
    near = named or get_close_matches(text, sorted(audit.corpus.people), n=3, cutoff=0.6)
    return "相近的：" + "、".join(f"{i}（{audit.corpus.people[i].name}）" for i in near) if near else ""


def _test(audit: Audit, text: str) -> Test:
    if person := audit.corpus.people.get(text):
        return lambda finding: finding.person == person.id or finding.place.path == person.path
    for base in (Path.cwd(), audit.root):
        path = (base / text).resolve()
        if path.exists() and path.is_relative_to(audit.root):
            relative = path.relative_to(audit.root).as_posix()
            if not any(_within(known, relative) for known in audit.record_paths):
                raise JishiError(f"“{text}”里没有记录文件，什么也没有核对")
            return lambda finding: _within(finding.place.path, relative)
    raise JishiError(f"“{text}”既不是记录仓库里的文件或文件夹，也不是学号、工号", nearest_hint(audit, text))


def _within(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(folder + "/")


def branch_named(audit: Audit, branch_id: str) -> str:
    """The id itself. Raises JishiError with the nearest ids when there is no such branch."""
    if branch_id in audit.corpus.branches:
        return branch_id
    branches = audit.corpus.branches
    named = [b.id for b in branches.values() if b.name == branch_id]
    near = named or get_close_matches(branch_id, sorted(branches), n=3, cutoff=0.5) or sorted(branches)[:8]
    raise JishiError(f"没有支部“{branch_id}”", "可选：" + "、".join(f"{b}（{branches[b].name}）" for b in near))
