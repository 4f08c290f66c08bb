"""The generated tree is plain enough for the successors of MkDocs too: Zensical and ProperDocs make the same pages of it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.pages import public_markdown
from tests.site.repository import TINY, write_records


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public tree of a small repository, with a site folder inside it, which Zensical asks for."""
    root = write_records(tmp_path_factory.mktemp("renderers"), TINY)
    assert len(public_markdown(root)) > 30
    config = root / "build" / "public" / "mkdocs.yml"
    config.write_text(
        re.sub(r"(?m)^site_dir:.*$", "site_dir: site", config.read_text(encoding="utf-8")), encoding="utf-8"
    )
    return root


@pytest.mark.parametrize("renderer", ["zensical", "properdocs"])
def test_the_same_pages_come_out(tree: Path, renderer: str) -> None:
    if importlib.util.find_spec(renderer) is None:
        pytest.skip(f"没有安装 {renderer}：make test 会安装它（pip install {renderer}）")
    command = [sys.executable, "-m", renderer, "build", "-f", "build/public/mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    result = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    docs, site = tree / "build" / "public" / "docs", tree / "build" / "public" / "site"
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert made == {published(path.relative_to(docs)) for path in docs.rglob("*.md")}
    calculator = (site / "calculator" / "index.html").read_text(encoding="utf-8")
    assert "assets/jishi/calculator.js" in calculator
    assert (site / "assets" / "jishi" / "calculator.js").is_file()
    assert 'class="flow-step' in (site / "procedure" / "index.html").read_text(encoding="utf-8")


def published(page: Path) -> str:
    return (
        page.with_suffix(".html").as_posix()
        if page.stem == "index"
        else (page.with_suffix("") / "index.html").as_posix()
    )
