"""The site made for a folder: opened by double click, without a web server, it shows, leads and finds everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_site import DESKTOP, TELEPHONE, opened, search
from tests.site.test_links import broken

PUBLIC = (
    "index", "procedure/index", "procedure/admission", "manuals/index", "manuals/cs-ug1", "materials", "forms", "next",
    "rules/index", "rules/admission", "platforms/exianfeng", "calculator", "glossary", "versions", "news", "about",
)  # fmt: skip
INTERNAL = ("index", "desk/index", "desk/findings", "desk/statistics", "checklists/index", "checklists/cs-ug1")


def address(site: Path, page: str) -> str:
    return (site / f"{page}.html").as_uri()


def test_all_links_name_a_file(public_offline: Path, internal_offline: Path) -> None:
    assert list(broken(public_offline, from_files=True)) == []
    assert list(broken(internal_offline, from_files=True)) == []


def test_there_is_no_page_that_only_a_server_shows(public_offline: Path, internal_offline: Path) -> None:
    for site in (public_offline, internal_offline):
        assert (site / "index.html").is_file()
        assert not (site / "404.html").exists()


@pytest.mark.parametrize("page", PUBLIC)
def test_public_pages_are_quiet(browser: Any, public_offline: Path, page: str) -> None:
    with opened(browser, address(public_offline, page)) as shown:
        assert shown.locator("h1").count() == 1
        assert shown.complaints == []


@pytest.mark.parametrize("page", INTERNAL)
def test_internal_pages_are_quiet(browser: Any, internal_offline: Path, page: str) -> None:
    with opened(browser, address(internal_offline, page)) as shown:
        assert shown.locator("h1").count() == 1
        assert shown.complaints == []


@pytest.mark.parametrize(("query", "found"), [("党员", "预备党员"), ("介绍人", "入党介绍人"), ("汇报", "思想汇报")])
def test_the_search_works(browser: Any, public_offline: Path, query: str, found: str) -> None:
    with opened(browser, address(public_offline, "calculator")) as page:
        search(page, query)
        assert found in page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
        page.locator(".md-search-result__link").first.click()
        page.wait_for_url(lambda url: "calculator" not in url)
        assert page.locator("h1").count() == 1
        assert page.complaints == []


def test_a_rare_character_is_found(browser: Any, internal_offline: Path) -> None:
    with opened(browser, address(internal_offline, "desk/index")) as page:
        search(page, "䶮")
        assert "岳䶮舟" in page.locator(".md-search-result__list").inner_text().replace("\u200b", "")
        assert page.complaints == []


@pytest.mark.parametrize(("size", "drawing"), [(DESKTOP, "wide"), (TELEPHONE, "narrow")])
def test_the_flow_leads_to_the_step(browser: Any, public_offline: Path, size: tuple[int, int], drawing: str) -> None:
    with opened(browser, address(public_offline, "procedure/index"), size) as page:
        step = page.locator(f".flow--{drawing} a.flow-step").nth(20)
        title = step.get_attribute("aria-label")
        step.locator("text").first.click()
        page.wait_for_url("**/procedure/*.html#*")
        assert title in page.locator(f"[id='{page.url.split('#')[1]}']").inner_text()
        assert page.complaints == []


def test_home_leads_on(browser: Any, public_offline: Path) -> None:
    with opened(browser, address(public_offline, "index")) as page:
        page.locator(".roles a").first.click()
        page.wait_for_url("**/roles/*.html")
        page.locator(".md-content a[href*='procedure/']").first.click()
        page.wait_for_url("**/procedure/*.html#*")
        assert page.complaints == []


def test_a_step_leads_to_the_calculator(browser: Any, public_offline: Path) -> None:
    with opened(browser, address(public_offline, "procedure/application")) as page:
        page.locator("a[href*='calculator.html?step=']").first.click()
        page.wait_for_url("**/calculator.html**")
        assert page.locator("#calc").is_visible()
        assert page.complaints == []


def test_a_choice_of_findings_stays_in_the_address(browser: Any, internal_offline: Path) -> None:
    with opened(browser, address(internal_offline, "desk/findings")) as page:
        choice = page.locator("#filter select").first
        choice.select_option(index=1)
        assert "?" in page.url
        page.reload()
        assert choice.input_value()
        assert page.complaints == []


def test_a_download_lies_there(browser: Any, public_offline: Path) -> None:
    with opened(browser, address(public_offline, "forms")) as page:
        links = page.locator("a[href$='.pdf'], a[href$='.docx']").evaluate_all("all => all.map(a => decodeURI(a.href))")
        assert len(links) > 10
        assert [link for link in links if not Path(link.removeprefix("file://")).is_file()] == []
