"""The public site knows nobody: it opens no personal file, and its bytes hold no name, number or date of birth."""

from __future__ import annotations

import gzip
import html
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.audit.read import load_schemas
from generator.definitions.load import load_definitions
from generator.records.corpus import Corpus, load_corpus
from tests.site.repository import PROJECT, copy_demo, jishi

PRIVATE = ("people", "events", "organisers")
GUARD = """\
import os, sys
PRIVATE = {"people", "events", "organisers"}
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if f"{os.sep}data{os.sep}" in path and PRIVATE & set(path.split(os.sep)):
            with open(os.environ["GUARD_LOG"], "a") as log:
                log.write(path + "\\n")
            raise PermissionError(13, "private", path)
sys.addaudithook(watch)
"""


def guarded(folder: Path) -> dict[str, str]:
    """An environment in which every Python process refuses to open personal files, MkDocs' included."""
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(PROJECT)]), "GUARD_LOG": str(folder / "log")}


def test_no_personal_file_is_opened(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "repo")
    (tmp_path / "guard").mkdir()
    environment = guarded(tmp_path / "guard")
    result = jishi(root, "site", environment=environment)
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "guard" / "log").exists()
    jishi(root, "check", environment=environment)
    assert (tmp_path / "guard" / "log").read_text(encoding="utf-8"), "the guard itself must work"


def test_the_site_is_the_same_without_the_personal_folders(tmp_path: Path, public_demo: Path) -> None:
    root = copy_demo(tmp_path / "repo", blanks=public_demo)
    removed = [folder for name in PRIVATE for folder in (root / "data").rglob(name)]
    assert len(removed) > 10
    for folder in removed:
        shutil.rmtree(folder)
    assert jishi(root, "site").returncode == 0
    assert tree(root / "site") == tree(public_demo / "site")


def tree(site: Path) -> dict[str, bytes]:
    """Content of every file."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT, load_schemas(PROJECT, load_definitions(PROJECT)))


def personal_values(corpus: Corpus) -> dict[str, set[str]]:
    """Everything that must not be found, by kind."""
    people = corpus.people.values()
    names = {p.name for p in people} | {str(o.fields["name"]) for o in corpus.organisers.values() if "name" in o.fields}
    names |= {str(name) for p in people for name in p.get("former_names") or ()}
    ids = {p.id for p in people} | set(corpus.organisers) | set(corpus.aliases)
    births = {form for p in people if p.born for form in forms(p.born)}
    return {"names": names, "ids": ids, "births": births}


def forms(day: date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
    )


def readings(content: bytes) -> str:
    """All ways in which a browser or a search worker reads these bytes, without the marks of the word segmenter."""
    text = content.decode("utf-8", errors="ignore")
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), text)
    return "\n".join(part.replace("\u200b", "") for part in (text, unescaped, html.unescape(unescaped)))


def test_nothing_personal_in_any_byte(public_demo: Path, corpus: Corpus) -> None:
    wanted = personal_values(corpus)
    assert len(wanted["names"]) > 100
    assert len(wanted["ids"]) > 100
    assert len(wanted["births"]) > 100
    files = [path for path in (public_demo / "site").rglob("*") if path.is_file()]
    assert any(path.name == "search_index.json" for path in files)
    assert any(path.suffix == ".gz" for path in files)
    for path in files:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = readings(content)
        found = [value for values in wanted.values() for value in values if value in text]
        assert not found, f"{path}: {found}"


def test_the_search_would_find_them(internal_demo: Path, corpus: Corpus) -> None:
    """The same search over the internal site finds names and numbers, in pages and in the segmented index."""
    site, wanted = internal_demo / "build" / "internal" / "site", personal_values(corpus)
    page = readings((site / "checklists" / "cs-ug1" / "index.html").read_bytes())
    index = readings((site / "search" / "search_index.json").read_bytes())
    assert any(value in page for value in wanted["ids"])
    assert any(value in page for value in wanted["names"])
    assert any(value in index for value in wanted["names"])
