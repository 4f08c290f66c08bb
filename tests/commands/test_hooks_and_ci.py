"""What a records repository takes from here: the git hook, the hook for pre-commit, and the files for CI services."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.audit.case_files import PERSON
from tests.commands.college import college

ROOT = Path(__file__).parents[2]
HOOK = ROOT / "templates" / "hooks" / "pre-commit"
CI = ROOT / "templates" / "ci"
JISHI = Path(sys.executable).with_name("jishi")


class Repository:
    """A git repository of records with the hook switched on."""

    def __init__(self, folder: Path, records: str = ".", command: Path | str = JISHI) -> None:
        self.folder, self.records = folder, folder / records
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        self.environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
        self.records.mkdir(parents=True, exist_ok=True)
        college(self.records)
        hooks = folder / ".githooks"
        hooks.mkdir()
        (hooks / "pre-commit").write_bytes(HOOK.read_bytes())
        (hooks / "pre-commit").chmod(0o755)
        self.git("init", "-q")
        for key, value in {
            "user.name": "test",
            "user.email": "test@example.invalid",
            "core.hooksPath": ".githooks",
            "jishi.command": str(command),
        }.items():
            self.git("config", key, value)

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.git("commit", "-q", "-m", "记录")

    @property
    def commits(self) -> int:
        return len(self.git("log", "--oneline").stdout.splitlines())

    def break_record(self) -> None:
        path = self.records / PERSON
        path.write_text(path.read_text(encoding="utf-8") + "nickname: 小林\n", encoding="utf-8")


def test_good_records_are_committed_and_broken_ones_are_not(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("add", "-A")
    good = repository.commit()
    assert (good.returncode, repository.commits) == (0, 1), good.stderr
    repository.break_record()
    repository.git("add", "-A")
    bad = repository.commit()
    assert bad.returncode == 1
    assert f"{PERSON}:" in bad.stderr
    assert "SCH001" in bad.stderr
    assert "提交已停止" in bad.stderr
    assert repository.commits == 1
    assert repository.git("commit", "-q", "--no-verify", "-m", "记录").returncode == 0


def test_what_is_staged_counts_not_what_lies_in_the_folder(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("add", "-A")
    assert repository.commit().returncode == 0
    path = repository.records / PERSON
    whole = path.read_text(encoding="utf-8")
    repository.break_record()
    (repository.folder / "data" / "cs" / "committee.yaml").open("a", encoding="utf-8").write("# 说明\n")
    repository.git("add", "data/cs/committee.yaml")
    assert repository.commit().returncode == 0, "the fault is not part of this commit"
    repository.git("add", PERSON)
    path.write_text(whole, encoding="utf-8")
    assert repository.commit().returncode == 1, "mended in the folder only"


def test_a_commit_without_records_is_not_held_up(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.break_record()
    repository.git("add", "-A")
    assert repository.git("commit", "-q", "--no-verify", "-m", "记录").returncode == 0
    (tmp_path / "说明.txt").write_text("说明\n", encoding="utf-8")
    repository.git("add", "-A")
    assert repository.commit().returncode == 0


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    folder, temporary = tmp_path / "records", tmp_path / "tmp"
    temporary.mkdir()
    folder.mkdir()
    repository = Repository(folder)
    home = tmp_path / "home"
    home.mkdir()
    repository.environment |= {"TMPDIR": str(temporary), "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    for _ in range(2):
        repository.git("add", "-A")
        repository.commit()
        repository.break_record()
    assert repository.commits == 1
    assert list(temporary.iterdir()) == []
    assert list(home.iterdir()) == []


def test_records_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, records="支部 记录")
    repository.git("add", "-A")
    unknown = repository.commit()
    assert unknown.returncode == 1, "a check of nothing must not pass"
    assert "jishi.root" in unknown.stderr
    repository.git("config", "jishi.root", "支部 记录")
    assert repository.commit().returncode == 0
    repository.break_record()
    repository.git("add", "-A")
    assert "SCH001" in repository.commit().stderr
    assert repository.commits == 1


def test_without_jishi_nothing_is_committed(tmp_path: Path) -> None:
    repository = Repository(tmp_path, command="jishi-that-is-not-there")
    repository.git("add", "-A")
    refused = repository.commit()
    assert refused.returncode == 1
    assert "没有找到 jishi" in refused.stderr


def published() -> dict[str, Any]:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(hook, dict)
    return hook


def test_the_published_hook_runs_a_command_this_package_installs() -> None:
    hook = published()
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("jishi-check", "python", False)
    command, *rest = hook["entry"].split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert command in project["scripts"]
    assert rest == ["check"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (PERSON, True),
        ("data/cs/ug-1/events/2023-12-20-material_review.yaml", True),
        ("data/organisation.yaml", True),
        ("schema/profiles/mine.yaml", True),
        ("README.md", False),
        ("docs/data/notes.yaml", False),
    ],
)
def test_the_published_hook_runs_for_records_and_definitions(path: str, wanted: bool) -> None:
    assert bool(re.search(published()["files"], path)) is wanted


def ci_files() -> list[Path]:
    files = sorted(CI.glob("*.yml"))
    assert {path.name for path in files} == {"gitee.yml", "github.yml", "gitlab-ci.yml"}
    return files


@pytest.mark.parametrize("path", ci_files(), ids=lambda path: path.name)
def test_ci_files_warn_of_names_in_logs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    comment = "".join(line for line in text.splitlines()[:8] if line.startswith("#"))
    assert "姓名" in comment
    assert "公开" in comment


@pytest.mark.parametrize("path", ci_files(), ids=lambda path: path.name)
def test_ci_files_use_options_that_exist(path: Path) -> None:
    calls = re.findall(r"^\s*(?:- |run: )?(jishi check[^\n>|]*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert calls
    for call in calls:
        ended = subprocess.run([JISHI, *call.split()[1:], "--help"], capture_output=True, check=False)
        assert ended.returncode == 0, call


def scripts(path: Path) -> list[str]:
    """The shell lines that a service runs one after the other, as one script each."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name == "github.yml":
        return [step["run"] for step in read["jobs"]["check"]["steps"] if "run" in step]
    if path.name == "gitlab-ci.yml":
        return ["\n".join(read["check"]["script"])]
    return ["\n".join(read["stages"][0]["steps"][0]["commands"])]


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """As a service does, with an installation that takes no time."""
    bin_ = folder / ".bin"
    bin_.mkdir(exist_ok=True)
    for name, body in {
        "python": "exit 0",
        "python3": "exit 0",
        "gh": 'echo "$PRIVATE"',
        "jishi": f'exec "{JISHI}" "$@"',
    }.items():
        (bin_ / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (bin_ / name).chmod(0o755)
    environment = {"PATH": f"{bin_}:{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C.UTF-8", **variables}
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("private", "exit_code"), [("true", 0), ("false", 1), ("", 1)])
def test_github_stops_where_everybody_reads_the_log(tmp_path: Path, private: str, exit_code: int) -> None:
    guard = scripts(CI / "github.yml")[0]
    ended = run(guard, tmp_path, PRIVATE=private, GITHUB_REPOSITORY="a/b")
    assert ended.returncode == exit_code
    assert "jishi" not in guard


