"""An address that names an operation in a tab opens that tab, from elsewhere and on the page itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_site import DESKTOP, TELEPHONE, opened

PLACE = "exianfeng-enter-talk"


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE])
def test_an_address_opens_the_tab_it_leads_into(browser: Any, public_site: str, size: tuple[int, int]) -> None:
    with opened(browser, f"{public_site}procedure/application/#{PLACE}", size) as page:
        page.wait_for_selector(f"#{PLACE}", state="visible")
        assert 0 <= page.locator(f"#{PLACE}").bounding_box()["y"] < size[1]
        assert not page.locator("#dengta-enter-talk").is_visible()
        assert page.complaints == []


def test_the_page_of_a_platform_leads_to_the_operation(browser: Any, public_site: str) -> None:
    with opened(browser, f"{public_site}platforms/exianfeng/") as page:
        page.get_by_role("link", name="录入谈话记录").click()
        page.wait_for_selector(f"#{PLACE}", state="visible")
        assert page.url.endswith(f"procedure/application/#{PLACE}")
        page.evaluate("location.hash = '#dengta-enter-talk'")
        page.wait_for_selector("#dengta-enter-talk", state="visible")
        assert page.complaints == []
