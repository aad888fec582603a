"""The whole FAQ in Chromium: an anchor that is not on this page of it leads to the page of its entry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.served import Site

SCRIPT = "other_pages.js"
SLUG = "what-is-expressroute"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the site."""
    opened = browser.new_page()
    yield opened
    opened.close()


def test_an_anchor_of_another_page_opens_the_entry_in_its_edition(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/faq/?edition=2016-12")
    address = page.locator("script[src*='on_first_use']").get_attribute("src") or ""
    page.evaluate(f"document.getElementById('{SLUG}').remove()")
    with page.expect_navigation(url=f"{site.origin}/nl/faq/{SLUG}/?edition=2016-12"):
        page.evaluate(
            """([source, slug]) => { location.hash = slug; void import(source); }""",
            [f"{address.rpartition('/')[0]}/{SCRIPT}", SLUG],
        )
    assert page.locator("h1").count() == 1
