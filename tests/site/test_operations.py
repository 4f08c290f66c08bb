"""Every operation that the platform's own manual describes has its place here: an operation, a page, an anchor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.definitions.load import load_definitions
from generator.definitions.platform import Platform
from tests.site.pages import public_markdown
from tests.site.repository import PROJECT, TINY, write_records
from tests.site.test_links import read

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "seed_operations.yaml").read_text(encoding="utf-8"))
HEADINGS: list[dict[str, str]] = TABLE["headings"]
SECTIONS = {"一": 6, "二": 10, "三": 13, "四": 9, "五": 4}
"""Section of the manual → how many headings it has."""
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
PLATFORMS = load_definitions(PROJECT).platforms


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return public_markdown(write_records(tmp_path_factory.mktemp("tiny"), TINY))


def anchors(text: str) -> list[str]:
    return re.findall(r"\{: #([a-z0-9_-]+)", text)


def test_the_table_has_every_heading_once_in_order() -> None:
    expected = [f"{section}（{NUMERALS[n]}）" for section, count in SECTIONS.items() for n in range(count)]
    assert len(expected) == 42
    assert [each["number"] for each in HEADINGS] == expected
    assert all(each["title"] for each in HEADINGS)


def test_every_heading_leads_to_an_operation_of_its_own() -> None:
    known = [each.id for each in PLATFORMS[TABLE["platform"]].operations]
    covered = [each["operation"] for each in HEADINGS]
    assert len(set(covered)) == len(covered)
    assert set(covered) <= set(known)
    assert sorted(set(known) - set(covered)) == sorted(TABLE["additional"])


def test_every_heading_has_its_anchor_in_the_pages(pages: dict[str, str]) -> None:
    missing = [
        f"{each['number']} {each['page']}#{each['anchor']}"
        for each in HEADINGS
        if anchors(pages[each["page"]]).count(each["anchor"]) != 1
    ]
    assert missing == []


def test_every_heading_has_its_anchor_in_the_built_site(public_demo: Path) -> None:
    ids = {
        page: read(public_demo / "site" / page.removesuffix(".md") / "index.html").ids
        for page in {each["page"] for each in HEADINGS}
    }
    assert len(ids) > 5
    assert [each["number"] for each in HEADINGS if each["anchor"] not in ids[each["page"]]] == []


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda each: each.id)
def test_the_page_of_a_platform_lists_all_its_operations(platform: Platform, pages: dict[str, str]) -> None:
    text = pages[f"platforms/{platform.id}.md"]
    listed = re.findall(rf"\]\(([^)]*)#{platform.id}-([a-z0-9-]+)\)", text)
    assert len(listed) > 25
    assert sorted(name for _, name in listed) == sorted(each.id for each in platform.operations)
    own = anchors(text)
    for each in platform.operations:
        assert (f"{platform.id}-{each.id}" in own) == (each.step is None)
    ways = [page for page, _ in listed if page]
    assert ways
    assert all(f"procedure/{Path(page).name}" in pages or f"platforms/{Path(page).name}" in pages for page in ways)


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda each: each.id)
def test_every_operation_is_told_in_full(platform: Platform) -> None:
    assert len(platform.operations) > 25
    menus = {menu.id: menu for menu in platform.menus}
    assert {each.menu for each in platform.operations} == set(menus)
    for each in platform.operations:
        assert each.who, each.id
        assert each.text, each.id
        assert each.how, each.id
        assert menus[each.menu].path or each.where, each.id
        assert each.enter or each.after or each.result or each.often, each.id


def test_what_waits_for_an_answer_says_what_a_refusal_means() -> None:
    """Reading the answer of a superior body is an operation of its own; each says what happens when the answer is no."""
    answers = [each for each in PLATFORMS["exianfeng"].operations if each.id.startswith("read-") and each.step != "report"]
    assert len(answers) == 5
    assert all(each.refused and each.result for each in answers)
    reports = [each for each in PLATFORMS["exianfeng"].operations if "列出" in each.checks]
    assert len(reports) == 5


def test_no_id_stands_twice_on_a_page(pages: dict[str, str]) -> None:
    assert len(pages) > 20
    for name, text in pages.items():
        found = anchors(text)
        assert sorted(found) == sorted(set(found)), name
