"""Real git repositories with commits on given days."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_CLEAN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}
_WHO = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")


class GitTree:
    """A folder under git; makes it one when it is not."""

    def __init__(self, root: Path) -> None:
        self.root = root
        if not (root / ".git").exists():
            root.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *args: str, day: str = "2020-01-01", committed: str = "") -> str:
        """What git prints. `day` is the author's, at noon in China; the committer's too unless given."""
        times = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+08:00", "GIT_COMMITTER_DATE": f"{committed or day}T12:00:00+08:00"}
        # A test run from a hook must not touch the repository of the hook.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= _CLEAN | times | dict.fromkeys(_WHO, "nobody")
        done = subprocess.run(
            ["git", *args], cwd=self.root, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """None deletes."""
        for path, text in files.items():
            target = self.root / path
            if text is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, day: str, files: Mapping[str, str | bytes | None], committed: str = "") -> str:
        """Commits the whole folder on that day; gives the id."""
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "-", day=day, committed=committed)
        return self.git("rev-parse", "HEAD")
