"""Options of the whole test run, the demo built once for all, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.once import once
from tests.shipped_once import read_what_is_shipped_once
from tests.site.guard import watched
from tests.site.repository import copy_demo, jishi

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


def pytest_configure() -> None:
    # What is kept between runs has tests of its own; the others neither use nor leave anything.
    os.environ["JISHI_CACHE"] = "off"
    read_what_is_shipped_once()
    # By default an example that takes 200 ms fails: on a busy machine any does.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite the expected files instead of comparing with them."
    )


def build(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
    result = jishi(root, "site", *arguments, environment=environment)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="session")
def public_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo with the public site built, with the repository's own mkdocs.yml. What was opened is noted in `log_of` it."""
    return once(tmp_path_factory, "public", lambda root: build(copy_demo(root), environment=watched(root)))


@pytest.fixture(scope="session")
def internal_demo(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """A copy of the demo with the internal site built, without a mkdocs.yml, as a repository elsewhere."""
    return once(
        tmp_path_factory,
        "internal",
        lambda root: build(copy_demo(root, own_config=False, blanks=public_demo), "--internal"),
    )


@pytest.fixture(scope="session")
def public_offline(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """The public site of the demo for opening from a folder."""
    return _offline(tmp_path_factory, "public", public_demo)


@pytest.fixture(scope="session")
def internal_offline(tmp_path_factory: pytest.TempPathFactory, public_demo: Path) -> Path:
    """The internal site of the demo for opening from a folder."""
    return _offline(tmp_path_factory, "internal", public_demo, "--internal")


def _offline(factory: pytest.TempPathFactory, audience: str, blanks: Path, *arguments: str) -> Path:
    """The folder's name has a blank and Chinese in it, as on a memory stick."""
    name = Path("党建 资料")
    folder = once(
        factory,
        f"{audience}-offline",
        lambda folder: build(copy_demo(folder / name, blanks=blanks), "--offline", *arguments),
    )
    return folder / name / "build" / "offline" / audience / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One in a process, since Playwright cannot be started beside itself, with one page, which takes half the time of ever new ones."""
    if CHROMIUM is None:
        pytest.skip("没有安装 chromium：make test 会安装它（apt-get install chromium）")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        chromium.new_context().new_page()
        yield chromium
        chromium.close()
