"""What is kept between runs, and how many processes work, never changes what is found."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.audit import audit as audit_module
from generator.audit import everybody
from generator.audit.assessment import Assessment
from generator.audit.assessor import Assessor
from generator.audit.audit import Audit, run_audit
from generator.definitions.kept import key_of
from generator.diagnostics import JishiError
from generator.records import look, reading, workers
from generator.records.model import Person
from generator.records.store import packed, store_for
from tests.read_before import load_bytes_once

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committee of the demo with its branches; what is kept lies beside it, and every tree counts as large."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JISHI_CACHE")
    for module, name in ((reading, "MANY"), (everybody, "MANY"), (look, "KEPT_FROM")):
        monkeypatch.setattr(module, name, 1)
    return copy_committee(tmp_path / "root")


def copy_committee(to: Path) -> Path:
    shutil.copytree(ROOT / "data/fa", to / "data/fa")
    shutil.copy(ROOT / "data/organisation.yaml", to / "data")
    return to


def _told(audit: Audit) -> object:
    return audit.findings, audit.later, len(audit.corpus.people), audit.files


def _afresh(root: Path, monkeypatch: pytest.MonkeyPatch, day: date | None = DAY) -> object:
    with monkeypatch.context() as here:
        here.setenv("JISHI_CACHE", "off")
        here.setenv("JISHI_PROCESSES", "1")
        here.setattr(everybody, "MANY", 10**6)
        here.setattr("generator.records.load.load_bytes", load_bytes_once)
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


def _make_days_matter(root: Path) -> None:
    """Quarters are asked for, contacts leave soon, a waiver runs out; in the whole demo, where most can turn."""
    for other in ("cs", "em"):
        shutil.copytree(ROOT / "data" / other, root / "data" / other)
    profile = (ROOT / "schema/profiles/campus.yaml").read_text(encoding="utf-8")
    assert "enable: [" in profile
    (root / "schema/profiles").mkdir(parents=True)
    (root / "schema/profiles/campus.yaml").write_text(
        profile.replace("enable: [", "enable: [DEV016, "), encoding="utf-8"
    )
    leaving = [
        path
        for path in (root / "data").rglob("people/*.yaml")
        if "\nleaves: 2027-06-30" in path.read_text(encoding="utf-8")
    ]
    assert len(leaving) > 5
    for path in leaving:
        text = path.read_text(encoding="utf-8").replace("\nleaves: 2027-06-30", "\nleaves: 2026-11-29")
        path.write_text(text if "\nwaivers:" in text else text + WAIVER, encoding="utf-8")


WAIVER = """\
waivers:
- {code: DEV016, date: 2026-11-01, until: 2027-01-01, reason: 补交, by: "1995003"}
"""


@pytest.mark.parametrize(("start", "explicit"), [(date(2024, 2, 28), True), (DAY, False)])
def test_findings_are_taken_over_to_another_day_only_as_long_as_nothing_turns(
    root: Path, monkeypatch: pytest.MonkeyPatch, start: date, explicit: bool
) -> None:
    """Day after day for months: what is kept from the days before says the same as a fresh run, and most of it is used."""
    _make_days_matter(root)
    assessed: list[str] = []
    assess = Assessor.assess

    def noted(self: Assessor, person: Person) -> Assessment:
        assessed.append(person.id)
        return assess(self, person)

    monkeypatch.setenv("JISHI_PROCESSES", "1")
    monkeypatch.setattr(Assessor, "assess", noted)
    everyone = len(run_audit(root, start).assessments)
    days = [start + timedelta(days=n) for n in (0, 1, 10, 11, 41, 42, 43, 222)]
    used = 0
    for day in days:
        fixed = type("Fixed", (date,), {"today": classmethod(lambda cls, day=day: day)})
        monkeypatch.setattr(audit_module, "date", fixed)
        assessed.clear()
        told = _told(run_audit(root, day if explicit else None))
        used += everyone - len(assessed)
        assert told == _afresh(root, monkeypatch, day if explicit else None)
    assert used > everyone * len(days) / 2


def test_no_rule_names_the_day_it_is_asked_on() -> None:
    files = sorted((ROOT / "generator/audit/rules").glob("*.py"))
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        for told in ("as_of", "today.day"):
            assert told not in text, f"{path.name} reads the day; ask subject.passed instead"


def test_one_edit_evaluates_few_people_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everyone = len(run_audit(root, DAY).assessments)
    assessed: list[str] = []
    assess = Assessor.assess

    def noted(self: Assessor, person: Person) -> Assessment:
        assessed.append(person.id)
        return assess(self, person)

    monkeypatch.setenv("JISHI_PROCESSES", "1")
    monkeypatch.setattr(Assessor, "assess", noted)
    run_audit(root, DAY)
    assert not assessed
    path = max((root / "data").rglob("people/2*.yaml"), key=lambda path: path.name)
    path.write_text(path.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    run_audit(root, DAY)
    assert path.stem in assessed
    assert len(assessed) < everyone / 2


@pytest.mark.parametrize("again", [False, True])
def test_how_far_people_are_is_told_without_asking_a_rule(
    root: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    if again:
        run_audit(root, DAY)
    audit, asked = run_audit(root, DAY), []
    monkeypatch.setattr("generator.audit.assessor.assess", lambda subject: asked.append(subject))
    told = {id: journey.progress for id, journey in audit.journeys.items()}
    assert not asked
    monkeypatch.undo()
    assert told
    assert told == {id: assessment.progress for id, assessment in run_audit(root, DAY).assessments.items()}
    with pytest.raises(KeyError):
        audit.journeys["nobody"]


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
    before = key_of(root)
    (root / "schema/profiles").mkdir(parents=True)
    shutil.copy(ROOT / "schema/profiles/national.yaml", root / "schema/profiles/mine.yaml")
    assert key_of(root) != before


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


def test_what_is_kept_of_a_repository_that_is_gone_is_removed(root: Path, tmp_path: Path) -> None:
    other = copy_committee(tmp_path / "other")
    run_audit(other, DAY)
    cache = tmp_path / "cache/jishi"
    (kept_of_other,) = cache.iterdir()
    shutil.rmtree(other)
    run_audit(root, DAY)
    assert not kept_of_other.exists()
    assert len(list(cache.iterdir())) == 1


def test_whose_findings_are_kept_is_not_judged_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The only waiver of the demo stands in another committee.
    shutil.copytree(ROOT / "data/cs", root / "data/cs")
    with monkeypatch.context() as here:
        here.setenv("JISHI_CACHE", "off")
        fresh = dict(run_audit(root, DAY).assessments)
    assert any(one.findings for one in fresh.values())
    assert any(one.waived for one in fresh.values())
    run_audit(root, DAY)

    def judge(assessor: Assessor, person: Person) -> Assessment:
        raise AssertionError(person.id)

    monkeypatch.setattr(Assessor, "assess", judge)
    kept = run_audit(root, DAY).assessments
    assert {id: _placed(one) for id, one in kept.items()} == {id: _placed(one) for id, one in fresh.items()}


def _placed(one: Assessment) -> object:
    """Without lines, which are looked up for what is kept."""
    said = [
        (f.code, f.severity, f.message, f.hint, f.place.path, f.place.pointer) for f in (*one.findings, *one.waived)
    ]
    return one.person.id, one.progress, len(one.findings), said
