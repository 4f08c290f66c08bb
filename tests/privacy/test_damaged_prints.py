"""Without a key a dossier says “sealed” of a block that nobody can open: then the terminal says that it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands.identity import tell_sealed
from generator.privacy.vault import Vault
from generator.records.model import Entries, Person
from tests.commands.college import college
from tests.privacy.sealing import SEALED, SOMEBODY, allow, make_key, run, seal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "records"
    college(root, head={"sex": "女"})
    allow(root, make_key(tmp_path))
    assert seal(root).exit_code == 0
    return root


def damage(root: Path, content: bytes) -> None:
    (root / SEALED).write_bytes(content)


def test_a_block_that_is_cut_off_is_told(root: Path) -> None:
    damage(root, (root / SEALED).read_bytes()[:300])
    result = run(root, "dossier", SOMEBODY, "--jobs", "1", "--as-of", "2024-01-10")
    assert result.exit_code == 0, "as of a check, it is printed as what it is: sealed"
    assert f"警告：{SOMEBODY} 的密封文件 {SEALED} 无法使用（" in result.stderr
    assert "jishi seal --replace" in result.stderr
    assert "1 人有密封内容，没有密钥" in result.stdout
    again = run(root, "dossier", SOMEBODY, "--jobs", "1", "--as-of", "2024-01-10")
    assert f"警告：{SOMEBODY}" in again.stderr, "a print that is current has the same fault"


@pytest.mark.parametrize("content", [b"", b"plain", b"age-encryption.org/v1\n-> X25519 a\n"])
def test_so_is_any_other_damage(root: Path, content: bytes) -> None:
    damage(root, content)
    problem = Vault(root).problem(SEALED.removesuffix(".age") + ".yaml")
    assert problem
    assert "plain" not in problem


def test_a_sound_block_is_not_warned_of(root: Path) -> None:
    assert Vault(root).problem(SEALED.removesuffix(".age") + ".yaml") == ""


def test_of_many_some_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = []
    for number in range(8):
        path = f"data/x/people/{number}.yaml"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).with_suffix(".age").write_bytes(b"x")
        people.append(Person(str(number), "甲", "x", "x", path, {}, Entries(())))
    tell_sealed(Vault(root), 0, people, "build/sealed")
    told = capsys.readouterr().err
    assert told.count("无法使用（") == 5
    assert "另有 3 人" in told
