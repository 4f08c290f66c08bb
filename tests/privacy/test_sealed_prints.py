"""Sealed values are printed with a key at hand, apart and for their owner alone; nothing of them is left anywhere else."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from generator.diagnostics import JishiError
from generator.prints import sealed_store as store_module
from generator.prints.endings import Ended
from generator.prints.fonts import FOLDERS_VARIABLE, fandol_folder
from generator.prints.glyphs import MissingGlyphError
from generator.prints.sealed_store import SEALED, print_sealed, quietly, sealed_store
from generator.prints.sheaf import Sheaf
from tests.audit.case_files import PERSON
from tests.commands.college import college
from tests.privacy.invented import ADDRESS, MOBILE, NUMBER
from tests.privacy.sealing import SEALED as AGE
from tests.privacy.sealing import SOMEBODY, Key, allow, files_with, make_key, run, seal

AS_OF = ("--as-of", "2024-01-10")
VALUES = (NUMBER, MOBILE, ADDRESS)
PLAIN = Path("build") / "print" / "ug-1" / f"{SOMEBODY}.pdf"
APART = SEALED / "ug-1" / f"{SOMEBODY}.pdf"


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def says(path: Path) -> list[str]:
    """Which of the values a print shows; line ends of a narrow box make no difference."""
    text = text_of(path)
    return [value for value in VALUES if value in text]


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


class Printed:
    """Where a dossier was printed without and with the key, the places for scratch files and what is kept between runs."""

    def __init__(self, base: Path, key: Key, other: Key) -> None:
        self.root = base / "records"
        self.scratch = base / "scratch"
        self.kept = base / "kept"
        self.key = key
        self.other = other
        self.without = ""
        self.with_key = ""


def leave_register_to_print(root: Path) -> None:
    """The register has places for the values; a dossier holds it only while no original of it is on record."""
    path = root / PERSON
    text = path.read_text(encoding="utf-8")
    assert "M15" in text
    path.write_text(re.sub(r",? *materials: \[M15\]|(?m:^ *materials:\n *- M15\n)", "", text), encoding="utf-8")
    assert "M15" not in path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, module_patch: pytest.MonkeyPatch) -> Printed:
    from generator.privacy import identity_number
    from tests.privacy.invented import REGION

    module_patch.setattr(identity_number, "REGIONS", frozenset((REGION,)))
    base = tmp_path_factory.mktemp("printed")
    keys = tmp_path_factory.mktemp("keys")
    (keys / "a").mkdir()
    (keys / "b").mkdir()
    made = Printed(base, make_key(keys / "a"), make_key(keys / "b"))
    college(made.root, head={"sex": "女"})
    leave_register_to_print(made.root)
    allow(made.root, made.key)
    assert seal(made.root).exit_code == 0
    made.scratch.mkdir()
    module_patch.setenv(FOLDERS_VARIABLE, str(fandol_folder()))
    module_patch.setenv("TMPDIR", str(made.scratch))
    module_patch.setenv("XDG_CACHE_HOME", str(made.kept))
    module_patch.setenv("JISHI_CACHE", "on")
    first = run(made.root, "dossier", SOMEBODY, *AS_OF)
    assert first.exit_code == 0, first.output
    made.without = first.output
    second = run(made.root, "dossier", SOMEBODY, *AS_OF, "--identity", made.key.file)
    assert second.exit_code == 0, second.output
    made.with_key = second.output
    return made


def test_without_a_key_it_is_printed_that_something_is_sealed(printed: Printed) -> None:
    path = printed.root / PLAIN
    assert text_of(path).count("（密封）") == 3
    assert says(path) == []
    assert "没有密钥" in printed.without
    assert "（密封）" in printed.without


def test_with_the_key_the_values_are_printed_apart(printed: Printed) -> None:
    path = printed.root / APART
    assert says(path) == list(VALUES)
    assert "（密封）" not in text_of(path)
    assert "build/sealed/" in printed.with_key
    assert "用后请删除" in printed.with_key


def test_such_prints_are_for_their_owner_alone(printed: Printed) -> None:
    for folder in (printed.root / SEALED, (printed.root / APART).parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((printed.root / APART).stat().st_mode) == 0o600
    assert [path.name for path in (printed.root / SEALED).rglob("*")] == ["ug-1", APART.name]


def test_the_attached_records_hold_nothing_sealed(printed: Printed) -> None:
    attached = PdfReader(printed.root / APART).attachments
    assert attached
    for contents in attached.values():
        for content in contents:
            text = content.decode("utf-8")
            assert "step" in text
            assert not [value for value in VALUES if value in text]
    assert attached == PdfReader(printed.root / PLAIN).attachments


def test_nothing_of_it_is_left_anywhere_else(printed: Printed) -> None:
    assert list(printed.kept.rglob("*")) or list((printed.root / "build" / "print").rglob("*.json"))
    assert files_with(printed.root, *VALUES) == []
    assert files_with(printed.scratch, *VALUES) == []
    assert files_with(printed.kept, *VALUES) == []
    others = [path for path in (printed.root / "build").rglob("*.pdf") if path != printed.root / APART]
    assert others
    assert [path for path in others if says(path)] == []
    metadata = str(PdfReader(printed.root / APART).metadata)
    assert "Title" in metadata
    assert not [value for value in VALUES if value in metadata]


def test_nothing_of_it_is_ever_bundled(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even with the key at hand, and with the print that shows the values lying there."""
    assert says(printed.root / APART) == list(VALUES)
    monkeypatch.setenv("JISHI_IDENTITY", str(printed.key.file))
    result = run(printed.root, "bundle", SOMEBODY, *AS_OF)
    assert result.exit_code == 0, result.output
    made = printed.root / "build" / "bundles" / SOMEBODY
    prints = [path for path in made.rglob("*") if path.suffix == ".pdf"]
    assert {"dossiers.pdf", "审核单.pdf", "ledger.pdf", "labels.pdf", f"{SOMEBODY}.pdf"} == {
        path.name for path in prints
    }
    assert [path for path in prints if says(path)] == []
    assert text_of(made / "dossiers.pdf").count("（密封）") == 3
    table = str(CalamineWorkbook.from_path(made / "ledger.xlsx").get_sheet_by_index(0).to_python())
    assert SOMEBODY in table
    assert not [value for value in VALUES if value in table]
    assert files_with(made, *VALUES) == []


