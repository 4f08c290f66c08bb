"""From the entry page to the one next thing: roles, what comes next, the flow by keyboard and on paper, blank forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pdfplumber
import pytest

from tests.browser.test_site import DESKTOP, TELEPHONE, opened


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE])
def test_from_home_to_the_first_thing_of_a_role(browser: Any, public_site: str, size: tuple[int, int]) -> None:
    with opened(browser, public_site, size) as page:
        cards = page.locator("ul.roles a")
        assert cards.count() == 8
        cards.filter(has_text="支部书记").click()
        page.wait_for_url("**/roles/secretary/")
        page.locator(".pick a", has_text="发展对象").click()
        first = page.locator("h2#target + .first")
        assert first.locator(".first-title a").inner_text() == "确定入党介绍人"
        page.wait_for_timeout(300)
        assert 0 <= first.bounding_box()["y"] < size[1]
        assert page.complaints == []


def test_two_questions_lead_to_the_next_thing(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "next/") as page:
        page.locator("#target > summary").click()
        page.locator("#after-preview > summary").click()
        answer = page.locator("#after-preview .first")
        assert answer.locator(".first-title").inner_text() == "填写入党志愿书"
        assert "本人" in answer.inner_text()
        assert page.url.endswith("#after-preview")
        page.locator("#after-train_target > summary").click()
        assert page.locator("details.ask--last[open]").count() == 1
        page.locator("#after-train_target .ask-links a", has_text="算日期").click()
        page.wait_for_url("**/calculator/?step=committee_review")
        assert page.complaints == []


def test_a_refusal_is_an_answer_too(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "next/#not-admission_meeting") as page:
        answer = page.locator("#not-admission_meeting .first")
        assert answer.is_visible()
        assert "留在发展对象阶段" in answer.inner_text()


def test_the_questions_work_without_scripts_and_from_a_folder(browser: Any, public_demo: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((public_demo / "site" / "next" / "index.html").as_uri())
    assert not page.locator("#after-talk .first").is_visible()
    page.locator("#applicant > summary").click()
    page.locator("#after-talk > summary").click()
    assert page.locator("#after-talk .first-title").inner_text() == "推荐入党积极分子"
    context.close()


def printed(browser: Any, address: str, to: Path) -> Any:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.pdf(path=str(to), prefer_css_page_size=True)
    context.close()
    return pdfplumber.open(to)


def test_only_the_chosen_answer_is_printed(browser: Any, public_site: str, tmp_path: Path) -> None:
    with printed(browser, public_site + "next/#after-preview", tmp_path / "next.pdf") as pdf:
        assert len(pdf.pages) == 1
        text = normalize("NFKC", pdf.pages[0].extract_text())
        assert "填写入党志愿书" in text
        assert "编入党支部" not in text


def test_with_nothing_chosen_the_questions_are_printed(browser: Any, public_site: str, tmp_path: Path) -> None:
    with printed(browser, public_site + "next/", tmp_path / "next.pdf") as pdf:
        assert len(pdf.pages) == 1
        text = normalize("NFKC", pdf.pages[0].extract_text())
        assert "入党申请人" in text
        assert "预备党员" in text
        assert "最后办完的是" not in text


def test_with_an_identity_alone_its_answers_are_printed_by_name(browser: Any, public_site: str, tmp_path: Path) -> None:
    with printed(browser, public_site + "next/#target", tmp_path / "next.pdf") as pdf:
        assert len(pdf.pages) <= 2
        first = normalize("NFKC", pdf.pages[0].extract_text())
        assert "发展对象短期集中培训" in first
        assert "入党申请人" not in first
        assert "谁办" not in first


def test_the_whole_flow_is_on_one_sheet_across(browser: Any, public_site: str, tmp_path: Path) -> None:
    with printed(browser, public_site + "procedure/", tmp_path / "flow.pdf") as pdf:
        sheet = pdf.pages[0]
        assert (round(sheet.width), round(sheet.height)) == (842, 595)
        words = {word["text"]: word for word in sheet.extract_words()}
        numbers = [words[str(n)] for n in range(1, 26)]
        assert all(0 < word["x0"] < sheet.width and 0 < word["bottom"] < sheet.height for word in numbers)
        titles = [char["size"] for char in sheet.chars if char["text"] == "誓"]
        assert min(titles) > 7, "points"


def test_the_flow_is_walked_by_keyboard_and_shows_where_one_is(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "procedure/") as page:
        links = page.locator(".flow--wide a")
        assert links.count() > 30
        links.first.focus()
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "() => [document.activeElement.closest('.flow') !== null,"
            " getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth]"
        )
        assert shown == [True, "2.5px"]
        page.keyboard.press("Enter")
        page.wait_for_url("**#apply")


def test_steps_lead_on_and_back(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "procedure/application/#talk") as page:
        line = page.locator("h2#talk ~ .stepnav").first
        assert "第 2 步，共 25 步" in line.inner_text()
        line.locator("a", has_text="下一步").click()
        page.wait_for_url("**/procedure/cultivation/#recommend")
        page.locator("h2#recommend ~ .stepnav a", has_text="上一步").first.click()
        page.wait_for_url("**/procedure/application/#talk")


def test_a_paper_of_a_step_leads_to_its_blank_form(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "procedure/application/") as page:
        address = page.locator("h2#talk ~ table .blanks a").first.evaluate("a => a.href")
        answer = page.request.get(address)
        assert answer.ok
        assert answer.body().startswith(b"%PDF-")
