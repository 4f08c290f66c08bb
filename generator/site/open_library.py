"""Opens what a site is made from: the structure alone for the public site, an audit for the internal one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.audit.audit import Audit
from generator.audit.read import load_schemas
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.source import shelf_for
from generator.diagnostics import JishiError, Severity
from generator.records.branches import branch_named
from generator.records.corpus import Corpus, load_structure
from generator.records.model import Branch
from generator.site.library import Library
from generator.views.names import body_names


def open_structure(root: Path, as_of: date, branch: str | None = None) -> Library:
    """Reads organisation, committees and branches, nothing else. Raises JishiError for faults in them: nobody would see them here."""
    definitions = load_definitions(root)
    structure = load_structure(root, load_schemas(root, definitions))
    errors = [structure.locate(f) for f in structure.findings if f.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        line = f" 第 {first.span.line} 行" if first.span else ""
        more = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
        raise JishiError(
            f"{first.place.path}{line}：{first.message}{more}", first.hint or "运行 jishi check 查看全部问题。"
        )
    return _library(root, structure, definitions, as_of, branch)


def open_audit(root: Path, audit: Audit, branch: str | None = None) -> Library:
    """The same from records already checked."""
    return _library(root, audit.corpus, audit.definitions, audit.as_of, branch)


def _library(root: Path, corpus: Corpus, definitions: Definitions, as_of: date, wanted: str | None) -> Library:
    branches = _chosen(corpus.branches, wanted)
    committees = {key: c for key, c in corpus.committees.items() if any(b.committee == key for b in branches.values())}
    rules = {
        b.id: definitions.rules_for(corpus.organisation, corpus.committees[b.committee], b) for b in branches.values()
    }
    return Library(
        shelf_for(root),
        corpus.organisation,
        committees,
        branches,
        definitions,
        rules,
        body_names(corpus),
        as_of,
        corpus.schemas,
    )


def _chosen(branches: Mapping[str, Branch], wanted: str | None) -> Mapping[str, Branch]:
    if not branches:
        raise JishiError("没有支部：data/ 里还没有 branch.yaml", "每个支部一个文件夹，写法见 README。")
    if wanted is None:
        return branches
    return {branch_named(branches, wanted): branches[wanted]}
