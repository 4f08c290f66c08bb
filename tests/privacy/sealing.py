"""Steps of the tests: make a key, list recipients, seal, open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from generator.privacy.blocks import Content, unseal
from generator.privacy.identities import make_identity, read_identities
from tests.audit.case_files import PERSON
from tests.privacy.invented import ADDRESS, MOBILE, NUMBER

SOMEBODY = Path(PERSON).stem
SEALED = PERSON.removesuffix(".yaml") + ".age"
LINES = f"身份证号={NUMBER}\n手机={MOBILE}\n住址={ADDRESS}\n"
SECRETS = (NUMBER, MOBILE, ADDRESS, NUMBER.encode().hex(), MOBILE[3:])


@dataclass(frozen=True)
class Key:
    file: Path
    public: str


def make_key(folder: Path) -> Key:
    file = folder / "key.txt"
    return Key(file, make_identity(file))


def allow(root: Path, *keys: Key) -> None:
    text = "".join(f"# 某人\n{key.public}\n" for key in keys)
    (root / "data" / "recipients.txt").write_text(text, encoding="utf-8")


def run(root: Path, *words: str | Path, input: str | None = None) -> Result:
    """Runs the command line; never a traceback, never a secret in what it says."""
    result = CliRunner().invoke(main, [*map(str, words), "--root", str(root)], input=input)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not [secret for secret in SECRETS if secret in result.output], result.output
    return result


def seal(root: Path, lines: str = LINES, *more: str | Path, person: str = SOMEBODY) -> Result:
    return run(root, "seal", person, *more, input=lines)


def opened(root: Path, key: Key, path: str = SEALED, person: str = SOMEBODY) -> Content:
    return unseal((root / path).read_bytes(), path, (person,), read_identities(key.file))


def files_with(folder: Path, *secrets: str) -> list[Path]:
    """Files below a folder that hold one of the secrets, in any usual encoding."""
    wanted = [secret.encode(coding) for secret in secrets for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    return [path for path in folder.rglob("*") if path.is_file() and any(w in path.read_bytes() for w in wanted)]
