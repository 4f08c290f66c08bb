"""The date calculator as a secretary meets it: filled in, bookmarked, from a server and from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_site import DESKTOP, opened

PHONE = (375, 800)
SEARCH = "search_index.js"
"""What the theme looks for when a folder is opened; it is no part of this page."""


@contextmanager
def page_at(browser: Any, address: str, size: tuple[int, int] = DESKTOP) -> Iterator[Any]:
    with opened(browser, address, size) as page:
        yield page
        ours = [text for text in page.complaints if SEARCH not in text and "ERR_FILE_NOT_FOUND" not in text]
        assert ours == []


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, public_demo: Path) -> str:
    if request.param == "http":
        return str(request.getfixturevalue("public_site")) + "calculator/"
    return (public_demo / "site" / "calculator" / "index.html").as_uri()


def row(page: Any, step: str) -> list[str]:
    """Earliest, latest and reasons of a step."""
    cells = page.locator(f"tr[data-step='{step}'] td")
    return [text.strip() for text in cells.all_inner_texts()]


def fill(page: Any, line: int, key: str, value: str) -> None:
    where = page.locator("#calc-known .calc-row").nth(line)
    where.locator("select").select_option(key)
    where.locator("input").fill(value)
    page.wait_for_timeout(250)


def test_one_date_gives_the_days_of_all_later_steps(browser: Any, address: str) -> None:
    with page_at(browser, address) as page:
        assert page.locator("table.calc-out").count() == 0
        page.locator(".calc-more summary").click()
        page.locator("#calc-floor").fill("")
        fill(page, 0, "apply.date", "2026-08-31")
        earliest, latest, why = row(page, "talk")
        assert earliest.startswith("2026-08-31 周一")
        assert latest.startswith("2026-09-30 周三")
        assert "第 7 条" in why
        assert "推算" not in latest
        earliest, _, why = row(page, "propose_target")
        assert earliest.startswith("2027-08-31")
        assert "推算" in earliest
        assert "12 个月" in why
        assert "党组织派人谈话" in page.locator("#calc-say").inner_text()
        assert page.locator("table.calc-out tbody tr").count() >= 25


def test_a_plan_can_be_bookmarked(browser: Any, address: str) -> None:
    with page_at(browser, address) as page:
        fill(page, 0, "preview.date", "2026-01-31")
        page.locator("#calc-add").click()
        fill(page, 1, "conversion_meeting.extension_months", "6")
        page.locator(".calc-more summary").click()
        page.locator("#calc-rules").select_option("campus")
        page.wait_for_timeout(250)
        before, bookmark = page.locator("#calc-out").inner_text(), page.url
        assert "preview.date=2026-01-31" in bookmark
        assert "rules=campus" in bookmark
    with page_at(browser, bookmark) as page:
        assert page.locator("#calc-out").inner_text() == before
        assert page.locator("#calc-rules").input_value() == "campus"
        assert page.locator("#calc-known input").nth(1).input_value() == "6"
        page.locator("#calc-clear").click()
        assert "#" not in page.url
        assert page.locator("table.calc-out").count() == 0


def test_what_breaks_a_limit_and_what_is_in_doubt_is_said(browser: Any, address: str) -> None:
    with page_at(browser, address + "#apply.date=2021-10-08&talk.date=2021-11-09") as page:
        assert "不合期限" in row(page, "talk")[2]
        assert "2021-11-08" in row(page, "talk")[2]
    with page_at(browser, address + "#preview.date=2026-05-01") as page:
        why = row(page, "admission_meeting")[2]
        assert "需核对" in why
        assert "2026-06-01" in why


def test_working_days_of_a_year_not_yet_published_are_provisional(browser: Any, address: str) -> None:
    with page_at(browser, address + "#consent_target.date=2030-03-01") as page:
        earliest, _, why = row(page, "publicise_target")
        assert earliest.startswith("2030-03-07")
        assert "暂计" in why
    with page_at(browser, address + "#consent_target.date=2026-09-28&from=") as page:
        # 1–7 October are free, 20 September and 10 October are worked.
        earliest, _, why = row(page, "publicise_target")
        assert earliest.startswith("2026-10-09")
        assert "暂计" not in why


def test_steps_before_a_known_one_are_counted_back(browser: Any, address: str) -> None:
    with page_at(browser, address + "#admission_meeting.date=2025-06-30") as page:
        assert row(page, "preview")[1].startswith("2025-06-29")
        assert "往回推" in row(page, "preview")[2]


def test_the_day_after_is_planned_and_the_same_day_brings_a_reminder(browser: Any, address: str) -> None:
    with page_at(browser, address + "#preview.date=2025-04-01&from=2025-04-01") as page:
        earliest, _, why = row(page, "admission_meeting")
        assert earliest.startswith("2025-04-02")
        assert "晚于" in why
    with page_at(browser, address + "#preview.date=2025-04-01&admission_meeting.date=2025-04-01") as page:
        why = row(page, "admission_meeting")[2]
        assert "提醒" in why
        assert "2025-04-01 与“上级党委预审”同一天" in why
        assert "不合期限" not in page.locator("#calc-say").inner_text()


def test_a_step_can_be_chosen_by_the_address_and_in_the_table(browser: Any, address: str) -> None:
    with page_at(browser, address + "#step=oath") as page:
        assert page.locator("#calc-known select").first.input_value() == "oath.date"
        fill(page, 0, "approve_admission.date", "2026-07-01")
        page.locator("tr[data-step=oath] button").click()
        assert page.locator("#calc-known select").nth(1).input_value() == "oath.date"
        assert page.evaluate("document.activeElement.type") == "date"


def test_nobody_is_admitted_in_the_months_before_leaving(browser: Any, public_site: str) -> None:
    known = "#preview.date=2027-03-30&admission_meeting.date=2027-04-15&person.leaves=2027-06-30"
    with page_at(browser, public_site + "calculator/" + known) as page:
        assert "最晚 2027-03-30（DEV042）" in page.locator("#calc-say").inner_text()
        assert "一般不办" in row(page, "admission_meeting")[2]
        assert "一般不办 " not in row(page, "preview")[2]
        assert "一般不办理，最晚 2027-03-30" in row(page, "approve_admission")[2]
        assert "DEV042" not in row(page, "oath")[2]


def test_a_manual_leads_to_the_dates_by_its_own_rules(browser: Any, public_site: str) -> None:
    with page_at(browser, public_site + "manuals/fa-t1/") as page:
        page.locator("h3#talk ~ table a[href*='step=talk']").first.click()
        page.wait_for_url("**/calculator/**")
        assert page.locator("#calc-rules").input_value() == "dengta+campus"
        assert page.locator("[data-fact='branch.has_committee']").input_value() == "false"
        assert page.locator("#calc-known select").first.input_value() == "talk.date"


def test_links_to_the_steps_lead_to_their_pages(browser: Any, public_site: str) -> None:
    with page_at(browser, public_site + "calculator/#apply.date=2026-08-31") as page:
        assert page.locator("table.calc-out th[scope=row] a").count() == page.locator("table.calc-out th[scope=row]").count()
        page.locator("tr[data-step=admission_meeting] th a").click()
        page.wait_for_url("**#admission_meeting")
        # … and back, with the step chosen.
        page.locator("a[href*='step=admission_meeting']").first.click()
        page.wait_for_url("**/calculator/**")
        assert page.locator("#calc-known select").first.input_value() == "admission_meeting.date"


def test_it_can_be_used_with_the_keyboard_and_read_aloud(browser: Any, public_site: str) -> None:
    with page_at(browser, public_site + "calculator/") as page:
        named = page.locator("#calc select, #calc input").evaluate_all("all => all.map(e => e.labels[0].textContent.trim() !== '')")
        assert len(named) > 4
        assert all(named)
        assert page.locator("#calc-say").get_attribute("role") == "status"
        page.locator("#calc-add").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.classList.contains('calc-key')")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "date"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_telephone(browser: Any, public_site: str, scheme: str) -> None:
    with opened(browser, public_site + "calculator/#apply.date=2026-08-31&rules=campus", PHONE, scheme) as page:
        assert page.locator("table.calc-out tr").count() > 25
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert page.complaints == []


def test_without_scripts_the_table_of_limits_remains(browser: Any, public_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(public_site + "calculator/")
    assert page.locator(".calc-off").is_visible()
    assert not page.locator("#calc").is_visible()
    assert page.locator("a[data-step]").count() >= 25
    context.close()


def test_paper_shows_the_plan_alone(browser: Any, public_site: str) -> None:
    with page_at(browser, public_site + "calculator/#apply.date=2026-08-31") as page:
        assert page.locator("#limits").is_visible()
        assert page.locator("#calc-print").is_visible()
        page.emulate_media(media="print")
        assert page.locator("table.calc-out").is_visible()
        assert not page.locator("#limits").is_visible()
        assert not page.locator("#calc-print").is_visible()
        assert "2026-08-31" in page.locator("#calc-known input").input_value()


def said(page: Any) -> str:
    return str(page.locator("#calc-say").inner_text())


EXTENDED = (
    "#admission_meeting.date=2020-06-06&approve_admission.date=2020-06-20"
    "&conversion_meeting.date=2021-06-08&conversion_meeting.extension_months=6&from="
)


def test_an_extension_is_filled_in_as_it_happened(browser: Any, address: str) -> None:
    with page_at(browser, address + EXTENDED) as page:
        assert "不合期限" not in page.locator("main, body").first.inner_text().split("时限一览")[0]
        assert "延长 6 个月，2021-12-06 期满" in said(page)
        assert "2021-06-08" in row(page, "conversion_meeting~1")[0]
        earliest, latest, why = row(page, "conversion_meeting")
        assert (earliest[:10], latest[:10]) == ("2021-12-06", "2022-01-06")
        assert "第一次" not in why
        assert row(page, "apply_conversion")[0].startswith("2021-11-06")
        assert "矛盾" not in page.locator("#calc-out").inner_text()
        # The second meeting is filled in from its row, and both stay in the address.
        page.locator("tr[data-step='conversion_meeting'] button").click()
        page.locator("#calc-known input").last.fill("2021-12-10")
        page.wait_for_timeout(250)
        assert "已填" in row(page, "conversion_meeting")[0]
        assert "不合期限" not in said(page)
        kept = page.url
    with page_at(browser, kept) as page:
        assert "2021-12-10" in row(page, "conversion_meeting")[0]
        assert "2021-06-08" in row(page, "conversion_meeting~1")[0]


def test_two_meetings_without_months_are_no_extension(browser: Any, public_site: str) -> None:
    known = "#conversion_meeting.date=2021-06-08&conversion_meeting.date=2021-12-10"
    with page_at(browser, public_site + "calculator/" + known) as page:
        assert "只算前一个；延长过预备期的，填上延长月数" in said(page)


def test_what_is_overdue_comes_first(browser: Any, address: str) -> None:
    with page_at(browser, address + "#apply.date=2021-09-30&from=2021-11-23") as page:
        assert "党组织派人谈话，已逾期 最晚 2021-10-30" in said(page)
        assert "最早" not in said(page)
    with page_at(browser, address + "#apply.date=2021-09-30&from=2021-10-20") as page:
        assert "党组织派人谈话，最早 2021-10-20" in said(page)
        assert "逾期" not in said(page)
    with page_at(browser, address + "#apply.date=2190-09-30&from=2190-11-23") as page:
        assert "到时逾期" in said(page)


def test_a_kept_address_is_read_as_of_the_day_on_which_it_is_opened(browser: Any, address: str) -> None:
    # The clock is that of a whole context, and the one that all tests share must go on.
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.set_fixed_time("2021-10-05T08:00:00")
        page.goto(address)
        fill(page, 0, "apply.date", "2021-09-30")
        assert "党组织派人谈话，最早 2021-10-05" in said(page)
        assert page.url.endswith("#apply.date=2021-09-30")
        page.clock.set_fixed_time("2021-11-23T08:00:00")
        page.reload()
        assert "党组织派人谈话，已逾期 最晚 2021-10-30" in said(page)
        # A day that was chosen, and that none was, are kept.
        page.locator(".calc-more summary").click()
        for chosen, told in (("2021-10-20", "最早 2021-10-20"), ("", "最早 2021-09-30")):
            page.locator("#calc-floor").fill(chosen)
            page.wait_for_timeout(250)
            page.reload()
            assert f"党组织派人谈话，{told}" in said(page)
            assert page.locator("#calc-floor").input_value() == chosen


def test_instalments_that_have_passed_are_marked(browser: Any, address: str) -> None:
    """Until the filing nobody is an activist: it comes first, and what would count from it is assumed."""
    decided = "#decide_activist.date=2020-10-28&rules=dengta%2Bcampus"
    with page_at(browser, address + decided + "&from=2021-11-22") as page:
        assert "上级党委备案（入党积极分子），最早 2021-11-22" in said(page)
        assert row(page, "inspect")[1].startswith("2021-04-28")
        assert all(word in row(page, "inspect")[1] for word in ("推算", "已经过了"))
    with page_at(browser, address + decided + "&file_activist.date=2020-11-05&from=2021-11-22") as page:
        assert "思想汇报，已逾期 最晚 2021-01-28" in said(page)
        assert "培养教育考察（最晚 2021-04-28）" in said(page)
        assert "已经过了" in row(page, "inspect")[1]
        assert "推算" not in row(page, "inspect")[1]
    with page_at(browser, address + decided + "&file_activist.date=2020-11-05&from=2021-01-28") as page:
        assert "已经过了" not in row(page, "report")[1]


def test_reports_are_asked_for_until_the_stage_has_ended(browser: Any, public_site: str) -> None:
    known = "#admission_meeting.date=2020-06-06&approve_admission.date=2020-06-20&conversion_meeting.extension_months=6&from="
    where = public_site + "calculator/" + known + "&probation_report.date=2021-11-13&rules=dengta%2Bcampus"
    with page_at(browser, where) as page:
        assert row(page, "probation_report")[1].startswith("2022-02-13")
        assert "2021-12-06 如期结束的，不用再办" in row(page, "probation_report")[2]
    with page_at(browser, where + "&approve_conversion.date=2021-12-20") as page:
        assert row(page, "probation_report")[1] == "不再要求"


def test_of_two_applications_the_later_one_counts_with_all_that_is_its_own(browser: Any, address: str) -> None:
    with page_at(browser, address + "#apply.date=2020-10-12&apply.date=2021-03-15&apply.received=2021-03-17") as page:
        assert "第 1 个属于前一次申请，不算；从 2021-03-15 的申请算起" in said(page)
        assert row(page, "apply")[0].startswith("2021-03-15")
        assert row(page, "talk")[1].startswith("2021-04-17")
        assert "2020" not in page.locator("#calc-out").inner_text()


def test_an_extension_fits_a_telephone(browser: Any, public_site: str) -> None:
    with opened(browser, public_site + "calculator/" + EXTENDED, PHONE) as page:
        assert page.locator("tr[data-step*='~']").count() > 3
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
