"""The built site as a reader meets it: searched, clicked, on a telephone, in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.served import serve

DESKTOP, TELEPHONE, NARROW = (1280, 900), (390, 844), (375, 800)


@pytest.fixture(scope="module")
def public_site(public_demo: Path) -> Iterator[str]:
    yield from serve(public_demo / "site")


@pytest.fixture(scope="module")
def internal_site(internal_demo: Path) -> Iterator[str]:
    yield from serve(internal_demo / "build" / "internal" / "site")


@contextmanager
def opened(browser: Any, address: str, size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Iterator[Any]:
    """The page of the browser, with the complaints of its console, its dialogues and its requests to other origins in `complaints`.

    It comes with everything loaded, and goes with nothing kept in it.
    """
    page, origin, complaints = browser.contexts[0].pages[0], "/".join(address.split("/")[:3]), []
    loading: set[Any] = set()

    def requested(request: Any) -> None:
        loading.add(request)
        if not own(request.url, origin):
            complaints.append(request.url)

    def asked(dialogue: Any) -> None:
        complaints.append(dialogue.message)
        dialogue.dismiss()

    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None,
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": asked,
        "request": requested,
        "requestfinished": lambda request: loading.discard(request),
        "requestfailed": lambda request: loading.discard(request),
    }
    page.complaints = complaints
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(media="null", color_scheme=scheme)
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        page.goto(address)
        for _ in range(1500):
            if not loading:
                break
            page.wait_for_timeout(20)
        assert not loading, "what was asked for did not come"
        yield page
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        # Whoever goes from a page to a place on the same page does not load it anew.
        page.goto("about:blank")


def own(address: str, origin: str) -> bool:
    return address.startswith((origin, "data:", f"blob:{origin}"))


def test_the_rows_of_a_wide_table_are_cards_that_name_every_value(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "rules/", NARROW) as page:
        first = page.locator("table[data-cards] tbody tr").first
        labels = first.locator("td").evaluate_all("all => all.map(one => one.dataset.label || '')")
        assert labels == ["", "规则", "层次", "程度", "怎样查"]
        assert page.locator("table[data-cards] thead").first.is_hidden()
    with opened(browser, public_site + "rules/") as page:
        table = page.locator("table[data-cards]").first
        assert table.evaluate("one => getComputedStyle(one).display") == "table"
        assert table.evaluate("one => getComputedStyle(one).borderTopWidth") == "1px"
        heads, cells = (table.locator(row).first.locator("th, td") for row in ("thead tr", "tbody tr"))
        edges = [one.evaluate_all("all => all.map(one => one.getBoundingClientRect().left)") for one in (heads, cells)]
        assert len(edges[0]) == 5
        assert edges[0] == edges[1]


def search(page: Any, query: str) -> None:
    """Types a query; the last key stands for the end of the input method's composition, which the theme waits for."""
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(query)
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__item", timeout=30000)


@pytest.mark.parametrize("query", ["党员", "预备党员", "积极分子", "入党积极分子", "政治审查"])
def test_search_finds_words_and_their_parts(browser: Any, public_site: str, query: str) -> None:
    with opened(browser, public_site) as page:
        search(page, query)
        found = page.locator(".md-search-result__list").inner_text()
        assert query in found.replace("\u200b", "")
        assert page.complaints == []


def test_a_part_of_a_word_finds_the_whole(browser: Any, public_site: str) -> None:
    with opened(browser, public_site) as page:
        search(page, "党员")
        titles = page.locator(".md-search-result__list h1, .md-search-result__list h2").all_inner_texts()
        assert any("预备党员" in title.replace("\u200b", "") for title in titles)


def found(page: Any, query: str, pages: int = 1) -> list[str]:
    """Addresses of the first pages found and of their sections, those behind “more on this page” too."""
    search(page, query)
    page.wait_for_timeout(500)
    items = page.locator(".md-search-result__item").all()[:pages]
    links = [item.locator(".md-search-result__link").evaluate_all("a => a.map(a => a.href)") for item in items]
    addresses = [urlsplit(link) for of_page in links for link in of_page]
    return [f"{address.path.lstrip('/')}#{address.fragment}" for address in addresses]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("函调", "selection/#political_review"),
        ("票决", "admission/#admission_meeting"),
        ("政审", "selection/#political_review"),
        ("公示", "selection/#publicise_target"),
        ("转正", "conversion/"),
        ("推优", "cultivation/"),
        ("谈话", "application/#talk"),
        ("培养联系人", "cultivation/#assign_contacts"),
        ("备案", "cultivation/#file_activist"),
        ("预审", "admission/#preview"),
    ],
)
def test_what_tells_how_to_do_it_is_found_first(browser: Any, public_site: str, query: str, place: str) -> None:
    with opened(browser, public_site) as page:
        assert any(link.startswith(f"procedure/{place}") for link in found(page, query))


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("延长预备期", "conversion/#conversion_meeting"),
        ("转正申请", "conversion/#apply_conversion"),
        ("票数", "admission/#admission_meeting"),
    ],
)
def test_words_written_as_one_are_looked_for_together(browser: Any, public_site: str, query: str, place: str) -> None:
    with opened(browser, public_site) as page:
        assert f"procedure/{place}" in found(page, query)
        assert "缺少" not in page.locator(".md-search-result__list").inner_text()


