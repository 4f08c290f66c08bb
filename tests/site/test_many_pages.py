"""What hundreds of branches need, seen on a few: pages are written by several processes, and none grows with the number of branches."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bench.college import main as make_college
from generator.audit.audit import run_audit
from generator.diagnostics import JishiError
from generator.records.workers import PROCESSES
from generator.site import pages
from generator.site.environment import page_environment
from generator.site.internal import internal_pages
from generator.site.open_library import open_audit
from generator.site.pages import Made, Page, PageSet, Part, Sum
from tests.site.pages import DAY, public_markdown

SMALL, LARGE = 4, 8


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Branches → a college of so many."""
    found = {}
    for branches in (SMALL, LARGE):
        found[branches] = root = tmp_path_factory.mktemp(f"college-{branches}")
        made = make_college(
            [str(root / "data"), "--people", str(branches * 10), "--branches", str(branches), "--clean"]
        )
        assert made == 0
    return found


@pytest.fixture(scope="module")
def sizes(roots: dict[int, Path]) -> dict[int, dict[str, str]]:
    """Branches → the public pages of a college of so many."""
    return {branches: public_markdown(root) for branches, root in roots.items()}


def test_a_branch_more_is_one_page_more(sizes: dict[int, dict[str, str]]) -> None:
    small, large = sizes[SMALL], sizes[LARGE]
    assert sum(path.startswith("manuals/") for path in small) > SMALL
    assert len(large) - len(small) == LARGE - SMALL


def test_a_manual_is_no_longer_where_there_are_more_branches(sizes: dict[int, dict[str, str]]) -> None:
    longest = {n: max(len(t) for p, t in found.items() if p != "manuals/index.md") for n, found in sizes.items()}
    assert longest[LARGE] < longest[SMALL] * 1.05
    lists = {n: len(found["manuals/index.md"]) for n, found in sizes.items()}
    assert lists[LARGE] - lists[SMALL] < 300 * (LARGE - SMALL), "the list of manuals has a line for each"


def test_the_navigation_which_every_page_carries_is_no_longer(roots: dict[int, Path]) -> None:
    small, large = (_navigation(root) for root in (roots[SMALL], roots[LARGE]))
    assert {"支部清单": ["checklists/index.md"]} in small
    assert {"支部手册": ["manuals/index.md"]} in small
    assert small == large


def _navigation(root: Path) -> list[dict[str, Any]]:
    audit, several = run_audit(root, DAY), PageSet()
    internal_pages(open_audit(root, audit), audit, several)
    return several.nav()


def test_of_a_manual_only_its_beginning_is_searched(sizes: dict[int, dict[str, str]]) -> None:
    manuals = [
        text for path, text in sizes[SMALL].items() if path.startswith("manuals/") and path != "manuals/index.md"
    ]
    assert len(manuals) == SMALL
    for text in manuals:
        headings = [line for line in text.splitlines() if line.startswith(("## ", "### ")) and "{:" in line]
        assert len(headings) > 25
        assert [line for line in headings if "data-search-exclude" not in line] == []


def glossary(number: int) -> PageSet:
    several = PageSet()
    for n in range(number):
        several.add(f"words/{n}.md", "public/glossary.md.j2", groups=(), terms=(), n=n)
    return several


def test_several_processes_write_the_same_as_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site" / "public" / "glossary.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# {{ n }}\n\n[前一页]({{ link('words/0.md') }})\n", encoding="utf-8")
    monkeypatch.setattr(pages, "SHARED_OUT", 10)
    found = {}
    for processes in ("1", "3"):
        monkeypatch.setenv(PROCESSES, processes)
        found[processes] = dict(glossary(20).render(page_environment(tmp_path), {}))
    assert len(found["1"]) == 20
    assert found["1"]["words/7.md"] == "# 7\n\n[前一页](0.md)\n".encode()
    assert list(found["1"].items()) == list(found["3"].items())


def parts_and_their_sum(number: int) -> PageSet:
    def made(n: int) -> Made:
        return Made({"n": n}, {f"beside/{n}.txt": b"beside"}, told=n)

    several = PageSet()
    several.pages = [
        Page("sum.md", "public/glossary.md.j2", Sum(lambda told: {"n": f"sum of {len(told)}: {sum(told)}"})),
        *(Page(f"words/{n}.md", "public/glossary.md.j2", Part(partial(made, n))) for n in range(number)),
    ]
    return several


@pytest.mark.parametrize("processes", ["1", "3"])
def test_parts_are_made_where_they_are_drawn_and_tell_their_share(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, processes: str
) -> None:
    own = tmp_path / "templates" / "site" / "public" / "glossary.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# {{ n }}\n", encoding="utf-8")
    monkeypatch.setattr(pages, "SHARED_OUT", 10)
    monkeypatch.setenv(PROCESSES, processes)
    environment, wanted = page_environment(tmp_path), parts_and_their_sum(20)
    found = dict(wanted.render(environment, {}))
    assert len(found) == 41
    assert found["words/7.md"] == b"# 7\n"
    assert found["beside/7.txt"] == b"beside"
    assert found["sum.md"] == b"# sum of 20: 190\n"
    assert [page.values.told for page in wanted.pages if isinstance(page.values, Part)] == list(range(20))


def test_a_sum_alone_asks_each_part_once(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site" / "public" / "glossary.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# {{ n }}\n", encoding="utf-8")
    environment, wanted = page_environment(tmp_path), parts_and_their_sum(3)
    asked: list[Callable[[], Made]] = []

    def counted(make: Callable[[], Made]) -> Made:
        asked.append(make)
        return make()

    for page in wanted.pages:
        if isinstance(page.values, Part):
            page.values.make = partial(counted, page.values.make)
    for _ in range(2):
        found = dict(wanted.render(environment, {}, {"sum.md"}))
        assert found["sum.md"] == b"# sum of 3: 3\n"
        assert "words/0.md" not in found
    assert len(asked) == 3


def test_a_faulty_template_is_named_by_any_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "site" / "public" / "glossary.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# {{ nowhere }}\n", encoding="utf-8")
    monkeypatch.setattr(pages, "SHARED_OUT", 10)
    monkeypatch.setenv(PROCESSES, "2")
    with pytest.raises(JishiError, match=r"glossary\.md\.j2"):
        list(glossary(20).render(page_environment(tmp_path), {}))
