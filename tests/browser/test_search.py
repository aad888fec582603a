"""Search in a real Chromium: the combobox, the slash key, filters, Back, and the page without scripts."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.faults.visitor import until
from tests.served import Site

SLOW_MACHINE = 10.0
"""Seconds that a busy machine may add, on which another process runs a browser as well."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's window."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.mark.parametrize("path", ["/nl/", "/en/limits/"])
def test_a_suggestion_chosen_with_the_keyboard_opens_its_entry(page: Page, site: Site, path: str) -> None:
    page.goto(site.origin + path)
    field = page.get_by_role("combobox").first
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("expressr", delay=20)
    listbox = page.locator(f"#{field.get_attribute('aria-controls')}")
    expect(listbox.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#suggestions-told")).to_have_text(re.compile(r"^\d+ sugge"))
    assert listbox.get_attribute("aria-live") is None
    field.press("ArrowDown")
    first = listbox.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    question = (first.get_attribute("aria-label") or "").partition("?")[0]
    assert [part.casefold() for part in first.locator("b").all_inner_texts()] == ["expressr"]
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)
    assert "/faq/" in page.url


def test_the_last_option_searches_for_what_was_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/")
    field = page.get_by_role("combobox").first
    field.press_sequentially("thuiswerk", delay=20)
    last = page.locator("#suggestions [role=option]").last
    expect(last).to_have_text("Zoeken naar ‘thuiswerk’")
    field.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    last.click()
    page.wait_for_url(re.compile(r"/nl/search/\?q=thuiswerk"))


def test_only_a_click_chooses_a_suggestion(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/?edition=2016-12")
    field = page.get_by_role("combobox").first
    field.press_sequentially("gateway", delay=20)
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    option.dispatch_event("pointerdown")
    option.dispatch_event("pointercancel")  # a finger that scrolls the list
    option.click(button="right")
    expect(option).to_be_visible()
    assert page.url.endswith("/nl/?edition=2016-12")
    option.click()
    page.wait_for_url(re.compile(r"/nl/faq/[a-z0-9-]+/\?edition=2016-12$"))


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/")
    field = page.get_by_role("combobox").first
    field.press_sequentially("tunnel", delay=20)
    expect(page.locator("#suggestions")).to_be_visible()
    assert not [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("critical", "serious")]
    field.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field).to_have_value("tunnel")


def test_suggestions_that_could_not_be_had_are_asked_for_once_more(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/")
    asked: list[str] = []

    def refuse_the_first(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route("**/suggest?*", refuse_the_first)
    page.get_by_role("combobox").first.fill("tunnel")
    expect(page.locator("#suggestions")).to_be_visible()
    assert len(asked) == 2


def test_on_a_phone_the_first_result_stands_high_and_the_fold_opens(browser: Browser, site: Site) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.origin}/nl/search/?q=hoeveel+tunnels")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        field, first = page.locator("#q").bounding_box(), page.locator(".found").first.bounding_box()
        assert field is not None
        assert first is not None
        assert first["y"] - field["y"] - field["height"] < 300
        expect(page.locator(".touching li").first).to_be_hidden()
        page.locator(".touching summary").click()
        expect(page.locator(".touching li").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".touching summary").click()
    page.close()


def test_a_slash_goes_to_the_field_from_any_page_but_not_while_typing(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/limits/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("/27")
    expect(page.locator("#q")).to_have_value("/27")


def test_a_filter_narrows_at_once_and_stands_in_the_address(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/search/?q=gateway")
    before = page.locator("#results li").count()
    page.locator(".filtering summary").click()
    page.get_by_label("Rubriek").select_option("bgp")
    page.wait_for_url(re.compile("section=bgp"))
    expect(page.locator("#results .about a, #results small").first).to_have_text("BGP")
    assert page.locator("#results li").count() <= before
    page.go_back()
    page.wait_for_url(re.compile(r"q=gateway$"))


def test_search_works_without_scripts(browser: Browser, site: Site) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.origin}/en/")
    page.locator("#q").fill("how many home workers")
    page.get_by_role("button", name="Search").click()
    page.locator("#results li a").first.click()
    assert "/en/faq/how-many-vpn-client" in page.url
    page.goto(f"{site.origin}/en/search/?q=tunnels")
    assert page.locator("#results mark").count()
    page.close()


def test_a_question_and_an_opened_result_are_counted_without_a_cookie(page: Page, site: Site) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/search/asked/") else None)
    page.goto(f"{site.origin}/nl/search/?q=gatewaysubnet+naam")
    page.locator("#results li a").first.click()
    page.wait_for_url(re.compile("/nl/faq/"))
    assert sent
    assert page.context.cookies() == []


EDIT = """
from dataclasses import replace
from faq.models import Entry
from faq.store.publishing import publish, published_content
entry = Entry.objects.get(edition__code="2026", slug="does-azure-charge-for-traffic-between-virtual-networks")
content = published_content(entry)
text = content.texts["nl"]
publish(entry, content.with_text("nl", replace(text, question={change})))
"""


def test_every_worker_follows_an_edit_within_ten_seconds(site: Site) -> None:
    def answers() -> list[dict[str, Any]]:
        """What each of many new connections gets, so that both workers are asked."""
        found = []
        for _ in range(12):
            with urllib.request.urlopen(f"{site.origin}/api/v1/search?q=zwabberkoppeling&lang=nl") as answer:  # noqa: S310
                found.append(json.load(answer))
        return found

    assert not any(answer["results"] for answer in answers())
    site.manage("shell", "--verbosity", "0", "--command", EDIT.format(change='text.question + " zwabberkoppeling"'))
    until(lambda: all(answer["results"] and not answer["plain"] for answer in answers()), 10 + SLOW_MACHINE)
    site.manage(
        "shell", "--verbosity", "0", "--command", EDIT.format(change='text.question.removesuffix(" zwabberkoppeling")')
    )
    until(lambda: not any(answer["results"] for answer in answers()), 10 + SLOW_MACHINE)
