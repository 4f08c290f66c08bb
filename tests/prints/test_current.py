"""After any change the prints that are kept are those that would be made afresh, and no other than those it bears upon are made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.definitions.shipped import shipped_root
from generator.prints.early import early_key
from tests.prints.college import AS_OF, GAPS, RARE, WHOLE, dossier, make_college, person_file, printed
from tests.prints.scanned import jpeg, name_scan, put

pytestmark = pytest.mark.usefixtures("drawn_once")

TWO = (GAPS, RARE)
SCAN = f"data/cs/ug-1/people/scans/{RARE}.jpg"
EVENT = "data/cs/ug-1/events/2022-03-01-report.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_college(tmp_path_factory.mktemp("current"))
    put(root, SCAN, jpeg())
    name_scan(root, RARE, "M01", f"{{code: M01, scan: scans/{RARE}.jpg}}")
    put(root, EVENT, _event("甲").encode())
    result = dossier(root, *TWO)
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "root"))


def _event(title: str) -> str:
    people = f'people:\n  "{GAPS}": {{title: {title}}}\n  "{WHOLE}": {{title: 丙}}\n'
    return f"step: report\ndate: 2022-03-01\n{people}"


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _own(root: Path, path: str) -> Path:
    """A copy of a shipped file that comes before it."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(shipped_root() / path, target))


def change_record(root: Path) -> None:
    _edit(root / person_file(RARE), "山东诸城", "山东莒县")


def change_record_of_another(root: Path) -> None:
    _edit(root / person_file(WHOLE), "山东诸城", "山东莒县")


def change_event(root: Path) -> None:
    _edit(root / EVENT, "甲", "乙")


def change_part_of_another(root: Path) -> None:
    _edit(root / EVENT, "丙", "丁")


def change_template(root: Path) -> None:
    _edit(_own(root, "templates/print/print.css"), "body", "p { letter-spacing: 0.1pt }\nbody")


def change_catalogue(root: Path) -> None:
    _edit(_own(root, "schema/materials.yaml"), "title: 入党申请书", "title: 入党申请书（手写）")


def change_profile(root: Path) -> None:
    _edit(_own(root, "schema/profiles/national.yaml"), "default: received", "default: applied")


def change_scan(root: Path) -> None:
    put(root, SCAN, jpeg(820))


def remove_scan(root: Path) -> None:
    _edit(root / person_file(RARE), f"{{code: M01, scan: scans/{RARE}.jpg}}", "M01")
    (root / SCAN).unlink()


def nothing(root: Path) -> None:
    assert root.is_dir()


CHANGES: list[tuple[Callable[[Path], None], str, set[str] | None]] = [
    (nothing, AS_OF, set()),
    (change_record, AS_OF, {RARE}),
    (change_record_of_another, AS_OF, set()),
    (change_event, AS_OF, {GAPS}),
    (change_part_of_another, AS_OF, set()),
    (change_template, AS_OF, {GAPS, RARE}),
    (change_catalogue, AS_OF, {GAPS, RARE}),
    (change_profile, AS_OF, None),
    (change_scan, AS_OF, {RARE}),
    (remove_scan, AS_OF, {RARE}),
    (nothing, "2024-01-11", {GAPS, RARE}),
]
"""What is done, on which day, and whose dossiers are to be printed anew; None: as it may be."""


@pytest.mark.parametrize(("change", "day", "expected"), CHANGES)
def test_kept_prints_are_those_of_a_first_run(
    root: Path, change: Callable[[Path], None], day: str, expected: set[str] | None
) -> None:
    before = {person: printed(root, person).stat().st_mtime_ns for person in TWO}
    change(root)
    assert dossier(root, *TWO, as_of=day).exit_code == 0
    anew = {person for person in TWO if printed(root, person).stat().st_mtime_ns != before[person]}
    assert expected is None or anew == expected
    kept = _files(root)
    assert {path.stem for path in kept} >= set(TWO)
    shutil.rmtree(root / "build")
    assert dossier(root, *TWO, as_of=day).exit_code == 0
    assert _files(root) == kept


def test_what_was_saved_after_the_records_were_read_is_printed_the_next_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(*told: Any) -> str:
        change_record(root)
        return early_key(*told)

    before = printed(root, RARE).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("generator.commands.dossier_jobs.early_key", saved_meanwhile)
        assert dossier(root, RARE).exit_code == 0
    assert printed(root, RARE).read_bytes() == before
    assert dossier(root, RARE).exit_code == 0
    assert printed(root, RARE).read_bytes() != before


def test_old_prints_of_who_has_moved_are_cleared(root: Path) -> None:
    branch = root / "build" / "print" / "ug-1"
    before = {path.name for path in branch.glob("*.pdf")}
    elsewhere = branch.with_name("ug-9")
    shutil.copytree(branch, elsewhere)
    (elsewhere / "mine.pdf").touch()
    assert dossier(root, RARE).exit_code == 0
    gone = {f"{RARE}.pdf", f"{RARE}-审核单.pdf"}
    assert gone < before
    assert {path.name for path in elsewhere.glob("*.pdf")} == (before - gone) | {"mine.pdf"}
    assert {path.name for path in branch.glob("*.pdf")} == before
    assert (branch.parent.stat().st_mode & 0o777, branch.stat().st_mode & 0o777) == (0o700, 0o700)


def test_nothing_is_compiled_when_nothing_has_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("compiled")

    assert dossier(root, RARE).exit_code == 0
    monkeypatch.setattr("generator.views.desk.DossierDesk.compile", refuse)
    monkeypatch.setattr("generator.views.desk.DossierDesk.review", refuse)
    result = dossier(root, RARE)
    assert result.exit_code == 0, result.output
    assert "未变 1 份" in result.output


def _files(root: Path) -> dict[Path, bytes]:
    return {path.relative_to(root): path.read_bytes() for path in (root / "build" / "print").rglob("*.pdf")}
