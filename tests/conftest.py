"""Options of the whole test run, and the demo built once for all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.site.repository import copy_demo, jishi


def pytest_configure() -> None:
    # What is kept between runs has tests of its own; the others neither use nor leave anything.
    os.environ["JISHI_CACHE"] = "off"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite the expected files instead of comparing with them."
    )


@pytest.fixture(scope="session")
def public_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo with the public site built, with the repository's own mkdocs.yml."""
    root = copy_demo(tmp_path_factory.mktemp("public"))
    result = jishi(root, "site")
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture(scope="session")
def internal_demo(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """A copy of the demo with the internal site built, without a mkdocs.yml, as a repository elsewhere."""
    root = copy_demo(tmp_path_factory.mktemp("internal"), own_config=False, blanks=public_demo)
    result = jishi(root, "site", "--internal")
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture(scope="session")
def public_offline(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """The public site of the demo for opening from a folder. The folder's name has a blank and Chinese in it, as on a memory stick."""
    return _offline(copy_demo(tmp_path_factory.mktemp("public-offline") / "党建 资料", blanks=public_demo))


@pytest.fixture(scope="session")
def internal_offline(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """The internal site of the demo for opening from a folder."""
    return _offline(
        copy_demo(tmp_path_factory.mktemp("internal-offline") / "党建 资料", blanks=public_demo), "--internal"
    )


def _offline(root: Path, *arguments: str) -> Path:
    result = jishi(root, "site", "--offline", *arguments)
    assert result.returncode == 0, result.stderr
    return root / "build" / "offline" / ("internal" if arguments else "public") / "site"
