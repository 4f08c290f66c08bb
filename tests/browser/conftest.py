"""The built demo behind a web server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.served import serve


@pytest.fixture(scope="session")
def public_site(public_demo: Path) -> Iterator[str]:
    yield from serve(public_demo / "site")


@pytest.fixture(scope="session")
def internal_site(internal_demo: Path) -> Iterator[str]:
    yield from serve(internal_demo / "build" / "internal" / "site")
