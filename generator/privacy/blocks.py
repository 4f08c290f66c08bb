"""One person's values in one armored age block, bound to the person, so that no block can be put in another's place."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.diagnostics import JishiError
from generator.privacy.armor import SUFFIX, look_at
from generator.privacy.identities import Identities
from generator.privacy.recipients import Recipients


class WrongKeyError(JishiError):
    """None of the keys at hand opens the block."""


class DamagedBlockError(JishiError):
    """Nobody can open the block, or it is not this person's."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """`values`: key of the field → value. `recipients`: public keys it was sealed for, as stated when it was sealed."""

    person: str
    values: Mapping[str, str]
    recipients: tuple[str, ...] = ()


def sealed_path(person_path: str) -> str:
    """The sealed file beside a person's file."""
    return person_path.removesuffix(".yaml") + SUFFIX


def seal(person: str, values: Mapping[str, str], recipients: Recipients) -> bytes:
    """The block, as ASCII text. The same values give other bytes each time."""
    import pyrage

    content = {"person": person, "values": dict(values), "recipients": list(recipients.keys)}
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    armored: bytes = pyrage.encrypt(text, list(recipients.makers), armored=True)
    return armored


def unseal(raw: bytes, path: str, ids: Collection[str], identities: Identities) -> Content:
    """The content of a block that lies at `path` and must be of a person with one of `ids` (present and former).

    Raises `WrongKeyError` and `DamagedBlockError`; their messages name the file only.
    """
    import pyrage

    outside = look_at(raw)
    if outside.state != "sealed":
        raise _damaged(path, outside.problem or "不是加密内容")
    try:
        text = pyrage.decrypt(raw.strip().replace(b"\r\n", b"\n") + b"\n", list(identities.keys))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise WrongKeyError(
                f"{path}：用这把密钥打不开",
                "请换一把；确应能打开的，请一位能打开的同事把公钥加进收件人后运行 jishi rekey。",
            ) from None
        raise _damaged(path, "内容被改动过或不完整") from None
    content = _parse(text, path)
    if content.person not in ids:
        raise _damaged(path, "里面是另一个人的")
    return content


def _parse(text: bytes, path: str) -> Content:
    # An exception of the parser quotes what it read: it must not be chained.
    try:
        data = json.loads(text)
        person, values, recipients = data["person"], data["values"], data.get("recipients", [])
        sound = isinstance(person, str) and all(isinstance(v, str) for v in (*values, *values.values(), *recipients))
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise _damaged(path, "里面的格式不对")
    return Content(person, values, tuple(recipients))


def _damaged(path: str, problem: str) -> DamagedBlockError:
    return DamagedBlockError(f"{path}：密封文件无法使用（{problem}）", "请从版本历史恢复，或者重新密封。")
