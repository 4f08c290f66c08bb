"""The built pages are valid HTML: no parse error, and no conformance error beyond the theme's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from tinyhtml5.parser import HTMLParser

THEME = (
    # The switches of the menu and of the search are checkboxes with `autocomplete`.
    "Attribute “autocomplete” is only allowed when the input type is",
    # The heading of an open section in the navigation.
    "Bad value “” for attribute “tabindex” on element “label”",
    # The same on the page of a section.
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control",
)
"""What the checker says of every page of the theme."""
JAR = os.environ.get("VNU_JAR", "/usr/share/java/vnu.jar")


def pages(public: Path, internal: Path) -> dict[Path, bytes]:
    """The pages of both sites; those that are the same in both but for the navigation, once."""
    found: dict[bytes, tuple[Path, bytes]] = {}
    for site in (public / "site", internal / "build" / "internal" / "site"):
        for page in site.rglob("*.html"):
            content = page.read_bytes()
            found[content.partition(b"<article")[2].partition(b"</article>")[0]] = page, content
    assert len(found) > 50
    return dict(found.values())


def faults(page: bytes) -> Counter[str]:
    parser = HTMLParser()
    parser.parse(page)
    return Counter(f"{code} {values or ''}" for _, code, values in parser.errors)


def test_no_page_has_a_parse_error(public_demo: Path, internal_demo: Path) -> None:
    found = {page: wrong for page, content in pages(public_demo, internal_demo).items() if (wrong := faults(content))}
    assert found == {}


def test_a_parse_error_is_noticed() -> None:
    assert faults(b"<!doctype html><title>a</title><p><ul></ul></p>")
    assert not faults(b"<!doctype html><title>a</title><p>b</p>")


def test_the_checker_says_nothing_but_of_the_theme(public_demo: Path, internal_demo: Path) -> None:
    """With Java and the checker of validator.nu (npm `vnu-jar`), named by VNU_JAR."""
    if shutil.which("java") is None or not Path(JAR).is_file():
        pytest.skip(
            "没有 Java 或 vnu.jar：npm pack vnu-jar，解压后用环境变量 VNU_JAR 指明 vnu.jar（apt-get install default-jre-headless）"
        )
    for site in (public_demo / "site", internal_demo / "build" / "internal" / "site"):
        command = [
            "java",
            "-jar",
            JAR,
            "--format",
            "json",
            "--errors-only",
            "--skip-non-html",
            "--exit-zero-always",
            str(site),
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        messages = json.loads(said)["messages"]
        assert any(message["message"].startswith(THEME[0]) for message in messages), "the checker must have looked"
        ours = [message for message in messages if not message["message"].startswith(THEME)]
        assert [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in ours] == []
