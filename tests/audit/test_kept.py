"""What is kept between runs, and how many processes work, never changes what is found."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.audit import everybody, kept
from generator.audit.assessment import Assessment
from generator.audit.assessor import Assessor
from generator.audit.audit import Audit, run_audit
from generator.diagnostics import JishiError
from generator.records import reading, workers
from generator.records.store import packed, store_for

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo; what is kept lies beside it, and every tree counts as large."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JISHI_CACHE")
    for module, name in ((reading, "MANY"), (everybody, "MANY"), (reading, "KEPT_FROM")):
        monkeypatch.setattr(module, name, 1)
    shutil.copytree(ROOT / "data", tmp_path / "root/data")
    return tmp_path / "root"


def _told(audit: Audit) -> object:
    return audit.findings, audit.later, len(audit.corpus.people), audit.files


def _afresh(root: Path, monkeypatch: pytest.MonkeyPatch, day: date | None = DAY) -> object:
    with monkeypatch.context() as here:
        here.setenv("JISHI_CACHE", "off")
        here.setenv("JISHI_PROCESSES", "1")
        here.setattr(everybody, "MANY", 10**6)
        return _told(run_audit(root, day))


def _edit(path: Path, chance: random.Random) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = chance.randrange(len(lines))
    lines[number] = lines[number].translate(str.maketrans("0123456789", "1234567890")) if chance.random() < 0.8 else ""
    path.write_text("".join(lines), encoding="utf-8")


def _touch(path: Path, chance: random.Random) -> None:
    os.utime(path, (chance.randrange(10**9), chance.randrange(10**9)))


def _rename(path: Path, chance: random.Random) -> None:
    path.rename(path.with_name(f"{path.stem}-{chance.randrange(100)}.yaml"))


def _copy(path: Path, chance: random.Random) -> None:
    shutil.copy2(path, path.with_name(f"{path.stem}{chance.randrange(100)}.yaml"))


def _swap(path: Path, chance: random.Random) -> None:
    """Other content of the same size at the same time."""
    before, raw = path.stat(), path.read_bytes()
    path.write_bytes(raw.replace(b"1", b"2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _delete(path: Path, chance: random.Random) -> None:
    path.unlink()


CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (_edit, _edit, _touch, _rename, _copy, _swap, _delete)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_to_files_the_findings_are_those_of_a_fresh_run(
    root: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    assert _told(run_audit(root, DAY)) == _afresh(root, monkeypatch)
    for _ in range(6):
        for _ in range(chance.randrange(1, 3)):
            files = sorted(path for path in (root / "data").rglob("*.yaml") if path.name != "organisation.yaml")
            chance.choice(CHANGES)(chance.choice(files), chance)
        monkeypatch.setenv("JISHI_PROCESSES", chance.choice("12"))
        assert _told(run_audit(root, DAY)) == _afresh(root, monkeypatch)


def test_another_day_is_worked_out_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for day in (DAY, date(2024, 6, 1), DAY, date(2026, 11, 21), None):
        audit = run_audit(root, day)
        told.append(_told(audit))
        assert told[-1] == _afresh(root, monkeypatch, day)
    assert told[0] == told[2] != told[1]


def test_one_edit_evaluates_few_people_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everyone = len(run_audit(root, DAY).assessments)
    assessed: list[str] = []
    assess = Assessor.assess

    def noted(self: Assessor, id: str) -> Assessment:
        assessed.append(id)
        return assess(self, id)

    monkeypatch.setenv("JISHI_PROCESSES", "1")
    monkeypatch.setattr(Assessor, "assess", noted)
    run_audit(root, DAY)
    assert not assessed
    path = max((root / "data").rglob("people/2*.yaml"), key=lambda path: path.name)
    path.write_text(path.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    run_audit(root, DAY)
    assert path.stem in assessed
    assert len(assessed) < everyone / 2


@pytest.mark.parametrize("damage", ["shorter", "foreign", "readable by others", "folder"])
def test_what_is_kept_is_used_only_when_it_is_ours_and_whole(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    expected = _told(run_audit(root, DAY))
    files = sorted(path for path in (tmp_path / "cache/jishi").rglob("*") if path.is_file())
    assert len(files) > 5
    assert all(path.stat().st_mode & 0o077 == 0 and path.parent.stat().st_mode & 0o077 == 0 for path in files)
    for path in files:
        if damage == "shorter":
            path.write_bytes(path.read_bytes()[:-3])
        elif damage == "foreign":
            path.write_bytes(pickle.dumps(os.getcwd))
        elif damage == "readable by others":
            path.chmod(0o644)
        else:
            path.unlink()
            path.mkdir()
    assert _told(run_audit(root, DAY)) == expected


def test_only_plain_values_are_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("JISHI_CACHE")
    store = store_for(tmp_path, b"k" * 32)
    assert store is not None
    store.put_raw("a", packed(os.getcwd))
    store.put("b", {"day": DAY})
    assert (store.get("a"), store.get("b")) == (None, {"day": DAY})


def test_another_program_or_definition_finds_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.key_of(root)
    (root / "schema/profiles").mkdir(parents=True)
    shutil.copy(ROOT / "schema/profiles/national.yaml", root / "schema/profiles/mine.yaml")
    assert kept.key_of(root) != before


def test_a_killed_process_is_said_in_chinese() -> None:
    with pytest.raises(JishiError, match="工作进程意外结束"):
        list(workers.in_order(lambda _: os.kill(os.getpid(), 9), [1, 2, 3], 2))


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert list(workers.in_order(lambda n: n * n, list(range(20)), 3)) == [n * n for n in range(20)]


def test_no_rule_looks_at_people_it_is_not_led_to() -> None:
    """The key of a person's findings covers whom the records of that person name, and nobody else."""
    files = sorted((ROOT / "generator/audit/rules").glob("*.py"))
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        for wide in ("corpus.people", "corpus.events", "corpus.findings", "corpus.documents", "index.moves"):
            assert wide not in text, f"{path.name} reads {wide}"
