"""A ticket answered in a real Chromium: nothing is lost by leaving the page, and a reply is a few clicks away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_copy import copied_like
from tests.faq.desk.mails import MAILS
from tests.served import Site

FIVE = MAILS[0].text


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that may use the clipboard."""
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"], locale="nl-NL")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    """The page of a ticket."""
    opened = context.new_page()
    opened.goto(f"{site.origin}/nl/search/text/")
    return opened


def answer(page: Page, text: str = FIVE) -> None:
    """Paste a text and find its answers."""
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Zoek antwoorden").click()
    expect(page.locator("#reply .answered > .found").first).to_be_visible(timeout=30_000)


def test_five_questions_are_a_copied_reply_after_three_clicks(page: Page) -> None:
    answer(page)  # paste, and one click
    expect(page.locator("#reply .asked-and-tick [type=checkbox]:checked")).to_have_count(5)
    page.get_by_role("button", name="Antwoordbericht kopiëren").click()
    expect(page.locator(".send [role=status]")).to_contain_text("gekopieerd")
    told = copied_like(page, lambda copied: "text/html" in copied)
    assert told["text/plain"].startswith("Goedendag,")
    assert told["text/plain"].count("\n> ") == 5
    assert told["text/html"].count("<blockquote>") == 5
    expect(page.locator("#said")).to_have_value(told["text/plain"])


def test_the_address_stays_and_the_text_is_in_no_cookie(page: Page, context: BrowserContext, site: Site) -> None:
    answer(page)
    assert page.url == f"{site.origin}/nl/search/text/"
    assert context.cookies() == []
    assert page.evaluate("history.length") <= 2


def test_text_answers_and_ticks_are_there_after_back(page: Page, site: Site) -> None:
    answer(page)
    page.locator(".asked-and-tick [type=checkbox]").nth(1).uncheck()
    page.goto(f"{site.origin}/nl/limits/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.is_navigation_request() else None)
    page.go_back()
    expect(page.locator("#reply .asked-and-tick [type=checkbox]")).to_have_count(5)
    expect(page.locator("#text")).to_have_value(FIVE)
    expect(page.locator(".asked-and-tick [type=checkbox]:checked")).to_have_count(4)
    assert sent == ["GET"]


def test_reloading_asks_to_confirm_nothing(page: Page) -> None:
    answer(page)
    page.reload()
    expect(page.locator("#reply .asked-and-tick [type=checkbox]")).to_have_count(5)


def test_a_text_that_was_not_sent_is_kept_as_well(page: Page, site: Site) -> None:
    page.locator("#text").fill("Half a mail")
    page.goto(f"{site.origin}/nl/")
    page.go_back()
    expect(page.locator("#text")).to_have_value("Half a mail")
    expect(page.locator("#reply")).to_have_count(0)


def test_a_selection_that_came_by_the_address_leaves_it(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/search/text/?text=Werkt+BGP+op+de+Basic-SKU%3F")
    expect(page).to_have_url(f"{site.origin}/nl/search/text/")
    page.reload()
    expect(page.locator("#text")).to_have_value("Werkt BGP op de Basic-SKU?")


def test_starting_again_forgets_the_text(page: Page, site: Site) -> None:
    answer(page)
    page.get_by_role("link", name="Opnieuw beginnen").click()
    expect(page.locator("#text")).to_have_value("")
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_an_answer_unfolds_in_place_and_its_links_leave_the_page_alone(page: Page, context: BrowserContext) -> None:
    answer(page)
    row = page.locator("#reply .found").first
    row.get_by_text("Volledig antwoord").click()
    expect(row.locator(".answer")).to_be_visible()
    with context.expect_page():
        row.get_by_role("link", name="Openen in een nieuw tabblad").click()
    expect(page.locator("#reply .asked-and-tick [type=checkbox]")).to_have_count(5)


def test_another_answer_takes_the_place_of_the_first(page: Page) -> None:
    answer(page)
    row = page.locator("#reply .found", has=page.locator(".instead")).first
    row.locator(".instead summary").click()
    row.locator(".instead input").first.check()
    expect(row.locator(".asked-and-tick [type=checkbox]")).not_to_be_checked()


def test_a_text_that_does_not_arrive_is_told_and_stays(page: Page) -> None:
    page.route("**/search/text/", lambda route: route.abort())
    page.locator("#text").fill(FIVE)
    page.get_by_role("button", name="Zoek antwoorden").click()
    expect(page.locator("#found [role=status]")).to_contain_text("niet aangekomen")
    expect(page.locator("#text")).to_have_value(FIVE)


def test_the_field_has_twelve_lines_and_grows(page: Page) -> None:
    field = page.locator("#text")
    lines = "el => (el.clientHeight - 14) / parseFloat(getComputedStyle(el).lineHeight)"
    assert field.evaluate(lines) >= 11.9
    before = field.evaluate("el => el.clientHeight")
    field.fill("line\n" * 18)
    assert field.evaluate("el => el.clientHeight") > before


def test_without_scripts_the_reply_is_a_text_in_a_tab_of_its_own(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/nl/search/text/")
    answer(page)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Antwoordbericht kopiëren").click()
    assert opened.value.locator("#said").input_value().startswith("Goedendag,")
    with context.expect_page():
        page.locator(".unfold summary").first.click()
        page.get_by_role("link", name="Openen in een nieuw tabblad").first.click()
    expect(page.locator("#reply .asked-and-tick [type=checkbox]")).to_have_count(5)
    context.close()
