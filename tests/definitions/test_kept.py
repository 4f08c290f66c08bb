"""Definitions and schemas taken from an earlier run are those that would be made afresh."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.audit.read import load_schemas
from generator.definitions import load
from generator.definitions.kept import kept_or_made, key_of
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.shipped import shipped_root
from generator.diagnostics import JishiError
from generator.records.load import check_text
from generator.records.schema import RecordSchemas
from generator.records.store import Store, packed, store_for

RECORD = "name: 甲\nlog:\n- {step: apply, date: 2023-13-01}\n- {step: talk, date: 2023-03-01, by: [1]}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JISHI_CACHE")
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def store_of(root: Path) -> Store:
    store = store_for(root, key_of(root))
    assert store is not None
    return store


def loaded(root: Path, monkeypatch: pytest.MonkeyPatch) -> Definitions:
    """As a new process would load them."""
    monkeypatch.setattr(load, "_LOADED", {})
    return load_definitions(root, store_of(root))


def told(definitions: Definitions) -> dict[str, Any]:
    parts = {name: part for name, part in vars(definitions).items() if not name.startswith("_")}
    return parts | {"materials": definitions.materials, "sections": definitions.sections, "look": definitions.look}


def refuse(*args: object) -> None:
    raise AssertionError


def test_what_was_kept_is_what_would_be_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = told(loaded(root, monkeypatch))
    assert len(made["procedures"]) > 1
    with monkeypatch.context() as here:
        here.setattr(Definitions, "__init__", refuse)
        kept = loaded(root, here)
    assert told(kept) == made
    # Loaded later, from the files.
    assert kept.tailoring == loaded(root, monkeypatch).tailoring
    limit = next(limit for step in kept.steps.values() for limit in step.limits if limit.origin)
    assert limit.origin is not None
    assert kept.origin_line(limit.origin) > 0


def test_kept_schemas_say_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    definitions = loaded(root, monkeypatch)
    made = load_schemas(root, definitions, store_of(root))
    with monkeypatch.context() as here:
        here.setattr(RecordSchemas, "load", refuse)
        kept = load_schemas(root, definitions, store_of(root))
    said = check_text("person", RECORD, made)
    assert said
    assert check_text("person", RECORD, kept) == said


def test_another_definition_file_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "mine" not in loaded(root, monkeypatch).profiles
    (root / "schema/profiles").mkdir(parents=True)
    text = (shipped_root() / "schema/profiles/activist-3-years.yaml").read_text(encoding="utf-8")
    (root / "schema/profiles/mine.yaml").write_text(text.replace("id: activist-3-years", "id: mine"), encoding="utf-8")
    assert "mine" in loaded(root, monkeypatch).profiles


@pytest.mark.parametrize("content", [shutil.rmtree, Path, JishiError], ids=lambda c: c.__name__)
def test_only_classes_of_the_packages_named_are_taken(root: Path, content: Any) -> None:
    store = store_of(root)
    packages = ("generator.definitions",)
    store.put_raw("a", packed(content))
    assert store.get("a", packages) is None
    # Protocol 0 names a class in plain text: here under the name of a module that imports it.
    store.put_raw("b", f"cgenerator.definitions.load\n{content.__name__}\n.".encode())
    assert store.get("b", packages) is None
    store.put_raw("c", packed(load.Definitions))
    assert store.get("c", packages) is load.Definitions
    assert store.get("c") is None


def test_a_fault_is_not_kept(root: Path) -> None:
    def fail() -> int:
        raise RuntimeError("faulty")

    store = store_of(root)
    with pytest.raises(RuntimeError, match="faulty"):
        kept_or_made(store, "a", fail)
    assert kept_or_made(store, "a", lambda: 1) == 1
    assert kept_or_made(store, "a", lambda: 2) == 1
    assert kept_or_made(None, "a", lambda: 2) == 2