def test_github_annotates_broken_records(tmp_path: Path) -> None:
    broken_college(tmp_path)
    ended = run(scripts(CI / "github.yml")[-1], tmp_path)
    assert ended.returncode == 1
    assert ended.stdout.startswith(f"::error file={PERSON},line=")


@pytest.mark.parametrize(("visibility", "exit_code"), [("private", 0), ("internal", 1), ("public", 1), ("", 1)])
def test_gitlab_checks_in_private_projects_only(tmp_path: Path, visibility: str, exit_code: int) -> None:
    (script,) = scripts(CI / "gitlab-ci.yml")
    ended = run(script, college(tmp_path), CI_PROJECT_VISIBILITY=visibility, JISHI="-")
    assert ended.returncode == exit_code
    assert (tmp_path / "gl-code-quality-report.json").exists() == (exit_code == 0)


def test_gitlab_leaves_a_report_of_broken_records(tmp_path: Path) -> None:
    broken_college(tmp_path)
    ended = run(scripts(CI / "gitlab-ci.yml")[0], tmp_path, CI_PROJECT_VISIBILITY="private", JISHI="-")
    assert ended.returncode == 1
    assert "SCH001" in ended.stdout
    assert "SCH001" in (tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8")


def test_gitee_shows_a_total_and_nobody(tmp_path: Path) -> None:
    (script,) = scripts(CI / "gitee.yml")
    clean = run(script, college(tmp_path))
    assert clean.returncode == 0, clean.stderr
    broken_college(tmp_path, build=False)
    ended = run(script, tmp_path)
    assert ended.returncode == 1
    assert re.search(r"^核对 6 人、.*错误 1 项", ended.stdout, re.MULTILINE)
    assert not re.search(r"林知远|2020000001|SCH001", ended.stdout + ended.stderr)
    assert "SCH001" in run(script.replace("DETAILS=no", "DETAILS=yes"), tmp_path).stdout


def broken_college(folder: Path, build: bool = True) -> None:
    path = (college(folder) if build else folder) / PERSON
    path.write_text(path.read_text(encoding="utf-8") + "nickname: 小林\n", encoding="utf-8")
