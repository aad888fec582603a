"""The page of limits in Chromium: filter, contents, tables by SKU, and rows that a phone shows whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import faults_of
from tests.browser.waiting import until
from tests.served import Site

OLD = "edition=2016-12"
TABLES = f"faq/what-are-my-cross-premises-connection-options/?{OLD}"
STATES = [f"limits/?{OLD}", "limits/?filter=bananen", TABLES, "faq/"]
"""What is looked at besides the pages of which `test_browser.py` asks the same."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's page."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's page."""
    opened = browser.new_page(viewport={"width": 390, "height": 780})
    yield opened
    opened.close()


@pytest.mark.parametrize("path", ["limits/", f"limits/?{OLD}"])
def test_the_tunnels_of_a_sku_are_in_the_first_screen(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.origin}/en/{path}")
    for width, height, most in ((1280, 800, 800), (390, 780, 1000)):
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator("a[href='#sku.HighPerformance.s2s_tunnels']").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < most


def test_the_limits_are_one_tap_from_home_on_a_phone(phone: Page, site: Site) -> None:
    phone.goto(f"{site.origin}/nl/")
    phone.locator(".masthead nav").get_by_role("link", name="Limieten").click()
    expect(phone).to_have_url(re.compile("/nl/limits/$"))


def test_typing_filters_in_place_and_says_how_many_are_left(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/limits/?{OLD}")
    page.locator("#filter").press_sequentially("clients highperf")
    expect(page.locator("#limit-count")).to_have_text(re.compile("^1 of 180 limits matches"))
    expect(page.locator(".limit-rows > div")).to_have_count(1)
    expect(page.locator("#filter")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"/en/limits/\?filter=clients(%20|\+)highperf&{OLD}"))
    page.locator("#filter").fill("bananen")
    expect(page.locator("#limit-count")).to_have_text("No limit matches “bananen”.")
    page.get_by_role("link", name="Show all limits").click()
    expect(page.locator("#limit-count")).to_have_text("180 limits.")


def test_the_filter_is_a_form_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/nl/limits/?{OLD}")
    page.locator("#filter").fill("p2s.max_clients")
    page.get_by_role("button", name="Filteren").click()
    expect(page.locator("#limit-count")).to_have_text("1 van 180 limieten past bij ‘p2s.max_clients’.")
    expect(page.locator(".limit-rows b").first).to_have_text("128")
    context.close()


def test_the_contents_stay_in_sight_and_lead_to_their_part(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/limits/?{OLD}")
    page.locator("nav[aria-labelledby=limit-contents] a[href='#bgp']").click()
    expect(page.locator("#bgp")).to_be_in_viewport()
    expect(page.locator("nav[aria-labelledby=limit-contents] a[href='#bgp']")).to_be_in_viewport()


def test_an_old_anchor_leads_to_its_limit(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/limits/?{OLD}#bgp.default_asn")
    expect(page.locator("[id='bgp.default_asn']")).to_be_in_viewport()


def test_a_value_leads_to_its_limit_also_where_that_is_folded(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/limits/")
    row = page.locator("[id='sku.VpnGw2AZ_Gen1.bgp']")
    expect(row).to_be_hidden()
    page.locator(".by-sku td a[href='#sku.VpnGw2AZ_Gen1.bgp']").click()
    expect(row.locator("cite")).to_be_in_viewport()
    page.goto(f"{site.origin}/nl/")
    page.goto(f"{site.origin}/nl/limits/#sku.VpnGw2AZ_Gen1.bgp")
    expect(row.locator("cite")).to_be_in_viewport()


def test_on_a_phone_every_row_is_whole_and_names_its_source(phone: Page, site: Site) -> None:
    phone.goto(f"{site.origin}/nl/limits/?{OLD}")
    for width in (320, 390):
        phone.set_viewport_size({"width": width, "height": 780})
        assert faults_in_rows(phone) == [0, 0, 0], width


def faults_in_rows(page: Page) -> list[int]:
    """How many rows of limits are cut off, how many name no source, and how many scroll."""
    found: list[int] = page.evaluate(
        """() => { const rows = [...document.querySelectorAll('.limit-rows > div')];
        return [rows.filter((row) => [row, ...row.children].some((part) => part.scrollWidth > part.clientWidth + 1
                    || part.getBoundingClientRect().right > innerWidth)).length,
                rows.filter((row) => !row.querySelector('.source cite')?.getBoundingClientRect().width).length,
                rows.filter((row) => row.closest('.scroll')).length]; }"""
    )
    return found


def test_a_table_that_scrolls_says_so_keeps_its_first_column_and_moves_by_keyboard(phone: Page, site: Site) -> None:
    phone.goto(f"{site.origin}/nl/limits/?{OLD}")
    region = phone.get_by_role("region", name="VPN-gateways per SKU")
    assert region.evaluate("part => part.scrollWidth > part.clientWidth")
    assert region.evaluate("part => getComputedStyle(part).backgroundAttachment") == "local, local, scroll, scroll"
    region.focus()
    before = region.locator("tbody th").first.bounding_box()
    for _ in range(5):
        phone.keyboard.press("ArrowRight")
    until(phone, "part => part.scrollLeft > 0", region.element_handle())
    assert region.locator("tbody th").first.bounding_box() == before


@pytest.mark.parametrize("path", [TABLES, f"faq/?all=1&{OLD}", f"../embed/nl/{TABLES.removeprefix('faq/')}"])
def test_a_table_of_an_answer_is_reached_by_keyboard_and_has_a_name(phone: Page, site: Site, path: str) -> None:
    phone.goto(f"{site.origin}/nl/{path}")
    regions = phone.locator(".answer table").evaluate_all(
        "tables => tables.map((table) => table.parentElement).map((part) => [part.getAttribute('role'), part.tabIndex,"
        " part.getAttribute('aria-label')])"
    )
    assert len(regions) > 1
    assert {(role, place) for role, place, _ in regions} == {("region", 0)}
    assert len({name for _, _, name in regions}) == len(regions)


@pytest.mark.parametrize("path", STATES)
def test_axe_finds_nothing_on_limits_and_tables(looked_at: Page, site: Site, path: str) -> None:
    looked_at.set_viewport_size({"width": 320, "height": 800})
    looked_at.goto(f"{site.origin}/nl/{path}")
    assert faults_of(looked_at, most=4) == []
