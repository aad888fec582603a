"""What Chromium puts on paper: all that is folded on screen, without what only a screen can use."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.every import some
from tests.served import Site

OLD = "edition=2016-12"
FOLDED = "what-are-my-cross-premises-connection-options"
DESIGN = "?site=Delft&site_mbps=70&site_prefixes=10.1.0.0/16&vnet=hub&vnet_prefixes=10.20.0.0/16&clients=20"
PAGES = [
    f"nl/faq/{FOLDED}/?{OLD}",
    f"nl/advice/result/{DESIGN}",
    f"nl/advice/steps/sites/{DESIGN}",
    f"nl/limits/?{OLD}",
    "nl/search/?q=tunnels",
    f"embed/nl/{FOLDED}/?{OLD}",
    f"embed/nl/advice/{DESIGN}",
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is printed."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.emulate_media(media="print")
    yield opened
    opened.close()


def folded_away(page: Page) -> list[str]:
    """The parts of a page that are folded on screen and missing on paper."""
    missing: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('details:not([open])')]
        .filter((part) => !part.closest('.screen-only, form.need, form.search'))
        .flatMap((part) => [...part.children].filter((child) => child.localName !== 'summary'))
        .filter((part) => !part.checkVisibility() || !part.getBoundingClientRect().height)
        .map((part) => part.outerHTML.slice(0, 80))"""
    )
    return missing


def sheets(page: Page) -> int:
    """How many sheets of A4 a page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("path", some(PAGES, 3))
def test_what_is_folded_on_screen_is_on_paper(page: Page, site: Site, path: str) -> None:
    answer = page.goto(f"{site.origin}/{path}")
    assert answer is not None
    assert answer.ok
    assert folded_away(page) == []


@pytest.mark.parametrize("path", [f"nl/faq/{FOLDED}/", f"embed/nl/{FOLDED}/", f"embed/nl/advice/{DESIGN}"])
def test_what_only_a_screen_can_use_is_not_printed(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.origin}/{path}")
    assert page.locator(".screen-only").evaluate_all("all => all.filter((part) => part.checkVisibility()).length") == 0


def test_a_browser_that_cannot_unfold_by_style_opens_the_parts_while_it_prints(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.add_init_script("CSS.supports = () => false;")
    page.goto(f"{site.origin}/nl/faq/{FOLDED}/?{OLD}")
    closed = page.locator("details:not([open])")
    before = closed.count()
    assert before > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closed).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closed).to_have_count(before)
    page.close()


@pytest.mark.parametrize("edition", ["2016-12", "2026"])
def test_the_limits_take_eight_sheets_at_most_and_lose_nothing(page: Page, site: Site, edition: str) -> None:
    page.goto(f"{site.origin}/nl/limits/?edition={edition}")
    assert sheets(page) <= 8
    lost = page.evaluate(
        """() => { const seen = (part) => part?.checkVisibility();
        const links = [...document.querySelectorAll('.by-sku td a')].filter(seen);
        const told = new Set(links.map((link) => link.hash.slice(1)));
        return [...document.querySelectorAll('.limit-rows > div')]
            .filter((row) => !seen(row) && !told.has(row.id)).map((row) => row.id); }"""
    )
    assert lost == []
    expect(page.locator(".limit-filter")).to_be_hidden()
    expect(page.locator(".by-sku .print-only cite").first).to_be_visible()
