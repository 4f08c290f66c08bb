"""A generated college is the same for the same seed, and without a fault when asked for one without."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from bench.college import any_size, demo, main, write_college
from bench.college.scenarios import SCENARIOS
from bench.college.write import texts
from generator.audit.audit import run_audit
from generator.diagnostics import Severity

AS_OF = date(2026, 11, 20)
ROOT = Path(__file__).parents[2]


def content(people: int, branches: int, seed: int, clean: bool = True) -> dict[str, str]:
    return dict(texts(any_size(people, branches, seed, AS_OF, clean)))


def test_same_seed_same_bytes() -> None:
    first, second, other = content(90, 3, 5), content(90, 3, 5), content(90, 3, 6)
    assert len(first) > 100
    assert first == second
    assert first.keys() != other.keys()


def test_the_demo_is_the_same_every_time() -> None:
    assert dict(texts(demo())) == dict(texts(demo()))


def test_the_demo_that_is_kept_is_the_one_that_is_made(tmp_path: Path) -> None:
    assert main([str(tmp_path / "data"), "--demo"]) == 0
    made, kept = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "data", ROOT / "data")
    )
    assert len(made) > 500
    assert sum(path.endswith(".age") for path in made) == 2
    assert made == kept


def test_the_order_of_hashing_does_not_matter() -> None:
    code = "import sys; from bench.college import any_size; from bench.college.write import texts; from datetime import date\n"
    code += "print(list(texts(any_size(60, 2, 1, date(2026, 11, 20)))))"
    digests = set()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert len(run.stdout) > 10_000
        digests.add(hashlib.sha256(run.stdout).hexdigest())
    assert len(digests) == 1


BIG = (1200, 100, 11, AS_OF)
"""As many branches as there are in a big college, and people enough for everything to happen there."""


def test_in_the_big_college_there_is_every_scenario_that_a_clean_one_can_have() -> None:
    clean = {name for name, scenario in SCENARIOS.items() if scenario.weight and scenario.clean}
    assert len(clean) > 30
    assert clean <= {person.scenario for person in any_size(*BIG, clean=True).people}


@pytest.mark.parametrize(
    ("people", "branches", "seed", "as_of"),
    [BIG, (200, 8, 7, AS_OF), (60, 2, 3, date(2026, 3, 16)), (60, 2, 4, date(2025, 7, 10))],
)
def test_a_clean_college_has_no_error_and_no_warning(
    tmp_path: Path, people: int, branches: int, seed: int, as_of: date
) -> None:
    write_college(any_size(people, branches, seed, as_of, clean=True), tmp_path / "data")
    audit = run_audit(tmp_path, as_of)
    assert len(audit.corpus.people) == people
    assert sum(len(person.entries) for person in audit.corpus.people.values()) > people * 5
    graver = [(f.code, f.place.path, f.message) for f in audit.findings if f.severity is not Severity.INFO]
    assert graver == []


def test_a_college_with_flaws_is_found_out(tmp_path: Path) -> None:
    write_college(any_size(200, 8, 7, AS_OF, clean=False), tmp_path / "data")
    found = {f.code for f in run_audit(tmp_path, AS_OF).findings}
    assert len(found) >= 5


@pytest.mark.parametrize("people", [57, 203])
def test_the_number_of_people_is_what_was_asked_for(people: int) -> None:
    assert len(any_size(people, 4, 1, AS_OF).people) == people


def test_nothing_happens_after_the_as_of_day() -> None:
    days = []
    for path, text in texts(any_size(120, 4, 9, AS_OF)):
        data = yaml.load(text, Loader=yaml.BaseLoader)
        days += [entry["date"] for entry in data.get("log", ())]
        if "/events/" in path:
            days.append(data["date"])
    assert len(days) > 500
    assert max(days) <= AS_OF.isoformat()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert main([str(tmp_path), "--people", "40", "--branches", "1"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "空文件夹" in capsys.readouterr().err


def test_too_few_people_for_the_branches_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "new"), "--people", "20", "--branches", "5"])
    assert stopped.value.code == 2
    assert not (tmp_path / "new").exists()


def test_every_scenario_has_its_place() -> None:
    """In a big college by its weight, or in the demo by its name: none is left over."""
    shown = {person.scenario for person in demo().people}
    weighted = {name for name, scenario in SCENARIOS.items() if scenario.weight}
    assert len(SCENARIOS) > 50
    assert set(SCENARIOS) <= shown | weighted
