"""The demo, built once a run: the public site with the repository's own mkdocs.yml, the internal one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.repository import copy_demo, jishi


@pytest.fixture(scope="session")
def public_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_demo(tmp_path_factory.mktemp("public"))
    result = jishi(root, "site")
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture(scope="session")
def internal_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_demo(tmp_path_factory.mktemp("internal"), own_config=False)
    result = jishi(root, "site", "--internal")
    assert result.returncode == 0, result.stderr
    return root
