"""For whom values are sealed: `data/recipients.txt`, one public key a line, the format that `age -R` reads too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason

FILE = "data/recipients.txt"
_SHAPE = re.compile(r"age1[02-9ac-hj-np-z]{58}|ssh-(?:ed25519|rsa) [A-Za-z0-9+/=]+(?: .*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is neither empty nor a comment. `number` counts from 1; `fits`: looks like a public key."""

    number: int
    text: str

    @property
    def fits(self) -> bool:
        return _SHAPE.fullmatch(self.text) is not None

    @property
    def key(self) -> str:
        """The key without a comment behind it."""
        return " ".join(self.text.split(" ")[:2])


def lines_of(text: str) -> Iterator[Line]:
    """The lines that ought to be public keys."""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield Line(number, stripped)


@dataclass(frozen=True, slots=True)
class Recipients:
    """`keys` are public keys as written, each once, sorted; `makers` what pyrage makes of them."""

    keys: tuple[str, ...]
    makers: tuple[Any, ...]


def read_recipients(root: Path) -> Recipients:
    """Those of a records repository. Raises `JishiError` when there are none, or a line is no public key."""
    try:
        text = (root / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 编码"
        raise JishiError(f"无法读取 {FILE}：{why}", "请检查文件权限和编码。") from None
    made = {line.key: _recipient(line) for line in lines_of(text)}
    if not made:
        raise JishiError(
            f"{FILE} 里没有公钥，不知道为谁加密", "请先运行 jishi keygen，把显示的公钥写进这个文件，一行一个。"
        )
    keys = tuple(sorted(made))
    return Recipients(keys, tuple(made[key] for key in keys))


def _recipient(line: Line) -> Any:
    import pyrage

    kind = pyrage.ssh if line.text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(line.key)
    except pyrage.RecipientError:
        # The line may be a private key put here by mistake: it is not repeated.
        raise JishiError(
            f"{FILE} 第 {line.number} 行不是公钥", "公钥以 age1 或 ssh-ed25519、ssh-rsa 开头，请整行复制。"
        ) from None
