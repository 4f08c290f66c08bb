"""Python, its packages, git, and the work calendar."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from importlib import metadata

from generator.commands.checkup.result import Result, State, apt_install

OLDEST_PYTHON = (3, 11)
PACKAGES = ("mkdocs", "mkdocs-material", "weasyprint", "cerberus", "chinese-calendar", "jieba", "fonttools", "pyrage")


def python_version(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Result:
    text = ".".join(map(str, version))
    if version[:2] < OLDEST_PYTHON:
        return Result(State.MISSING, "Python", f"{text}，需要 3.11 或更新版本", apt_install("python3"))
    return Result(State.FINE, "Python", text)


def python_package(name: str) -> Result:
    try:
        return Result(State.FINE, name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Result(State.MISSING, name, "没有安装", f"{sys.executable} -m pip install {name}")


def git() -> Result:
    path = shutil.which("git")
    if path is None:
        return Result(State.MISSING, "git", "没有安装；无法知道记录何时写成", apt_install("git"))
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return Result(State.FINE, "git", done.stdout.removeprefix("git version").strip())


def work_calendar(today: date) -> Result:
    """Up to which year the days off and their make-up days are known."""
    try:
        from chinese_calendar.constants import holidays
    except ImportError:
        return Result(State.MISSING, "工作日历", "无法读取", f"{sys.executable} -m pip install chinese-calendar")
    last = max(holidays).year
    if last < today.year:
        return Result(
            State.MISSING,
            "工作日历",
            f"只到 {last} 年；此后的工作日按周一至周五估算并注明“暂定”",
            f"{sys.executable} -m pip install --upgrade chinese-calendar，或在 schema/holidays.yaml 里补上放假安排",
        )
    return Result(State.FINE, "工作日历", f"到 {last} 年底；此后的工作日按周一至周五估算并注明“暂定”")
