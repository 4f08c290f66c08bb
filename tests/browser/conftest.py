"""The built demo behind a web server, without most of its search index; `test_site`, which searches, has it whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.served import HardlySearched, serve


@pytest.fixture(scope="session")
def public_site(public_demo: Path) -> Iterator[str]:
    yield from serve(public_demo / "site", HardlySearched)


@pytest.fixture(scope="session")
def internal_site(internal_demo: Path) -> Iterator[str]:
    yield from serve(internal_demo / "build" / "internal" / "site", HardlySearched)
