"""The command line speaks Chinese, exits with 0, 1, 2, 130 or 143, and never shows a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Never

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli import VERBS, main
from generator.commands.group import LazyGroup, Verb
from generator.commands.options import as_of_option, root_option
from generator.diagnostics import JishiError
from generator.prints.endings import ended_in_order
from tests.commands.college import college

ENGLISH = re.compile(r"\b(?:usage|error|invalid|missing|such|option|argument|try|got|value|help page)\b", re.IGNORECASE)


@click.command(help="试验。")
@click.argument("who", metavar="人员")
@click.option("--count", type=click.IntRange(1, 9), default=2, show_default=True, help="份数。")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="格式。")
@click.option("--into", type=click.Path(exists=True), help="去处。")
@click.option("--plain", is_flag=True, help="从简。")
@as_of_option
@root_option
def trial(who: str, count: int, form: str | None, into: str | None, plain: bool, as_of: date | None, root: Path) -> int:
    def stop() -> Never:
        with ended_in_order():
            signal.raise_signal(signal.SIGTERM)
        raise AssertionError

    def interrupt() -> Never:
        raise KeyboardInterrupt

    def fail() -> Never:
        raise JishiError("年份不对", "改为四位数字")

    def crash() -> Never:
        raise ValueError("两行\n说明")

    if who in (acts := {"stop": stop, "interrupt": interrupt, "fail": fail, "crash": crash}):
        acts[who]()
    click.echo(f"{as_of} {root}")
    return 1 if who == "findings" else 0


group = LazyGroup(verbs={"trial": Verb(f"{__name__}:trial", "试验")})


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data" / "cs").mkdir(parents=True)
    (tmp_path / "data" / "organisation.yaml").touch()
    monkeypatch.chdir(tmp_path / "data" / "cs")
    return tmp_path


def run(*arguments: str) -> Result:
    outcome = CliRunner().invoke(group, arguments)
    assert "Traceback" not in outcome.output
    return outcome


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "没有命令 'nonsense'"),
        (["trail"], "是不是 'trial'"),
        (["trial"], "缺少参数 '人员'"),
        (["trial", "a", "b"], "多出了参数 b"),
        (["trial", "a", "--nonsense"], "没有选项 '--nonsense'"),
        (["trial", "a", "--cuont", "3"], "没有选项 '--cuont'；是不是其中之一：'--count'"),
        (["trial", "a", "--count"], "'--count' 需要一个值"),
        (["trial", "a", "--count", "x"], "'--count' 的值不对：'x' 不是整数"),
        (["trial", "a", "--count", "10"], "10 不在范围内，应为 1 至 9"),
        (["trial", "a", "--format", "xml"], "'xml' 不在可选值之中：'text', 'json'"),
        (["trial", "a", "--plain=1"], "'--plain' 不带值"),
        (["trial", "a", "--into", "/no/where"], "路径 '/no/where' 不存在"),
        (["trial", "a", "--as-of", "2026-02-30"], "没有“2026-02-30”这一天"),
        (["trial", "a", "--as-of", "20261120"], "日期须写成 YYYY-MM-DD"),
        (["trial", "a", "--as-of", "２０２６-11-20"], "日期须写成 YYYY-MM-DD"),
        (["trial", "a", "--root", "."], "不是记录仓库"),
        (["trial", "fail"], "错误：年份不对\n提示：改为四位数字"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_said_in_chinese_with_exit_code_2(arguments: list[str], said: str, records: Path) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert said in outcome.stderr
    assert outcome.stdout == ""
    assert not ENGLISH.search(outcome.stderr.replace("--help", ""))


def test_outside_a_records_repository_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("trial", "a")
    assert outcome.exit_code == 2
    assert "data/organisation.yaml" in outcome.stderr
    assert "--root" in outcome.stderr


def test_options_reach_the_command(records: Path) -> None:
    assert run("trial", "a").stdout == f"None {records}\n"
    assert run("trial", "a", "--as-of", "2024-02-29", "--root", "../..").stdout == f"2024-02-29 {records}\n"


def test_what_a_command_returns_is_the_exit_code(records: Path) -> None:
    assert run("trial", "clean").exit_code == 0
    assert run("trial", "findings").exit_code == 1


def test_an_interruption_is_130(records: Path) -> None:
    outcome = run("trial", "interrupt")
    assert outcome.exit_code == 130
    assert outcome.stderr.strip() == "已中断"


def test_a_request_to_end_is_143(records: Path) -> None:
    outcome = run("trial", "stop")
    assert outcome.exit_code == 143
    assert outcome.stderr.strip() == "已停止"


def test_a_fault_of_ours_is_one_line_and_a_hint(records: Path) -> None:
    outcome = run("trial", "crash")
    assert outcome.exit_code == 2
    assert outcome.stderr.splitlines()[0] == "内部错误：ValueError：两行 说明"
    assert "JISHI_DEBUG=1" in outcome.stderr


def test_a_fault_shows_its_traceback_on_request(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISHI_DEBUG", "1")
    outcome = CliRunner().invoke(group, ["trial", "crash"])
    assert outcome.exit_code == 2
    assert "Traceback" in outcome.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["trial", "--help"]], ids=" ".join)
def test_help_is_chinese(arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("用法：")
    assert "选项：" in outcome.stdout
    assert not ENGLISH.search(outcome.stdout)
    assert "[default" not in outcome.stdout


def test_the_list_of_commands_imports_none_of_them() -> None:
    heavy = ("weasyprint", "mkdocs", "jinja2", "cerberus", "generator.records", "generator.site")
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from generator.cli import main\n"
        "print(CliRunner().invoke(main, ['--help']).stdout)\n"
        f"sys.exit(','.join(name for name in {heavy!r} if name in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for verb in VERBS:
        assert f"  {verb} " in done.stdout


def test_a_terminal_without_the_characters_is_no_fault() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "䶮", "--help"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 2
    assert "没有命令 '?'" in done.stderr.decode("gbk")


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    command = f"{sys.executable} -m generator --help | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_no_fault_of_ours() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m generator rules > /dev/full"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("错误：无法写入：磁盘已满\n提示：")


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_closed_stream_changes_nothing_else(closed: str, tmp_path: Path) -> None:
    college(tmp_path)
    command = f"{sys.executable} -m generator check --root {tmp_path} --as-of 2023-12-31 {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_the_list_exists(verb: str) -> None:
    outcome = CliRunner().invoke(main, [verb, "--help"])
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.startswith(f"用法：main {verb}")
    assert not re.search(r"\b(Usage|Options|Show this)\b", outcome.stdout)


def test_the_version_is_that_of_the_package() -> None:
    outcome = CliRunner().invoke(main, ["--version"])
    assert re.fullmatch(r"jishi \d+\.\d+\.\d+\n", outcome.stdout)
