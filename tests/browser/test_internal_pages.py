"""The internal pages as their reader uses them: choosing among findings, copying a place, printing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tests.browser.test_site import NARROW, opened

FINDINGS, LIST = "desk/findings/", "checklists/cs-ug1/"
SHOWN = "#findings tbody tr:not([hidden])"


def test_findings_are_chosen_and_the_choice_is_an_address(browser: Any, internal_site: str) -> None:
    with opened(browser, internal_site + FINDINGS) as page:
        total = page.locator(SHOWN).count()
        code = page.locator("#findings tbody tr").first.get_attribute("data-code")
        expected = page.locator(f'#findings tr[data-code="{code}"]').count()
        assert 0 < expected < total
        page.select_option('[data-by="code"]', code)
        assert page.locator(SHOWN).count() == expected
        assert page.locator("#filter-count").text_content() == f"列出 {expected} 项"
        address = page.url
        page.click('#filter button[type="reset"]')
        page.wait_for_function("document.querySelectorAll('#findings tbody tr[hidden]').length === 0")
        page.goto(address)
        assert page.locator(SHOWN).count() == expected
        assert page.complaints == []


def test_on_a_telephone_findings_are_cards_and_the_choice_holds(browser: Any, internal_site: str) -> None:
    with opened(browser, internal_site + FINDINGS, NARROW) as page:
        total = page.locator("#findings tbody tr:visible").count()
        first = page.locator("#findings tbody tr").first
        cells = first.locator("td").evaluate_all(
            """cells => cells.map(cell => {
                const { display, paddingRight } = getComputedStyle(cell);
                return [cell.dataset.label || "", display === "block" || parseFloat(paddingRight) > 3];
            })"""
        )
        assert cells == [["", True]] * 6, "no value runs into the next one, or into a label"
        page.select_option('[data-by="code"]', first.get_attribute("data-code"))
        assert 0 < page.locator("#findings tbody tr:visible").count() < total


@pytest.mark.parametrize("path", ["desk/", "desk/statistics/", "checklists/"])
def test_a_long_name_leaves_room_for_the_numbers(browser: Any, internal_site: str, path: str) -> None:
    """On the desktop nothing is scrolled sideways for it; on paper no head is set one character to a line."""
    with opened(browser, internal_site + path) as page:
        tables = page.evaluate(
            """() => [...document.querySelectorAll(".grid:has(th.num):has(tbody th):not(.grid--cross)")].map((table) => {
                const name = table.querySelector("tbody th[scope=row]");
                (name.querySelector("a") ?? name).textContent = "第一师生联合党支部委员会".repeat(5);
                const area = table.closest(".scroll");
                return [area.scrollWidth, area.clientWidth];
            })"""
        )
        assert tables
        assert all(wide <= room for wide, room in tables), tables
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 658, "height": 900})
        heads = page.evaluate(
            """() => [...document.querySelectorAll(".grid:not(.grid--cross) thead th.num")].filter((head) =>
                head.textContent.length > 1).map((head) => {
                    const style = getComputedStyle(head);
                    return (head.clientWidth - 2 * parseFloat(style.paddingLeft)) / parseFloat(style.fontSize);
                })"""
        )
        assert len(heads) > 5
        assert min(heads) >= 2


def test_without_scripts_every_finding_is_there(browser: Any, internal_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(internal_site + FINDINGS)
    assert page.locator(SHOWN).count() > 5
    assert not page.locator("#filter").is_visible()
    context.close()


def test_the_place_of_a_record_is_copied_in_full(browser: Any, internal_site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(internal_site + LIST)
    button = page.locator("button.copy").first
    button.click()
    page.wait_for_function("document.querySelector('button.copy').textContent === '已复制'")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("data/")
    assert text == page.locator("[data-copy]").first.get_attribute("data-copy")
    context.close()


def test_counts_of_the_desk_lead_to_the_list(browser: Any, internal_site: str) -> None:
    with opened(browser, internal_site + "desk/") as page:
        links = page.locator('#branches ~ .scroll a[href*="#"]')
        assert links.count() > 5
        links.first.click()
        page.wait_for_load_state()
        assert page.evaluate("document.querySelector(decodeURIComponent(location.hash)) !== null")


@pytest.mark.parametrize("path", ["desk/", LIST])
def test_on_a_telephone_all_of_what_is_due_is_in_sight(browser: Any, internal_site: str, path: str) -> None:
    with opened(browser, internal_site + path, (375, 800)) as page:
        cells = page.locator(".grid--cards td:not(:empty)")
        assert cells.count() > 20
        widest = cells.evaluate_all("cells => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right))")
        assert widest <= 375
        assert page.locator(".grid--cards td[data-label='由谁办']").first.is_visible()


def test_the_statistics_fit_on_paper(browser: Any, internal_site: str) -> None:
    with opened(browser, internal_site + "desk/statistics/", (700, 900)) as page:
        page.emulate_media(media="print")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        tables = page.locator(".md-content table")
        assert tables.count() > 4
        for table in tables.all():
            over = table.evaluate(
                "table => table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right"
            )
            assert over <= 1


def test_a_list_prints_on_a4_unfolded_and_light(browser: Any, internal_site: str) -> None:
    for scheme in ("light", "dark"):
        with opened(browser, internal_site + LIST, scheme=scheme) as page:
            assert page.locator(".md-header").is_visible()
            page.emulate_media(media="print", color_scheme=scheme)
            assert not page.locator(".md-header").is_visible()
            assert not page.locator("button.copy").first.is_visible()
            head = page.locator(".grid thead th").first
            assert head.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(243, 237, 232)"
            content = page.pdf(prefer_css_page_size=True, print_background=True) if scheme == "dark" else b""
    made = PdfReader(BytesIO(content))
    size = made.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)
    # A fold that is closed on the screen: the head of each person's history stands on paper.
    assert sum("内容" in page.extract_text() for page in made.pages) > 10
    with PdfDocument(content) as drawn:
        margin = drawn[0].render(scale=0.2).to_pil().convert("RGB").getpixel((1, 1))
    assert margin == (255, 255, 255)
