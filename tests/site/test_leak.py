"""The public site knows nobody: it opens no personal file, and its bytes hold no name, number or date of birth."""

from __future__ import annotations

import gzip
import html
import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from generator.audit.read import load_schemas
from generator.definitions.load import load_definitions
from generator.records.corpus import Corpus, load_corpus
from generator.site import build
from generator.site.settings import SiteFolders
from tests.commands.college import jishi as run
from tests.site.guard import PRIVATE, log_of, watched
from tests.site.repository import AS_OF, PROJECT, TINY, copy_demo, jishi, write_records


def test_no_personal_file_is_opened(tmp_path: Path, public_demo: Path) -> None:
    assert (public_demo / "site" / "index.html").is_file()
    assert not log_of(public_demo).exists()
    root = write_records(tmp_path, TINY)
    jishi(root, "check", environment=watched(root))
    assert "2024010101" in log_of(root).read_text(encoding="utf-8"), "the guard itself must work"


def test_the_site_is_the_same_without_the_personal_folders(
    tmp_path: Path, public_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_demo(tmp_path / "repo", blanks=public_demo)
    removed = [folder for name in PRIVATE for folder in (root / "data").rglob(name)]
    assert len(removed) > 10
    for folder in removed:
        shutil.rmtree(folder)
    asked: list[SiteFolders] = []
    monkeypatch.setattr(build, "run_mkdocs", lambda folders, as_of: asked.append(folders))
    assert run("site", "--as-of", AS_OF, root=root).exit_code == 0
    assert len(asked) == 1
    made = what_mkdocs_is_given(root)
    assert len([path for path in made if path.endswith(".md")]) > 40
    assert made == what_mkdocs_is_given(public_demo)


def what_mkdocs_is_given(root: Path) -> dict[str, bytes]:
    """Content of every file."""
    folder = root / "build" / "public"
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".stands")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


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


def parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """What a file holds as it is read: unpacked, and of a PDF text, properties and what is attached."""
    if content.startswith(b"\x1f\x8b"):
        yield from parts(f"{name}!", gzip.decompress(content))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from parts(f"{name}!{inner}", archive.read(inner))
    elif content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield f"{name}!text", "".join(page.extract_text() for page in reader.pages).encode()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            yield f"{name}!properties", " ".join(str(value) for value in pdf.docinfo.values()).encode()
            yield f"{name}!metadata", bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
            for inner in pdf.attachments:
                yield from parts(f"{name}!{inner}", pdf.attachments[inner].get_file().read_bytes())
    else:
        yield name, content


def any_of(wanted: dict[str, set[str]]) -> re.Pattern[str]:
    """One search for all of them takes a fifth of the time of one for each."""
    return re.compile("|".join(re.escape(value) for values in wanted.values() for value in values))


def test_nothing_personal_in_any_byte(public_demo: Path, corpus: Corpus) -> None:
    wanted = personal_values(corpus)
    assert len(wanted["names"]) > 100
    assert len(wanted["ids"]) > 100
    assert len(wanted["births"]) > 100
    files = [path for path in (public_demo / "site").rglob("*") if path.is_file()]
    assert any(path.name == "search_index.json" for path in files)
    assert {".gz", ".svg", ".html"} <= {path.suffix for path in files}
    blank = Counter(path.suffix for path in files if path.parent.name == "forms")
    assert blank[".pdf"] > 40
    assert blank[".docx"] > 20
    read, anything = set(), any_of(wanted)
    for path in files:
        for name, content in parts(path.name, path.read_bytes()):
            read.add(name.rpartition("!")[2])
            found = anything.findall(readings(content))
            assert not found, f"{path} {name}: {found}"
    assert {"text", "properties", "metadata", "word/document.xml", "docProps/core.xml"} <= read
    assert any(name.endswith(".yaml") for name in read), "what is attached to blank forms"


def test_the_search_would_find_them(internal_demo: Path, corpus: Corpus) -> None:
    """The same search over the internal site finds names and numbers, in pages and in the segmented index."""
    site, wanted = internal_demo / "build" / "internal" / "site", personal_values(corpus)
    page = readings((site / "checklists" / "cs-ug1" / "index.html").read_bytes())
    index = readings((site / "search" / "search_index.json").read_bytes())
    assert any(value in page for value in wanted["ids"])
    assert any(value in page for value in wanted["names"])
    assert any(value in index for value in wanted["names"])
    assert any_of({"names": wanted["names"]}).search(index)
    assert any_of({"ids": wanted["ids"]}).search(page)
    (sheet,) = [b for name, b in parts("a", (site / "exports/cs-ug1.xlsx").read_bytes()) if "sharedStrings" in name]
    assert any(value in readings(sheet) for value in wanted["names"])


def test_what_names_people_is_closed_to_others(internal_demo: Path, internal_offline: Path) -> None:
    for folder in (internal_demo / "build" / "internal", internal_offline.parent):
        assert (folder / "site" / "index.html").is_file()
        # The site is copied to where it is read, without the folder around it.
        for closed in (folder, folder / "site"):
            assert closed.stat().st_mode & 0o777 == 0o700, closed
