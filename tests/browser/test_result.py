"""The advice on a page of its own: its first screen, a number changed on it, and what it is on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.designs import design_of
from tests.served import Site


def design(sites: int, *more: tuple[str, str]) -> str:
    """The query of the design that these tests ask about, and what is added."""
    return design_of(sites, ("name", "North"), *more)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's window."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
@pytest.mark.parametrize("clients", ["90", "12000"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_screen_tells_the_outcome_the_gateway_and_the_tightest_limits(
    browser: Browser, site: Site, width: int, height: int, clients: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{site.origin}/{language}/advice/result/?{design(3)}&edition=2026".replace("=90", f"={clients}"))
    parts = [".verdict h2", ".verdict .reason", ".at-a-glance .facts", ".at-a-glance .tightest meter:visible >> nth=-1"]
    parts += [".verdict p >> nth=-1"] if clients == "12000" else []
    for part in parts:
        box = page.locator(part).bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= height, part
    page.close()


def test_a_number_is_changed_in_one_click_and_what_changed_is_told(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/result/?{design(2)}&edition=2016-12")
    page.get_by_label("Clients connected at the same time").click()
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("clients=200"))
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("does not fit")


@pytest.mark.parametrize(("sites", "most"), [(1, 2), (12, 2), (30, 3)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_printed_on_few_sheets_and_whole(page: Page, site: Site, sites: int, most: int, language: str) -> None:
    page.goto(f"{site.origin}/{language}/advice/result/?{design(sites)}&edition=2026")
    page.emulate_media(media="print")
    told = page.locator(".findings li, .next-steps li, .entered tr, .asked tr, .why-not p, .drawing svg:visible")
    assert told.evaluate_all("all => all.filter((part) => !part.checkVisibility()).length") == 0
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= most
