"""What a first visit weighs in a real Chromium: all that comes over the wire, with headers, before anything is used."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.waiting import until
from tests.designs import design_of
from tests.every import some
from tests.served import Site

WEIGHTS = [
    ("", 20_000),
    ("search/?q=tunnels", 20_000),
    ("faq/what-is-the-gateway-subnet-and-why-is-it-needed/", 20_000),
    ("advice/steps/what/", 20_000),
    ("advice/steps/sites/", 20_000),
    ("advice/", 20_000),
    ("advice/case/", 20_000),
    (f"advice/result/?{design_of(3, vnets=1, clients=0)}", 20_000),
    ("limits/", 40_000),
    ("faq/", 40_000),
    ("sections/bgp/", 40_000),
    (f"advice/result/?{design_of(30, vnets=1, clients=0)}", 40_000),
]
"""Pages with the most that a first visit to each may weigh, in bytes."""


@pytest.mark.parametrize("language", some(["nl", "en"], 2))
def test_a_first_visit_stays_within_its_weight(browser: Browser, site: Site, language: str) -> None:
    weights = first_visits(browser, {path: f"{site.origin}/{language}/{path}" for path, _ in WEIGHTS})
    assert {path: weights[path] for path, most in WEIGHTS if weights[path] > most} == {}


def test_what_waits_for_the_first_use_comes_with_it(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.origin}/nl/advice/")
    assert page.evaluate("typeof htmx") == "undefined"
    page.locator("input[name=site]").first.focus()
    until(page, "typeof htmx === 'object'")
    page.close()


def test_what_was_typed_before_the_scripts_came_is_not_lost(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.route("**/htmx*.js", late)
    page.goto(f"{site.origin}/nl/search/")
    page.locator("#q").press_sequentially("tunnels")
    page.wait_for_selector("#results a[data-slug]", timeout=5000)
    page.close()


def late(route: Route) -> None:
    """Let a script come when the typing is done."""
    time.sleep(0.7)
    route.continue_()


def first_visits(browser: Browser, addresses: dict[str, str]) -> dict[str, int]:
    """The bytes that a browser with an empty cache takes in for each page, headers and all. The pages are open at the
    same time, as most of a visit is waiting whether anything more comes.
    """
    taken: dict[str, list[float]] = {path: [] for path in addresses}
    opened = []
    for path, address in addresses.items():
        page = browser.new_context().new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda said, path=path: taken[path].append(said["encodedDataLength"]))
        page.goto(address, wait_until="commit")
        opened.append(page)
    for page in opened:
        page.wait_for_load_state("networkidle")
    for page in opened:
        page.context.close()
    return {path: round(sum(sizes)) for path, sizes in taken.items()}
