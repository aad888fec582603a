"""The page that reads a setup, in a browser: with scripts, what was typed stays there; it works without them too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.advisor.existing_files import FILES, PASTED, SECRETS
from tests.browser.waiting import until
from tests.served import Site

CHOSEN = [{"name": name, "mimeType": "application/json", "buffer": content} for name, content in FILES.items()]
OPEN = "/en/advice/open/?edition=2026"


@pytest.mark.parametrize("scripts", [True, False])
def test_files_lead_to_the_check_in_two_clicks(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.origin}{OPEN}")
    page.locator("#file").set_input_files(CHOSEN)  # type: ignore[arg-type]  # a list of dicts, as its documentation says
    page.get_by_role("button", name="Read").click()
    expect(page.get_by_role("heading", name="What was read")).to_be_visible()
    assert [secret for secret in SECRETS if secret in page.content()] == []
    page.get_by_role("link", name="Check this network").click()
    expect(page.get_by_role("heading", name="Errors")).to_be_visible()
    assert "check=1" in page.url
    context.close()


def test_what_was_pasted_stays_in_the_browser_alone(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.origin}{OPEN}")
    page.locator("#setup-text").fill(PASTED[:-2])
    until(page, "typeof htmx === 'object'")
    page.get_by_role("button", name="Read").click()
    expect(page.locator("#setup .faults")).to_be_focused()
    expect(page.locator("#setup-text")).to_have_value(PASTED[:-2])
    page.locator("#setup-text").fill(PASTED)
    page.get_by_role("button", name="Read").click()
    expect(page.locator("#setup .setup-report")).to_be_focused()
    expect(page.locator("#setup .faults")).to_have_count(0)
    expect(page.locator("#setup-text")).to_have_value(PASTED)
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)").count(SECRETS[0]) == 0
    page.close()


def test_a_design_opens_in_the_form_without_leaving_it_half_done(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.origin}{OPEN}")
    page.locator("#setup-text").fill('{"sites": [{"name": "Tilburg"}]}')
    until(page, "typeof htmx === 'object'")
    page.get_by_role("button", name="Read").click()
    expect(page.locator("#sites-0-name")).to_have_value("Tilburg")
    page.close()


def test_each_command_has_a_button_that_copies_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.origin}{OPEN}")
    page.get_by_role("button", name="Copy line").first.click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "az network vnet list -o json > vnets.json"
    context.close()
