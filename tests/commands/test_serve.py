"""`jishi serve` as a user runs it: a process, its address, edits of files, what the browser is given then."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.site.repository import AS_OF, BRANCH, PERSON, PROJECT, TINY, write_records

PATIENCE = 300
"""Seconds after which something that should be there counts as absent; no figure of speed."""
LIST = "checklists/wx-ug/"
"""Below the address of the internal site."""
PEOPLE = "data/wx/wx-ug/people"
GLOSSARY, MATERIALS = "schema/glossary.yaml", "schema/materials.yaml"


@dataclass
class Running:
    root: Path
    process: subprocess.Popen[str]
    port: int
    internal: str
    """Path of the internal site, as it is told at the start."""

    @property
    def list(self) -> str:
        return self.internal + LIST

    def get(self, path: str, host: str = "127.0.0.1", **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest("GET", path, skip_host=True)
            for name, value in {"Host": host, **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def until(self, path: str, holds: Callable[[str], object]) -> str:
        """The page, as soon as `holds` is true of it."""
        end, text = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            assert self.process.poll() is None, "the server has ended"
            text = self.get(path)[1]
            if holds(text):
                return text
            time.sleep(0.2)
        raise AssertionError(f"{path} never came to be as expected: {banner(text) or text[:2000]}")


def banner(text: str) -> str:
    """What a page says is wrong."""
    found = re.search(r'<section class="jishi-live".*?</section>', text, re.DOTALL)
    return re.sub(r"<[^>]*>", "", found.group()) if found else ""


def start(root: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "serve", "--as-of", AS_OF, "--root", str(root), *more]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def serving(root: Path) -> Running:
    process = start(root, "--port", "0")
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
    assert found, said
    inside = re.search(r"http://127\.0\.0\.1:\d+(/internal/[^/]+/)", process.stdout.readline())
    assert inside
    return Running(root, process, int(found.group(1)), inside.group(1))


def copy(root: Path) -> Path:
    write_records(root, TINY)
    (root / "schema").mkdir()
    for name in (GLOSSARY, MATERIALS):
        shutil.copy(PROJECT / name, root / name)
    return root


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = serving(copy(tmp_path_factory.mktemp("serve")))
    yield server
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == ""


def test_both_sites_are_served_and_their_style_sheets(running: Running) -> None:
    assert "发展党员工作手册" in running.until("/", lambda text: "发展党员工作手册" in text)
    assert "卓书言" in running.until(running.list, lambda text: "卓书言" in text)
    status, css = running.get("/assets/jishi/base.css")
    assert status == 200
    assert "{" in css


def test_an_edited_person_shows_on_the_checklist(running: Running) -> None:
    path = running.root / PEOPLE / "2024010101.yaml"
    path.write_text(PERSON.replace("卓书言", "卓知行"), encoding="utf-8")
    assert "卓书言" not in running.until(running.list, lambda text: "卓知行" in text)


def test_a_new_person_comes_and_a_deleted_one_goes(running: Running) -> None:
    path = running.root / PEOPLE / "2024010102.yaml"
    draft = path.with_suffix(".yaml.tmp")
    draft.write_text(PERSON.replace("卓书言", "温若川").replace("卓知行", "温若川"), encoding="utf-8")
    draft.rename(path)  # as many editors save
    running.until(running.list, lambda text: "温若川" in text)
    path.unlink()
    running.until(running.list, lambda text: "温若川" not in text)


def test_an_invalid_record_is_told_on_its_page_until_it_is_mended(running: Running) -> None:
    path = running.root / PEOPLE / "2024010101.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("born: 2004-03-09", "born: 2004-13-09"), encoding="utf-8")
    text = running.until(running.list, banner)
    assert f"{PEOPLE}/2024010101.yaml 第 4 行" in banner(text)
    path.write_text("name: [\n", encoding="utf-8")
    running.until(running.list, lambda text: "YML" in banner(text))
    assert running.get("/")[0] == 200
    path.write_text(whole, encoding="utf-8")
    running.until(running.list, lambda text: not banner(text))


def test_public_pages_tell_nothing_of_people(running: Running) -> None:
    path = running.root / PEOPLE / "2024010101.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("born: 2004-03-09", "born: 2004-13-09"), encoding="utf-8")
    running.until(running.list, banner)
    assert "2024010101" not in running.get("/")[1]
    path.write_text(whole, encoding="utf-8")
    running.until(running.list, lambda text: not banner(text))


def test_a_fault_in_the_organisation_is_told_with_its_line(running: Running) -> None:
    path = running.root / "data/wx/wx-ug/branch.yaml"
    path.write_text(BRANCH.replace("kind: undergraduate", "kind: astronaut"), encoding="utf-8")
    text = running.until("/", banner)
    assert "data/wx/wx-ug/branch.yaml 第 2 行" in banner(text)
    path.write_text(BRANCH, encoding="utf-8")
    running.until("/", lambda text: not banner(text))


def test_an_edit_of_the_definitions_shows_in_the_handbook(running: Running) -> None:
    path = running.root / GLOSSARY
    whole = path.read_text(encoding="utf-8")
    word = re.search(r"(?m)^\s*-?\s*\{?(?:term|name|word|title): *[\"']?([^\s\"',}]+)", whole)
    assert word, "the glossary has another form now"
    path.write_text(whole.replace(word.group(1), "试改的词"), encoding="utf-8")
    running.until("/glossary/", lambda text: "试改的词" in text)
    path.write_text(whole + "\n  : [\n", encoding="utf-8")
    assert "glossary.yaml" in banner(running.until("/glossary/", banner))
    path.write_text(whole, encoding="utf-8")
    running.until("/glossary/", lambda text: not banner(text) and "试改的词" not in text)


def test_an_edit_of_what_the_procedure_rests_on_is_drawn_and_not_only_built(running: Running) -> None:
    path = running.root / MATERIALS
    whole = path.read_text(encoding="utf-8")
    running.until("/materials/", lambda text: "入党申请书" in text)
    path.write_text(whole.replace("title: 入党申请书", "title: 试改的申请书"), encoding="utf-8")
    running.until("/materials/", lambda text: "试改的申请书" in text)
    built = running.root / "build" / "preview" / "public" / "docs" / "materials.md"
    assert not built.is_file() or "试改的申请书" not in built.read_text(encoding="utf-8"), (
        "the page came with the whole site"
    )
    path.write_text(whole, encoding="utf-8")
    running.until("/materials/", lambda text: "试改的申请书" not in text)


def test_a_page_drawn_is_the_page_built_so_that_nothing_is_shown_twice(running: Running) -> None:
    path, url = running.root / MATERIALS, "procedure/application/"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("title: 入党申请书", "title: 再改的申请书"), encoding="utf-8")
    drawn = running.until(f"/{url}", lambda text: "再改的申请书" in text)
    built, end = running.root / "build/preview/public/shown" / url / "index.html", time.monotonic() + PATIENCE
    while (text := built.read_text(encoding="utf-8") if built.is_file() else "").count("再改的申请书") == 0:
        assert time.monotonic() < end
        time.sleep(0.5)
    assert re.sub(r'<script src="/\.live/.*?</script>', "", drawn) == text
    assert running.get(f"/{url}")[1] == drawn
    path.write_text(whole, encoding="utf-8")
    running.until(f"/{url}", lambda text: "再改的申请书" not in text)


def test_a_faulty_template_is_told_with_its_line(running: Running) -> None:
    own = running.root / "templates" / "site" / "public" / "about.md.j2"
    own.parent.mkdir(parents=True)
    time.sleep(0.5)
    own.write_text("# 关于\n\n自己的一页\n", encoding="utf-8")
    running.until("/about/", lambda text: "自己的一页" in text)
    own.write_text("# 关于\n\n{% if %}\n", encoding="utf-8")
    text = running.until("/about/", banner)
    assert "about.md.j2 第 3 行" in banner(text)
    own.unlink()
    running.until("/about/", lambda text: not banner(text) and "自己的一页" not in text)


def test_the_browser_is_told_of_an_edit(running: Running) -> None:
    page = running.until(running.list, lambda text: "/.live/events" in text)
    found = re.search(r'data-events="([^"]+)"', page)
    assert found
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    connection.request("GET", found.group(1).replace("&amp;", "&"))
    stream = connection.getresponse()
    path = running.root / PEOPLE / "2024010101.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("born: 2004-03-09", "born: 2004-13-09"), encoding="utf-8")
    while (line := stream.readline()) and not line.startswith(b"data:"):
        pass
    assert line.startswith(b"data:")
    connection.close()
    path.write_text(path.read_text(encoding="utf-8").replace("born: 2004-13-09", "born: 2004-03-09"), encoding="utf-8")


def test_the_whole_site_follows_without_the_script_in_its_files(running: Running) -> None:
    running.get("/")
    shown = running.root / "build" / "preview" / "public" / "shown"
    end = time.monotonic() + PATIENCE
    while not (shown / "search" / "search_index.json").is_file() and time.monotonic() < end:
        time.sleep(0.5)
    pages = list(shown.rglob("*.html"))
    assert pages
    assert not [page for page in pages if ".live/" in page.read_text(encoding="utf-8")]
    assert running.get("/search/search_index.json")[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_host_is_refused(running: Running, host: str) -> None:
    status, text = running.get("/", host=host)
    assert status == 403
    assert "本机" in text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:8000"])
def test_names_of_this_machine_are_served(running: Running, host: str) -> None:
    assert running.get("/", host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../../data/organisation.yaml",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/data/organisation.yaml",
        "/assets/..%2f..%2f..%2f..%2f..%2fdata/organisation.yaml",
        "{internal}../../../../data/organisation.yaml",
        "//etc/passwd",
        "/" + quote("/etc/passwd", safe=""),
        "{internal}.lock",
        "{internal}.key",
        "/.live/events?site=internal&page=&seen=",
        "/.live/events?site=internal&key=0&page=&seen=",
        "/..%5cdata",
        "/%00",
        "/.live/events?site=internal&page=../../&seen=",
    ],
)
def test_nothing_outside_the_sites_is_served(running: Running, path: str) -> None:
    status, text = running.get(path.replace("{internal}", running.internal))
    assert status == 404
    assert "临川学院" not in text


@pytest.mark.parametrize(
    "path", ["/internal", "/internal/", f"/internal/{LIST}", f"/internal/{'0' * 32}/{LIST}", "/internal/%ff/"]
)
def test_who_does_not_know_the_address_sees_nothing_internal(running: Running, path: str) -> None:
    """The port is open to all users of this machine."""
    status, text = running.get(path)
    assert status == 403
    assert running.internal.split("/")[2] not in text
    assert "wx-ug" not in text


def test_no_public_page_tells_the_address_of_the_internal_site(running: Running) -> None:
    key = running.internal.split("/")[2]
    assert len(key) >= 32
    assert key not in running.get("/")[1]
    kept = running.root / "build" / "preview" / ".key"
    assert kept.read_text(encoding="ascii") == key
    assert kept.stat().st_mode & 0o777 == 0o600


def test_other_sites_are_told_nothing_of_edits(running: Running) -> None:
    assert running.get("/.live/events?site=public&page=", **{"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_everything_is_written_below_the_preview_and_for_its_owner_alone(running: Running) -> None:
    running.until(running.list, lambda text: "卓知行" in text or "卓书言" in text)
    assert not (running.root / "site").exists()
    assert sorted(path.name for path in (running.root / "build").iterdir()) == ["preview"]
    assert (running.root / "build" / "preview").stat().st_mode & 0o077 == 0


def test_a_second_preview_of_the_same_records_is_refused(running: Running) -> None:
    other = start(running.root, "--port", "0")
    _, said = other.communicate(timeout=PATIENCE)
    assert other.returncode == 2
    assert said.startswith("错误：这个记录仓库已有一个预览在运行")


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    write_records(tmp_path, TINY)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(tmp_path, "--port", str(port))
        out, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert said.splitlines()[0] == f"错误：端口 {port} 已被占用"
    assert out == ""


def test_records_that_cannot_be_read_from_the_start_have_a_page_and_can_be_mended(tmp_path: Path) -> None:
    write_records(tmp_path, {**TINY, "organisation.yaml": "name: [\n"})
    server = serving(tmp_path)
    try:
        text = server.until("/", banner)
        assert "data/organisation.yaml" in banner(text)
        write_records(tmp_path, {"organisation.yaml": TINY["organisation.yaml"]})
        assert "临川学院" in server.until("/", lambda text: not banner(text))
    finally:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 128 + signal.SIGTERM
