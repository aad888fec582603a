"""The theme that a reader chooses, and the colors that a reader forces on every page."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import faults_of
from tests.every import some
from tests.served import Site

DARK, LIGHT = "rgb(18, 24, 29)", "rgb(251, 250, 247)"
ENTRY = "what-is-the-gateway-subnet-and-why-is-it-needed"
DESIGN = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=2500&clients=400&vnet=hub&vnet_prefixes=10.20.0.0/16"
PATHS = (
    "",
    "search/?q=tunnels",
    f"faq/{ENTRY}/",
    "limits/?filter=tunnels",
    "advice/",
    "advice/steps/what/",
    f"advice/result/?{DESIGN}",
)


def paper(page: Page) -> str:
    """The color of the paper of a page."""
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_a_chosen_theme_holds_on_every_page_and_sets_no_cookie(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{site.origin}/en/")
    theme = page.get_by_role("combobox", name="Theme", exact=True)
    expect(theme).to_have_value("auto")
    assert paper(page) == LIGHT
    theme.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert paper(page) == DARK
    for path in ("en/limits/", "nl/nothing-here/", "nl/advice/", "en/api/"):
        page.goto(f"{site.origin}/{path}")
        assert paper(page) == DARK, path
        expect(page.locator("#theme select")).to_have_value("dark")
    page.goto(f"{site.origin}/admin/login/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert [cookie["name"] for cookie in context.cookies() if cookie["name"] != "csrftoken"] == []
    context.close()


def test_it_is_there_before_the_page_is_parsed(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="light")
    context.add_init_script(
        "localStorage.theme = 'dark'; new MutationObserver((_, seen) => { if (document.body) { "
        "window.first = document.documentElement.dataset.theme; seen.disconnect(); } })"
        ".observe(document, { childList: true, subtree: true });"
    )
    page = context.new_page()
    page.goto(f"{site.origin}/nl/faq/{ENTRY}/")
    assert page.evaluate("window.first") == "dark"
    context.close()


def test_back_to_auto_follows_the_system_also_on_a_page_that_comes_back(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site.origin}/nl/about/")
    page.locator("#theme select").select_option("light")
    assert paper(page) == LIGHT
    page.goto(f"{site.origin}/nl/limits/")
    page.locator("#theme select").select_option("auto")
    assert paper(page) == DARK
    page.go_back()
    expect(page.locator("#theme select")).to_have_value("auto")
    assert paper(page) == DARK
    context.close()


def test_without_scripts_there_is_no_choice_and_the_system_is_followed(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/nl/")
    expect(page.locator("#theme")).to_be_hidden()
    context.close()


def test_where_storage_is_blocked_it_holds_for_the_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="light")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{site.origin}/nl/about/")
    page.locator("#theme select").select_option("dark")
    assert paper(page) == DARK
    assert faults == []
    context.close()


def test_a_frame_is_as_its_portal_says(browser: Browser, site: Site) -> None:
    context = browser.new_context(color_scheme="light")
    context.add_init_script("localStorage.theme = 'dark'")
    page = context.new_page()
    page.goto(f"{site.origin}/embed/nl/{ENTRY}?theme=light")
    assert paper(page) == LIGHT
    context.close()


@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
def test_axe_finds_nothing_in_forced_colors(browser: Browser, site: Site, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, forced_colors="active")  # type: ignore[arg-type]
    page = context.new_page()
    for path in PATHS:
        page.goto(f"{site.origin}/en/{path}")
        assert faults_of(page, looks=()) == [], path
    context.close()


def test_forced_colors_lose_no_shape(browser: Browser, site: Site) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{site.origin}/en/advice/result/?{DESIGN}")
    bar = Image.open(BytesIO(page.locator(".near meter").first.screenshot())).convert("RGB")
    assert bar.getpixel((bar.width // 2, bar.height // 2)) != (255, 255, 255)
    edges = page.evaluate(
        """[...document.querySelectorAll(".masthead nav a")].map((link) =>
        [link.hasAttribute("aria-current"), getComputedStyle(link).borderBottomColor])"""
    )
    assert {color == paper(page) for is_current, color in edges if is_current} == {False}
    assert {color == paper(page) for is_current, color in edges if not is_current} == {True}
    assert drawn(page, ".drawing svg", "color") != paper(page)
    button = ".whatif button:not(.quiet, .small)"
    assert drawn(page, button, "color") != drawn(page, button) == paper(page)
    page.locator(button).focus()
    assert drawn(page, button, "outlineWidth") == "3px"
    page.goto(f"{site.origin}/en/")
    page.locator("#q").fill("tunnel")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert drawn(page, "[aria-selected=true]", "outlineStyle") == "solid"
    context.close()


def drawn(page: Page, selector: str, what: str = "backgroundColor") -> str:
    """How an element is drawn."""
    told = "([selector, what]) => getComputedStyle(document.querySelector(selector))[what]"
    return str(page.evaluate(told, [selector, what]))
