"""No form of the report of `check` repeats a private number, nor lets it be worked out."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.audit.case_files import PERSON
from tests.privacy.invented import MOBILE, NUMBER
from tests.privacy.sealing import SOMEBODY, run, seal

WIDE = MOBILE.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
HOOK = Path(__file__).parents[2] / "templates" / "hooks" / "pre-commit"


@pytest.fixture
def leaky(repository: Path) -> Path:
    path = repository / PERSON
    text = path.read_text(encoding="utf-8")
    path.write_text(f"# 联系 {WIDE}\n{text}- {{step: oath, date: {NUMBER}, note: {MOBILE}}}\n", encoding="utf-8")
    return repository


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "gitlab"])
def test_no_report_repeats_it(leaky: Path, form: str) -> None:
    result = run(leaky, "check", "--format", form)
    assert result.exit_code == 1
    assert "SEC001" in result.output
    assert "SEC002" in result.output
    assert NUMBER[6:] not in result.output
    assert WIDE not in result.output


def test_the_place_is_still_marked(leaky: Path) -> None:
    text = run(leaky, "check").output
    assert "1 | # 联系 ＊＊＊＊＊＊＊＊＊＊＊" in text
    assert "*" * 18 in text
    assert "^" * 18 in text


def test_two_numbers_give_the_same_fingerprint(leaky: Path) -> None:
    """A mark made of the line would let a number be guessed from it."""
    before = run(leaky, "check", "--format", "gitlab").output
    path = leaky / PERSON
    path.write_text(path.read_text(encoding="utf-8").replace(MOBILE, "16000000009"), encoding="utf-8")
    assert run(leaky, "check", "--format", "gitlab").output == before


@pytest.mark.parametrize("kept", ["note", "sealed", "plain age", "plain text", "mistyped"])
def test_the_hook_refuses_plain_numbers(repository: Path, kept: str) -> None:
    jishi = Path(__file__).parents[2] / ".venv" / "bin" / "jishi"
    if not jishi.exists():
        pytest.skip("not installed in .venv")
    sealed = repository / PERSON.replace(".yaml", ".age")
    if kept == "note":
        path = repository / PERSON
        path.write_text(path.read_text(encoding="utf-8") + f"# {MOBILE}\n", encoding="utf-8")
    elif kept == "mistyped":
        path = repository / PERSON
        path.write_text(path.read_text(encoding="utf-8") + f"# sfz{NUMBER[:-1]}X\n", encoding="utf-8")
    elif kept == "plain text":
        text = f"{SOMEBODY} 的手机：wx{MOBILE}A\n"
        (repository / "data" / f"{SOMEBODY}.txt").write_text(text, encoding="utf-8")
    elif kept == "sealed":
        assert seal(repository).exit_code == 0
    else:
        sealed.write_text(f"手机: {MOBILE}\n", encoding="utf-8")
    hook = repository / ".githooks" / "pre-commit"
    hook.parent.mkdir()
    hook.write_bytes(HOOK.read_bytes())
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)

    def git(*words: str) -> subprocess.CompletedProcess[bytes]:
        settings = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", f"jishi.command={jishi}"]
        settings += ["-c", "core.hooksPath=.githooks"]
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        return subprocess.run(["git", *settings, *words], cwd=repository, capture_output=True, check=False, env=clean)

    git("init", "-q")
    git("add", "data")
    done = git("commit", "-q", "-m", "x")
    assert (done.returncode == 0) == (kept == "sealed"), done.stderr.decode()
    assert MOBILE.encode() not in done.stderr + done.stdout
    assert SOMEBODY.encode() in done.stderr or kept == "sealed"


PLAIN_TEXTS = {
    "notes.txt": f"甲的手机：tel{MOBILE}\n".encode(),
    "cs/名单.csv": f"姓名,证件\n甲,ID{NUMBER}\n".encode(),
    "cs/ug-1/people/说明.md": f"# 甲\n联系 86{MOBILE}\n".encode(),
    "windows.txt": f"甲 {MOBILE}\r\n".encode("utf-16"),
    "gb.txt": f"甲 {MOBILE}\r\n".encode("gb18030"),
    "marked.txt": f"\ufeff甲 {MOBILE}\n".encode(),
    "cs/ug-1/list": f"{NUMBER}\n".encode(),
}


@pytest.mark.parametrize("name", PLAIN_TEXTS)
def test_what_is_no_record_is_looked_at_as_well(repository: Path, name: str) -> None:
    before = json.loads(run(repository, "check", "--format", "json").stdout)
    (repository / "data" / name).write_bytes(PLAIN_TEXTS[name])
    after = json.loads(run(repository, "check", "--format", "json").stdout)
    (found,) = [one for one in after["findings"] if one not in before["findings"]]
    assert found["code"] in ("SEC001", "SEC002")
    assert found["path"] == f"data/{name}"
    assert after["summary"]["files"] == before["summary"]["files"]
    for form in ("text", "github", "gitlab", "sarif"):
        said = run(repository, "check", "--format", form).output
        assert found["code"] in said
        assert MOBILE[3:] not in said.replace("\0", "").replace(" ", "")
        assert NUMBER[6:] not in said


def test_a_number_in_plain_text_is_seen_although_everything_else_was_kept(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.records.look.KEPT_FROM", 1)
    monkeypatch.setenv("JISHI_CACHE", "on")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    notes = repository / "data" / "notes.txt"
    for text, there in (("无", False), (f"tel{MOBILE}", True), ("没有", False)):
        notes.write_text(text, encoding="utf-8")
        assert ("SEC002" in run(repository, "check").output) == there
        assert ("SEC002" in run(repository, "check").output) == there


@pytest.mark.parametrize("name", ["scan.pdf", "scan.JPG", "packed.zip", "other.bin"])
def test_what_is_no_text_is_left_alone(repository: Path, name: str) -> None:
    (repository / "data" / name).write_bytes(b"\x89\0" + MOBILE.encode())
    assert "SEC002" not in run(repository, "check").output


def test_text_that_is_too_long_to_be_looked_at_is_no_clean_text(repository: Path) -> None:
    (repository / "data" / "long.txt").write_bytes(b"x\n" * 1_000_001)
    result = run(repository, "check")
    assert result.exit_code == 1
    assert "YML004" in result.output
