"""A repository's own template that is wrong: its name and line are said, in the site and in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.definitions import template_faults
from generator.diagnostics import JishiError
from generator.prints.page import PrintTemplates
from generator.site.environment import page_environment
from generator.site.pages import PageSet

FAULTS = [
    ("一\n{% if %}\n", "第 2 行：模板写法有错"),
    ("一\n{{ nowhere }}\n", "第 2 行：用了没有的名称"),
    ("一\n\n{{ shown.nowhere.deeper }}\n", "第 3 行：用了没有的名称"),
    ("{% include 'nowhere.html' %}\n", "第 1 行：找不到模板 nowhere.html"),
    ("一\n{{ 1 / 0 }}\n", "第 2 行：模板无法填写"),
    ("{% for a in 3 %}{% endfor %}\n", "第 1 行：模板无法填写"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_in_print(tmp_path: Path, text: str, said: str) -> None:
    folder = tmp_path / "templates" / "print"
    folder.mkdir(parents=True)
    (folder / "contents.html").write_text(text, encoding="utf-8")
    with pytest.raises(JishiError) as caught:
        PrintTemplates((folder,)).html("contents.html", shown={})
    assert caught.value.message.startswith(f"templates/print/contents.html {said}")
    assert str(tmp_path) not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_on_the_site(tmp_path: Path, text: str, said: str) -> None:
    folder = tmp_path / "templates" / "site" / "public"
    folder.mkdir(parents=True)
    (folder / "home.md.j2").write_text(text, encoding="utf-8")
    pages = PageSet()
    pages.add("index.md", "public/home.md.j2", shown={})
    with pytest.raises(JishiError) as caught:
        list(pages.render(page_environment(tmp_path), {}))
    assert caught.value.message.startswith(f"templates/site/public/home.md.j2 {said}")


def test_another_encoding(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "print"
    folder.mkdir(parents=True)
    (folder / "contents.html").write_bytes("档案".encode("gb18030"))
    with pytest.raises(JishiError, match="不是 UTF-8"):
        PrintTemplates((folder,)).html("contents.html")


def test_a_fault_of_the_program_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception below a shipped template is nothing the user can mend."""
    monkeypatch.setattr(template_faults, "shipped_root", lambda: tmp_path)
    folder = tmp_path / "templates" / "print"
    folder.mkdir(parents=True)
    (folder / "contents.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        PrintTemplates((folder,)).html("contents.html")
    (folder / "cover.html").write_text("{{ nowhere }}", encoding="utf-8")
    with pytest.raises(JishiError, match=r"cover\.html（随程序安装） 第 1 行"):
        PrintTemplates((folder,)).html("cover.html")
