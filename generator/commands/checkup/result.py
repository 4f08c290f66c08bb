"""The outcome of looking at one thing on the machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """fine: nothing to do; slow: works, but far slower than it could; missing: something will not work."""

    FINE = "fine"
    SLOW = "slow"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"fine": "正常", "slow": "会慢", "missing": "缺少"}[self.value]


@dataclass(frozen=True, slots=True)
class Result:
    """`detail` says what was found, in Chinese; `remedy` is the exact command or step that mends it."""

    state: State
    subject: str
    detail: str
    remedy: str = ""


def apt_install(*packages: str) -> str:
    """The command that installs Debian packages, as the present user must type it."""
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install -y --no-install-recommends {' '.join(dict.fromkeys(packages))}"
