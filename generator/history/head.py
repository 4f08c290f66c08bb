"""The commit that records stand at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import JishiError
from generator.history.git import Repository
from generator.records.walk import DATA


@dataclass(frozen=True, slots=True)
class Head:
    """`commit`: its full id; `changed`: whether records differ from it."""

    commit: str
    changed: bool

    @property
    def text(self) -> str:
        return self.commit[:10] + ("（另有未提交的改动）" if self.changed else "")


def read_head(root: Path) -> Head | None:
    """None where no commit can be seen: no git, no repository, nothing committed."""
    try:
        repository = Repository.open(root)
        commit = repository.output("rev-parse", "HEAD").decode("ascii").strip()
        changed = bool(repository.output("status", "--porcelain", "--", DATA).strip())
    except JishiError:
        return None
    return Head(commit, changed)
