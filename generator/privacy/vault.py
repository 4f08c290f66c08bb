"""What is sealed of each person, opened only with a key at hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.privacy.armor import look_at
from generator.privacy.blocks import Content, sealed_path, unseal
from generator.privacy.identities import Identities

_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """`there`: something is sealed; `values`: what it is, when it was opened. Without `repr`: it must not show in a log."""

    there: bool = False
    values: Mapping[str, str] | None = None

    @property
    def shut(self) -> bool:
        """There is something, and it stays closed."""
        return self.there and self.values is None


NOTHING = Sealed()


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """The sealed files of one records repository, with the keys at hand, if any."""

    root: Path
    identities: Identities | None = None

    def look(self, person_path: str, ids: Collection[str]) -> Sealed:
        """What is sealed of a person whose file and ids these are.

        Raises `WrongKeyError` and `DamagedBlockError`, only with keys: without them nothing is opened.
        """
        if not self.holds(person_path):
            return NOTHING
        if self.identities is None:
            return Sealed(True)
        return Sealed(True, self.open(person_path, ids, self.identities).values)

    def holds(self, person_path: str) -> bool:
        return (self.root / sealed_path(person_path)).is_file()

    def problem(self, person_path: str) -> str:
        """Why nobody will be able to open what is sealed of a person, as far as it shows from outside; empty when nothing does."""
        try:
            outside = look_at(self.read(sealed_path(person_path)))
        except JishiError as error:
            return error.message
        return outside.problem or ("" if outside.state == "sealed" else "没有加密")

    def open(self, person_path: str, ids: Collection[str], identities: Identities) -> Content:
        path = sealed_path(person_path)
        return unseal(self.read(path), path, ids, identities)

    def read(self, path: str) -> bytes:
        """The bytes of a sealed file. Raises `JishiError`."""
        try:
            with (self.root / path).open("rb") as source:
                return source.read(_MAX_BYTES + 1)
        except OSError as error:
            raise JishiError(f"无法读取 {path}：{reason(error)}", "请检查文件权限。") from None
