"""Keys made for one run, outside every repository; the invented region counts as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.privacy import identity_number
from tests.privacy.invented import REGION
from tests.privacy.sealing import Key, make_key


@pytest.fixture(autouse=True)
def invented_region(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setattr(identity_number, "REGIONS", frozenset((REGION,)))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.delenv("JISHI_IDENTITY", raising=False)


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def other_key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return make_key(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def repository(tmp_path: Path, key: Key) -> Path:
    """A college with one person, for whom nothing is sealed yet."""
    from tests.commands.college import college
    from tests.privacy.sealing import allow

    root = college(tmp_path / "records", head={"sex": "女"})
    allow(root, key)
    return root