@pytest.mark.parametrize("query", ["党员", "推优", "票数"])
def test_the_last_character_of_a_query_counts(browser: Any, public_site: str, query: str) -> None:
    """Left to itself the theme looks for 党 when it is asked for 党员."""
    with opened(browser, public_site) as page:
        search(page, query)
        marked = page.locator(".md-search-result__list mark").all_text_contents()
        assert marked
        assert {text for text in marked if not text.replace("\u200b", "").startswith(query)} == set()


def test_words_that_never_stand_together_are_found_apart(browser: Any, public_site: str) -> None:
    with opened(browser, public_site) as page:
        assert found(page, "宣誓函调")
        assert found(page, "公示嘎")[0].startswith("procedure/"), "what no page has is left out beside what one has"


@pytest.mark.parametrize(
    ("query", "step"), [("政审", "political_review"), ("谈话记录", "talk"), ("支委会", "committee_review")]
)
def test_a_step_comes_before_what_platforms_do_for_it(browser: Any, public_site: str, query: str, step: str) -> None:
    """The branches of the demo work on one platform; what is done on the other is found on its own page alone."""
    with opened(browser, public_site) as page:
        links = found(page, query)
        assert links[1].endswith(f"#{step}")
        assert not [link for link in links if "procedure/" in link and "#exianfeng" in link]
        assert any("platforms/exianfeng/" in link for link in found(page, "录入政审情况"))


@pytest.mark.parametrize("query", ["DEV072", "dev004", "DEV035"])
def test_a_rule_is_found_by_its_code(browser: Any, public_site: str, query: str) -> None:
    with opened(browser, public_site) as page:
        links = found(page, query)
        assert links[0].startswith("rules/")
        assert links[1].endswith(f"#{query.lower()}")


@pytest.mark.parametrize(("size", "drawing"), [(DESKTOP, "wide"), (TELEPHONE, "narrow")])
def test_a_click_in_the_flow_lands_on_the_step(
    browser: Any, public_site: str, size: tuple[int, int], drawing: str
) -> None:
    with opened(browser, public_site + "procedure/", size) as page:
        shown = page.locator(f".flow--{drawing}")
        assert shown.is_visible()
        steps = shown.locator("a.flow-step")
        assert steps.count() >= 25
        step = steps.nth(20)
        title = step.get_attribute("aria-label")
        step.locator("text").first.click()
        page.wait_for_url("**#*")
        anchor = page.url.split("#")[1]
        assert title in page.locator(f"[id='{anchor}']").inner_text()
        page.wait_for_timeout(400)
        assert 0 <= page.locator(f"[id='{anchor}']").bounding_box()["y"] < size[1]
        assert page.complaints == []


def test_every_number_of_the_procedure_is_in_the_flow(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "procedure/") as page:
        numbers = page.locator(".flow--wide .flow-no").all_text_contents()
        assert numbers == [str(n) for n in range(1, 26)]


def test_the_text_of_the_flow_can_be_selected(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "procedure/") as page:
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.flow--wide'))")
        assert "入党宣誓" in page.evaluate("getSelection().toString()")


def test_dark_mode_is_dark_and_can_be_switched(browser: Any, public_site: str) -> None:
    with opened(browser, public_site, scheme="dark") as page:
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        page.locator("label[for='__palette_0']").click()
        assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
        assert page.complaints == []


def test_the_timeline_of_a_person_opens(browser: Any, internal_site: str) -> None:
    with opened(browser, internal_site + "checklists/cs-ug1/") as page:
        details = page.locator(".person details").first
        details.locator("summary").click()
        assert details.locator("tbody tr").first.is_visible()


@pytest.mark.parametrize("by", ["name", "number"])
def test_a_person_is_found(browser: Any, internal_site: str, by: str) -> None:
    with opened(browser, internal_site + "checklists/cs-ug1/") as page:
        heading = page.locator("h3[id^=p-]").first
        name, anchor = heading.evaluate("e => e.firstChild.textContent.trim()"), heading.get_attribute("id")
        search(page, name if by == "name" else anchor.removeprefix("p-"))
        page.wait_for_timeout(500)
        links = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
        assert any(f"#{anchor}" in link for link in links)
