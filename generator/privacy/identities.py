"""Private keys: made, kept outside every repository, read by their holder alone."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.owner_only import FOLDER
from generator.privacy.places import repository_around

_PREFIX = "AGE-SECRET-KEY-1"
_MAX_BYTES = 100_000


def default_file() -> Path:
    """Where `jishi keygen` puts a key: `$XDG_CONFIG_HOME/jishi/key.txt`."""
    base = os.environ.get("XDG_CONFIG_HOME") or ""
    return (Path(base) if base.startswith("/") else Path.home() / ".config") / "jishi" / "key.txt"


@dataclass(frozen=True, slots=True, repr=False)
class Identities:
    """What one key file opens. `public`: public keys of those that are age keys."""

    file: Path
    keys: tuple[Any, ...]
    public: tuple[str, ...]


def make_identity(file: Path) -> str:
    """Makes a key, writes it to `file` (0600, its folder 0700 when made here) and gives the public key.

    Raises `JishiError` when the file is there, or would lie in a repository. A file is there in full or not at all.
    """
    import pyrage

    if (around := repository_around(file)) is not None:
        raise JishiError(
            f"密钥不能放在仓库里：{file} 在 {around} 之内", "请用 --out 指定仓库以外的位置，例如家目录下的 .config。"
        )
    if os.path.lexists(file):
        raise _taken(file)
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, mode=FOLDER)
    except OSError as error:
        raise JishiError(f"无法建立文件夹 {file.parent}：{reason(error)}", "请检查文件夹权限和磁盘空间。") from None
    try:
        _write_new(file, f"# public key: {public}\n{identity}\n".encode("ascii"))
    except FileExistsError:
        raise _taken(file) from None
    except OSError as error:
        raise JishiError(f"无法写入 {file}：{reason(error)}", "请检查文件夹权限和磁盘空间。") from None
    return public


def read_identities(file: Path) -> Identities:
    """The keys of a file: age keys, one a line, or one SSH key without a passphrase.

    Raises `JishiError` when others may read it, when it lies in a repository, or holds no key. Nothing of its content is repeated.
    """
    import pyrage

    raw = _read(file)
    if raw.lstrip().startswith(b"-----BEGIN"):
        try:
            return Identities(file, (pyrage.ssh.Identity.from_buffer(raw),), ())
        except (pyrage.IdentityError, ValueError):
            raise JishiError(
                f"{file} 不是可用的 SSH 私钥", "带口令的 SSH 私钥不能用；请用 jishi keygen 另做一把。"
            ) from None
    keys = []
    for line in raw.decode("utf-8", errors="replace").splitlines():
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        try:
            keys.append(pyrage.x25519.Identity.from_str(text))
        except pyrage.IdentityError:
            raise JishiError(
                f"{file} 不是密钥文件", f"密钥文件由 jishi keygen 生成，里面有一行以 {_PREFIX} 开头。"
            ) from None
    if not keys:
        raise JishiError(f"{file} 里没有密钥", "密钥文件由 jishi keygen 生成。")
    return Identities(file, tuple(keys), tuple(str(key.to_public()) for key in keys))


def _read(file: Path) -> bytes:
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise JishiError(f"密钥文件 {file} 不是普通文件")
        if found.st_mode & 0o077:
            raise JishiError(f"密钥文件 {file} 别人也能读写，未使用", f"请运行 chmod 600 {file}")
        if (around := repository_around(file)) is not None:
            raise JishiError(
                f"密钥文件 {file} 在仓库 {around} 里，未使用", "请移到仓库以外；提交过的须换新密钥并运行 jishi rekey。"
            )
        with file.open("rb") as source:
            return source.read(_MAX_BYTES)
    except FileNotFoundError:
        raise JishiError(
            f"没有密钥文件 {file}", "请用 --identity 或环境变量 JISHI_IDENTITY 指定；还没有的运行 jishi keygen。"
        ) from None
    except OSError as error:
        raise JishiError(f"无法读取密钥文件 {file}：{reason(error)}", "请检查文件权限。") from None


def _write_new(file: Path, content: bytes) -> None:
    """As `write_atomically`, but never in place of another file, and for its owner's eyes from the first byte on."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")  # 0600
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        os.link(name, file)
    finally:
        Path(name).unlink(missing_ok=True)


def _taken(file: Path) -> JishiError:
    return JishiError(
        f"{file} 已经存在，没有改动", "旧密钥删掉后，用它加密的内容就打不开了；要另做一把，请用 --out 指定别处。"
    )