def test_it_is_never_taken_for_current(printed: Printed) -> None:
    again = run(printed.root, "dossier", SOMEBODY, *AS_OF, "--identity", printed.key.file)
    assert "生成 1 份" in again.output
    assert "未变 1 份" in run(printed.root, "dossier", SOMEBODY, *AS_OF).output


def test_the_variable_names_the_key_too(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISHI_IDENTITY", str(printed.key.file))
    result = run(printed.root, "form", "M15", SOMEBODY, *AS_OF)
    assert result.exit_code == 0, result.output
    (path,) = (printed.root / SEALED / "ug-1").glob("*M15*.pdf")
    assert says(path) == list(VALUES)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list((printed.root / "build" / "print").rglob("*M15*.pdf"))


@pytest.mark.parametrize("command", ["dossier", "form"])
@pytest.mark.parametrize("trouble", ["wrong key", "tampered", "somebody else's"])
def test_what_cannot_be_opened_is_not_printed(printed: Printed, tmp_path: Path, trouble: str, command: str) -> None:
    root = college(tmp_path / "records", head={"sex": "女"})
    allow(root, printed.key)
    assert seal(root).exit_code == 0
    age, key = root / AGE, printed.key.file
    if trouble == "wrong key":
        key = printed.other.file
    elif trouble == "tampered":
        lines = age.read_bytes().splitlines(keepends=True)
        age.write_bytes(b"".join([*lines[:-3], *lines[-2:]]))
    else:
        from generator.privacy.blocks import seal as block
        from generator.privacy.recipients import read_recipients

        age.write_bytes(block("2099999999", {"mobile": MOBILE}, read_recipients(root)))
    words = ("M15", SOMEBODY) if command == "form" else (SOMEBODY,)
    result = run(root, command, *words, *AS_OF, "--identity", key)
    assert result.exit_code == 1, result.output
    assert AGE in result.stderr
    sheets = (f"{SOMEBODY}-审核单.pdf",) if command == "dossier" else ()
    assert tuple(path.name for path in (root / "build").rglob("*.pdf")) == sheets


def test_an_unusable_key_stops_before_anything_is_made(printed: Printed, tmp_path: Path) -> None:
    for key in (tmp_path / "none", printed.root / "data" / "recipients.txt"):
        result = run(printed.root, "dossier", SOMEBODY, *AS_OF, "--identity", key)
        assert result.exit_code == 2
        assert "密钥" in result.stderr


# Drafts and signals


def test_drafts_are_swept_however_it_ends(tmp_path: Path) -> None:
    def stop() -> None:
        with sealed_store(tmp_path / "sealed") as private:
            (private.folder / "ug-1").mkdir()
            draft = private.folder / "ug-1" / ".writing-x"
            draft.write_text("x", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert [p.name for p in (tmp_path / "sealed").rglob("*")] == ["ug-1"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_tidies_up(tmp_path: Path, number: signal.Signals) -> None:
    def stop() -> None:
        with sealed_store(tmp_path / "sealed") as private:
            (private.folder / ".writing-x").write_text("x", encoding="utf-8")
            os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as ended:
        stop()
    assert isinstance(ended.value, Ended)
    assert ended.value.code == 128 + number
    assert list((tmp_path / "sealed").iterdir()) == []
    assert signal.getsignal(number) is before


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "sealed" / "ug-1"
    folder.mkdir(parents=True, mode=0o755)
    (folder / ".writing-x").write_text("x", encoding="utf-8")
    with sealed_store(tmp_path / "sealed") as private:
        assert not (folder / ".writing-x").exists()
        path = private.put("ug-1", "甲", "key", b"%PDF")
        assert path.read_bytes() == b"%PDF"
    assert stat.S_IMODE((tmp_path / "sealed").stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "words", [("dossier", SOMEBODY), ("bundle", SOMEBODY), ("form", "M15", SOMEBODY), ("form", "M15", "--blank")]
)
def test_what_a_killed_run_left_goes_with_the_next_print_without_a_key(
    printed: Printed, tmp_path: Path, words: tuple[str, ...]
) -> None:
    root = college(tmp_path / "records", head={"sex": "女"})
    folder = root / SEALED / "ug-1"
    folder.mkdir(parents=True)
    (folder / ".writing-x").write_text("x", encoding="utf-8")
    (folder / "whole.pdf").write_text("x", encoding="utf-8")
    result = run(root, *words, *(() if "--blank" in words else AS_OF))
    assert result.exit_code == 0, result.output
    assert [path.name for path in folder.iterdir()] == ["whole.pdf"]


KILLED = """
import os, signal, sys
from pathlib import Path
from generator.prints.sealed_store import SealedStore
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
SealedStore(Path(sys.argv[1])).put("ug-1", "name", "key", b"%PDF")
"""


def without_names(folder: Path) -> bool:
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
    except (AttributeError, OSError):
        return False
    return True


@pytest.mark.parametrize("before", [b"", b"old"])
def test_nothing_is_left_of_a_run_that_is_killed(tmp_path: Path, before: bytes) -> None:
    if not without_names(tmp_path):
        pytest.skip("no files without a name on this system")
    target = tmp_path / "ug-1" / "name.pdf"
    target.parent.mkdir()
    if before:
        target.write_bytes(before)
    ended = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [path.read_bytes() for path in target.parent.iterdir()] == ([before] if before else [])


@pytest.mark.parametrize("lacking", ["nothing", "O_TMPFILE", "link"])
def test_a_print_is_replaced_whatever_the_system_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    def refuse(*names: object, **options: object) -> None:
        raise PermissionError

    if lacking == "O_TMPFILE":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif lacking == "link":
        monkeypatch.setattr(os, "link", refuse)
    store = store_module.SealedStore(tmp_path)
    for content in (b"%PDF 1", b"%PDF 2"):
        path = store.put("ug-1", "甲", "key", content)
        assert [one.name for one in path.parent.iterdir()] == ["甲.pdf"]
        assert path.read_bytes() == content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_draft_is_nobody_elses_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    real = os.fsync

    def fsync(handle: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        real(handle)

    monkeypatch.setattr("os.fsync", fsync)
    with sealed_store(tmp_path / "sealed") as private:
        private.put("ug-1", "甲", "key", b"%PDF")
    assert modes == [0o600]


# Messages


@pytest.mark.parametrize("error", [MissingGlyphError(("密",)), ValueError(f"page: {MOBILE}"), RuntimeError(NUMBER)])
def test_no_fault_of_printing_repeats_the_page(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sheaf: Sheaf) -> bytes:
        raise error

    monkeypatch.setattr("generator.prints.press.print_pdf", fail)
    sheaf: Sheaf = None  # type: ignore[assignment]
    with pytest.raises(JishiError) as caught:
        print_sealed(sheaf)
    said = caught.value.message + caught.value.hint
    assert not [secret for secret in (MOBILE, NUMBER, "“密”") if secret in said]
    assert caught.value.__cause__ is None

    def make() -> None:
        raise error

    if not isinstance(error, JishiError):
        with pytest.raises(JishiError) as before:
            quietly(make)()
        assert MOBILE not in before.value.message
        assert NUMBER not in before.value.message
