"""Copying an answer and an advice in a real Chromium, with the mouse and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Site

ENTRY = "what-is-expressroute"
NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"
# What is read while a next copy replaces it is stale: the browser then says InvalidStateError, and nothing was told.
READ = """async () => {
  const told = {};
  try {
    const [item] = await navigator.clipboard.read();
    for (const type of item.types) told[type] = await (await item.getType(type)).text();
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    return {};
  }
  return told;
}"""


def copied_like(page: Page, like: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """What is on the clipboard, once it is like this."""
    told: dict[str, str] = {}
    for _ in range(50):
        told = page.evaluate(READ)
        if like(told):
            return told
        page.wait_for_timeout(100)
    raise AssertionError(told)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page that may use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["English", "Nederlands"])
def test_an_answer_is_copied_in_one_press(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    row = page.locator(".copy li", has_text=language)
    says = {"English": "What is ExpressRoute", "Nederlands": "Wat is ExpressRoute"}[language]
    row.get_by_role("link", name="text", exact=True).click()
    expect(page.locator(".copy [role=status]")).to_have_text("Copied, with the link.")
    copied = copied_like(page, lambda told: told.get("text/plain", "").startswith(says))
    assert f"{site.origin}/faq/{ENTRY}" in copied["text/plain"]
    row.get_by_role("link", name="Markdown").click()
    assert copied_like(page, lambda told: told.get("text/plain", "").startswith("# "))
    row.get_by_role("link", name="formatted").click()
    copied = copied_like(page, lambda told: "text/html" in told)
    assert says in copied["text/html"]
    assert "<strong>" in copied["text/html"]
    assert copied["text/plain"].startswith(says)
    expect(page).to_have_url(f"{site.origin}/en/faq/{ENTRY}/")


def test_the_keyboard_alone_copies(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/result/?{NEED}")
    link = page.locator(".copy li", has_text="English").get_by_role("link", name="text", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".copy [role=status]")).to_have_text("Copied, with the link.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Fits")
    assert "/en/advice/result/?site=Tilburg" in copied


def test_what_cannot_be_copied_is_told_and_the_link_still_opens(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    page.route("**/*.txt", lambda route: route.abort())
    link = page.locator(".copy li", has_text="English").get_by_role("link", name="text", exact=True)
    link.click()
    expect(page.locator(".copy [role=status]")).to_contain_text("Open the link")


def test_without_scripts_it_is_a_link_to_what_would_be_copied(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    page.locator(".copy li", has_text="English").get_by_role("link", name="text", exact=True).click()
    expect(page).to_have_url(f"{site.origin}/en/faq/{ENTRY}.txt")
    context.close()
