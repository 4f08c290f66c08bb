"""Runs MkDocs, strictly, and puts the new site in the place of the old one only when nothing was wrong with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date

from generator.diagnostics import JishiError
from generator.site.settings import SiteFolders
from generator.site.swap import swap

_LINE = re.compile(r"^(WARNING|ERROR|CRITICAL)\s+-\s+(.*)$")
_IN_TEMPLATE = re.compile(r'File "[^"]*/theme/([^"]+)", line (\d+), in (?:top-level )?template')


def run_mkdocs(folders: SiteFolders, as_of: date) -> None:
    """Build `folders.docs` into `folders.site`, dated `as_of`. A warning of MkDocs is a failure and leaves the old site as it was."""
    shutil.rmtree(folders.fresh_site, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    command += ["--config-file", str(folders.config), "--site-dir", str(folders.fresh_site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": str(_epoch(as_of))}
    result = subprocess.run(
        command,
        cwd=folders.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    problems = [found.group(2) for line in result.stderr.splitlines() if (found := _LINE.match(line))]
    # MkDocs has been seen to end well in spite of warnings, so both are looked at.
    if result.returncode or problems:
        shutil.rmtree(folders.fresh_site, ignore_errors=True)
        shown = problems or _broken_off(result.stderr)
        raise JishiError("MkDocs 生成网站时报告了问题，网站未更新：\n" + "\n".join(f"  {line}" for line in shown))
    if folders.offline:
        # No server shows it, and its links begin at a root that a folder does not have.
        (folders.fresh_site / "404.html").unlink(missing_ok=True)
    swap(folders.fresh_site, folders.site, folders.build / ".site-old")


def _broken_off(said: str) -> list[str]:
    """What MkDocs said last; where it stumbled over a template of the theme, that template and its line."""
    lines = said.strip().splitlines()
    places = _IN_TEMPLATE.findall(said)
    if places and lines:
        name, line = places[-1]
        return [f"templates/theme/{name} 第 {line} 行：{lines[-1].partition(': ')[2] or lines[-1]}"]
    return lines[-5:]


def _epoch(day: date) -> int:
    """Seconds since 1970 at the beginning of a day; MkDocs dates the sitemap with it, so that the same records give the same bytes."""
    return max(0, (day - date(1970, 1, 1)).days) * 86400
