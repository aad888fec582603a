"""Copying an answer and an advice in a real Chromium, with the mouse and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Site

ENTRY = "what-is-expressroute"
NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"
# What is read while a next copy replaces it is stale: the browser then says one of two errors, and nothing was told.
READ = """async () => {
  const told = {};
  try {
    const [item] = await navigator.clipboard.read();
    for (const type of item.types) told[type] = await (await item.getType(type)).text();
  } catch (error) {
    if (!["InvalidStateError", "DataError"].includes(error.name)) throw error;
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


@pytest.mark.parametrize("path", [f"en/faq/{ENTRY}/", f"embed/en/{ENTRY}"])
def test_an_answer_is_copied_in_one_press(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.origin}/{path}")
    page.get_by_role("link", name="Copy answer").click()
    expect(page.locator(".copy [role=status]")).to_have_text("Copied, with the link.")
    copied = copied_like(page, lambda told: "text/html" in told)
    assert copied["text/plain"].startswith("What is ExpressRoute")
    assert f"{site.origin}/faq/{ENTRY}" in copied["text/plain"].rstrip().splitlines()[-1]
    assert "What is ExpressRoute" in copied["text/html"]
    assert "<strong>" in copied["text/html"]
    expect(page).to_have_url(f"{site.origin}/{path}")


@pytest.mark.parametrize(
    ("way", "begins"),
    [
        ("Short answer only", "What is ExpressRoute"),
        ("With its limits", "What is ExpressRoute"),
        ("As plain text", "What is ExpressRoute"),
        ("As Markdown", "# What is ExpressRoute"),
        ("In Dutch", "Wat is ExpressRoute"),
    ],
)
def test_a_menu_copies_in_other_forms(page: Page, site: Site, way: str, begins: str) -> None:
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    page.get_by_text("Copy in another form").click()
    page.get_by_role("link", name=way).click()
    copied = copied_like(page, lambda told: told.get("text/plain", "").startswith(begins))
    assert f"{site.origin}/faq/{ENTRY}" in copied["text/plain"].rstrip().splitlines()[-1]


def test_on_a_phone_the_button_stands_right_under_the_answer(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    answer, button = page.locator(".answer").bounding_box(), page.get_by_role("link", name="Copy answer").bounding_box()
    assert answer is not None
    assert button is not None
    assert 0 <= button["y"] - (answer["y"] + answer["height"]) < 60
    assert button["height"] >= 44


def test_a_code_and_its_link_are_copied_in_one_press_each(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/result/?{NEED}")
    page.get_by_role("button", name="Save under a code").click()
    code = page.locator(".title-block code").inner_text()
    page.get_by_role("button", name="Copy code").click()
    expect(page.locator(".values [role=status]")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == code
    page.get_by_role("button", name="Copy link").click()
    assert copied_like(page, lambda told: told.get("text/plain") == f"{site.origin}/en/advice/case/{code}/")
    page.goto(f"{site.origin}/en/")
    page.locator("#q").fill(code.lower().replace("-", " "))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.origin}/en/advice/case/{code}/")


def test_the_keyboard_alone_copies(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/result/?{NEED}")
    link = page.get_by_role("link", name="Copy advice")
    link.focus()
    page.keyboard.press("Enter")
    told = page.locator(".copy", has=link).locator("[role=status]")  # what is deployed is copied in a part of its own
    expect(told).to_have_text("Copied, with the link.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("This design fits")
    assert "/en/advice/result/?site=Tilburg" in copied


def test_what_cannot_be_copied_is_told_and_the_link_still_opens(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    page.route("**/*.txt", lambda route: route.abort())
    page.get_by_role("link", name="Copy answer").click()
    expect(page.locator(".copy [role=status]")).to_contain_text("Open the link")


def test_without_scripts_it_is_a_link_to_what_would_be_copied(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/en/faq/{ENTRY}/")
    page.get_by_text("Copy in another form").click()
    page.get_by_role("link", name="As plain text").click()
    expect(page).to_have_url(f"{site.origin}/en/faq/{ENTRY}.txt")
    context.close()
