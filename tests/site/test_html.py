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


def sites(public: Path, internal: Path) -> list[Path]:
    found = [
        page for site in (public / "site", internal / "build" / "internal" / "site") for page in site.rglob("*.html")
    ]
    assert len(found) > 80
    return found


def faults(page: bytes) -> Counter[str]:
    parser = HTMLParser()
    parser.parse(page)
    return Counter(f"{code} {values or ''}" for _, code, values in parser.errors)


def test_no_page_has_a_parse_error(public_demo: Path, internal_demo: Path) -> None:
    found = {page: wrong for page in sites(public_demo, internal_demo) if (wrong := faults(page.read_bytes()))}
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
