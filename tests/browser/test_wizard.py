"""The wizard in a real Chromium, with scripts and without: twenty pasted sites, back, a changed answer, print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.served import Site

TABLE = "\n".join(f"Site {number}\t10.{number}.0.0/16\t5" for number in range(1, 21))


@pytest.mark.parametrize("scripts", [True, False])
def test_an_engineer_gets_an_advice(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.origin}/en/advice/")
    page.get_by_role("link", name="Prefer one question at a time?").click()
    expect(page).to_have_title("What do you want to connect to Azure? – step 1 of 4 · Gatewijzer")
    page.get_by_label("Whole offices or data centers").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="I don't know").click()
    page.get_by_text("Paste a table").click()
    page.get_by_label("A site on each line").fill(TABLE)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Prefixes of site 20")).to_have_value("10.20.0.0/16")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Prefixes of VNet 1").fill("172.16.5.0/16")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Did you mean 172.16.0.0/16?")).to_be_visible()
    page.get_by_label("Prefixes of VNet 1").fill("172.16.0.0/16")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Prefixes of VNet 1")).to_have_value("172.16.0.0/16")
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    assert len(page.url.partition("?")[2]) <= 2_000
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.get_by_role("link", name="Get advice").click()
    expect(page.get_by_text("VpnGw1AZ, route-based")).to_be_visible()
    expect(page.get_by_text("assuming that it may")).to_be_visible()
    expect(page.get_by_role("img", name="The network around")).to_be_visible()
    page.get_by_role("link", name="Change an answer").click()
    page.get_by_role("link", name="Change – How much total bandwidth is needed?").click()
    page.get_by_label("Total through the gateway").fill("12 Gbps")
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Get advice").click()
    expect(page.get_by_text("ExpressRoute gateway").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Change an answer")).to_be_hidden()
    expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
    context.close()
