"""`jishi keygen`: a private key for its owner alone, outside every repository, never over another one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diagnostics import JishiError
from generator.privacy.identities import default_file, read_identities
from tests.privacy.sealing import Key


def keygen(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["keygen", *map(str, words)])
    assert "Traceback" not in result.output
    assert "AGE-SECRET" not in result.output
    return result


def test_a_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "key.txt"
    result = keygen("--out", file)
    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    public = result.stdout.strip()
    assert public.startswith("age1")
    assert read_identities(file).public == (public,)
    assert "data/recipients.txt" in result.stderr
    assert [path.name for path in file.parent.iterdir()] == ["key.txt"]


def test_by_default_it_lies_with_the_settings_of_the_user() -> None:
    assert keygen().exit_code == 0
    assert default_file().is_file()
    assert os.environ["XDG_CONFIG_HOME"] in str(default_file())


def test_no_key_is_ever_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    assert keygen("--out", file).exit_code == 0
    before = file.read_bytes()
    result = keygen("--out", file)
    assert result.exit_code == 2
    assert "已经存在" in result.stderr
    assert file.read_bytes() == before
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "nowhere")
    assert keygen("--out", link).exit_code == 2
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("inside", ["key.txt", "data/key.txt", "new/folder/key.txt"])
@pytest.mark.parametrize("mark", [".git/HEAD", "data/organisation.yaml"])
def test_no_key_is_put_into_a_repository(tmp_path: Path, inside: str, mark: str) -> None:
    (tmp_path / mark).parent.mkdir(parents=True)
    (tmp_path / mark).touch()
    result = keygen("--out", tmp_path / inside)
    assert result.exit_code == 2
    assert "仓库" in result.stderr
    assert not (tmp_path / inside).exists()
    outside = tmp_path.parent / f"{tmp_path.name}-link"
    outside.symlink_to(tmp_path, target_is_directory=True)
    assert keygen("--out", outside / inside).exit_code == 2
    assert not (tmp_path / inside).exists()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = keygen("--out", tmp_path / "file" / "key.txt")
    assert result.exit_code == 2
    assert "无法建立文件夹" in result.stderr


def test_a_key_that_others_may_read_is_not_used(key: Key) -> None:
    for mode in (0o644, 0o640, 0o620, 0o604):
        key.file.chmod(mode)
        with pytest.raises(JishiError, match="别人也能读写") as caught:
            read_identities(key.file)
        assert "chmod 600" in caught.value.hint
    key.file.chmod(0o400)
    assert read_identities(key.file).public == (key.public,)


def test_a_key_in_a_repository_is_not_used(key: Key) -> None:
    (key.file.parent / ".git").mkdir()
    with pytest.raises(JishiError, match="在仓库"):
        read_identities(key.file)


@pytest.mark.parametrize(
    "content",
    [b"", b"# x\n", b"hello\n", b"AGE-SECRET-KEY-1QQQ\n", b"-----BEGIN OPENSSH PRIVATE KEY-----\nx\n", b"\xff\xfe"],
)
def test_what_is_no_key_is_told_and_not_repeated(key: Key, content: bytes) -> None:
    key.file.write_bytes(content)
    with pytest.raises(JishiError) as caught:
        read_identities(key.file)
    assert "QQQ" not in caught.value.message + caught.value.hint
    with pytest.raises(JishiError, match="没有密钥文件"):
        read_identities(key.file.parent / "none")
    with pytest.raises(JishiError, match="不是普通文件"):
        read_identities(key.file.parent)


def test_neither_keys_nor_contents_show_in_a_log(key: Key) -> None:
    keys = read_identities(key.file)
    assert "SECRET" not in f"{keys!r} {keys} {keys.keys}"
