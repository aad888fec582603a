"""The editors' tasks in a real Chromium, with the clicks that each takes, and the pages of the admin at each width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.accessibility import faults_of
from tests.served import PASSWORD, Site

QUERY = '"welke SKU\'s van een VPN-gateway kan ik BGP"'
OTHER = "can-i-use-private-asns-autonomous-system-numbers"
FORM = re.compile(r"/admin/faq/entry/\d+/change/")
MOST_CLICKS = 9


class Hand:
    """Somebody at a laptop, whose clicks are counted. What has the focus needs none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, where: Locator) -> None:
        """Click on something."""
        self.clicks += 1
        where.click()

    def type_in(self, where: Locator, text: str) -> None:
        """Fill a field, with a click if it does not have the focus."""
        expect(where).to_be_visible()
        if not where.evaluate("field => field === document.activeElement"):
            self.click(where)
        where.fill(text)

    def sign_in(self) -> None:
        """Sign in where the page asks for it."""
        self.type_in(self.page.locator("#id_username"), "publisher")
        self.type_in(self.page.locator("#id_password"), PASSWORD)
        self.click(self.page.locator("[type=submit]"))


@pytest.fixture
def hand(browser: Browser) -> Iterator[Hand]:
    """A laptop, of which no complaint of the browser passes."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield Hand(page)
    context.close()
    assert [said for said in complaints if "429" not in said] == []


def answer_in(page: Page, language: str) -> Locator:
    """The field of an answer."""
    return page.locator(f"#id_{language}_answer")


def correct_preview_publish_and_restore(hand: Hand, site: Site, new: str) -> None:
    """From the form of an entry on: change its answer, see it beside, publish it, and take that back."""
    page = hand.page
    before = answer_in(page, "nl").input_value()
    hand.type_in(answer_in(page, "nl"), f"**{new}**")
    expect(page.frame_locator("[name=preview-nl]").locator(".answer")).to_contain_text(new)
    hand.click(page.get_by_role("button", name="Publiceren", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("Gepubliceerd")
    hand.click(page.get_by_role("link", name="Geschiedenis"))
    newest = page.locator("#change-history tbody tr").first
    expect(newest).to_contain_text("Antwoord in het Nederlands")
    expect(newest).not_to_contain_text("Bronnen")
    hand.click(page.get_by_role("link", name=re.compile("^De versie van")).first)
    expect(page.locator(".changes ins").first).to_be_visible()
    hand.click(page.get_by_role("button", name="Terugzetten en publiceren"))
    expect(page.locator(".messagelist")).to_contain_text("Teruggezet en gepubliceerd")
    expect(answer_in(page, "nl")).to_have_value(before)
    expect(page.locator(".warnings")).to_have_count(0)
    assert hand.clicks <= MOST_CLICKS, hand.clicks


def test_an_answer_is_corrected_and_restored_from_the_admin(hand: Hand, site: Site) -> None:
    page = hand.page
    page.goto(f"{site.origin}/admin/")
    hand.sign_in()
    hand.type_in(page.locator("#find-entry"), QUERY)
    page.keyboard.press("Enter")
    hand.click(page.locator("#result_list tbody th a").first)
    correct_preview_publish_and_restore(hand, site, "Eerste proef")


def test_an_answer_is_corrected_and_restored_from_its_page(hand: Hand, site: Site) -> None:
    page = hand.page
    page.goto(f"{site.origin}/admin/login/?next=/nl/faq/{OTHER}/")
    hand.sign_in()
    hand.click(page.get_by_role("link", name="Dit antwoord bewerken"))
    expect(answer_in(page, "nl")).to_be_focused()
    correct_preview_publish_and_restore(hand, site, "Tweede proef")


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: Site) -> Any:
    """The cookies of somebody who has signed in, which takes a while."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}/admin/")
    Hand(page).sign_in()
    expect(page.locator("#logout-form")).to_be_visible()
    cookies = context.cookies()
    context.close()
    return cookies


def opened_form(hand: Hand, site: Site, signed_in: Any) -> Page:
    """The form of an entry."""
    page = hand.page
    page.context.add_cookies(signed_in)
    page.goto(f"{site.origin}/nl/faq/{OTHER}/")
    page.get_by_role("link", name="Dit antwoord bewerken").click()
    expect(page).to_have_url(FORM)
    expect(page.locator(".freshness")).to_have_text("Bijgewerkt")
    return page


def test_leaving_with_unsaved_words_is_asked_about_and_with_saved_ones_not(
    hand: Hand, site: Site, signed_in: Any
) -> None:
    page = opened_form(hand, site, signed_in)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    history = page.get_by_role("link", name="Geschiedenis")
    question = page.locator("#id_nl_question")
    was = question.input_value()
    question.press("End")
    question.type(" x")
    history.click(no_wait_after=True)
    for _ in range(200):
        if asked:
            break
        page.wait_for_timeout(25)
    assert asked == ["beforeunload"]
    expect(question).to_have_value(f"{was} x")
    question.fill(was)
    history.click()
    page.wait_for_url(re.compile("/history/"))
    page.go_back()
    page.locator("#id_nl_question").fill(f"{was} x")
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.locator(".messagelist")).to_contain_text("Als concept opgeslagen")
    page.locator("#id_nl_question").fill(was)
    page.get_by_role("button", name="Concept opslaan").click()
    page.get_by_role("link", name="Geschiedenis").click()
    page.wait_for_url(re.compile("/history/"))
    assert asked == ["beforeunload"]


def test_the_preview_follows_the_language_and_has_two_widths(hand: Hand, site: Site, signed_in: Any) -> None:
    page = opened_form(hand, site, signed_in)
    answer_in(page, "en").focus()
    page.keyboard.type("Quite new. ")
    shown = page.frame_locator("[name=preview-en]")
    expect(shown.locator(".answer")).to_contain_text("Quite new.")
    expect(page.locator("[name=preview-nl]")).to_be_hidden()
    assert shown.locator("html").evaluate("html => html.clientWidth") == 390
    page.get_by_role("button", name="Laptop").click()
    assert shown.locator("html").evaluate("html => html.clientWidth") == 1280
    box = page.locator(".save-bar").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
    page.unroute_all()
    page.route("**/preview/**", lambda route: route.fulfill(status=429))
    page.locator("#id_en_question").focus()
    page.keyboard.type("x")
    expect(page.locator(".freshness")).to_contain_text("Niet bijgewerkt")
    page.unroute_all()
    page.reload()


def test_a_list_is_picked_from_while_typing(hand: Hand, site: Site, signed_in: Any) -> None:
    page = opened_form(hand, site, signed_in)
    limits = page.locator("#id_limits")
    before = limits.input_value().split("\n")
    picker = limits.locator("xpath=following-sibling::input[1]")
    picker.press_sequentially("policy")
    option = page.locator("#id_limits_choices option").first
    expect(option).to_be_attached()
    value = option.get_attribute("value") or ""
    picker.fill(value)
    expect(limits).to_have_value("\n".join([*before, value]))
    expect(picker).to_have_value("")


def test_the_form_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site.origin}/admin/login/?next=/nl/faq/{OTHER}/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    page.get_by_role("link", name="Dit antwoord bewerken").click()
    page.get_by_role("button", name="Tonen in het Engels").click()
    expect(page.frame_locator("[name=preview-en]").locator(".answer")).to_be_visible()
    page.get_by_role("link", name="Geschiedenis").click()
    page.get_by_role("button", name="Vergelijken").click()
    expect(page.locator(".changes, #content-main > p").first).to_be_visible()
    context.close()


def test_axe_finds_nothing_in_the_admin_at_any_width(browser: Browser, site: Site, signed_in: Any) -> None:
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    hand = Hand(context.new_page())
    page = hand.page
    page.goto(f"{site.origin}/admin/")
    assert faults_of(page) == []
    page = opened_form(hand, site, signed_in)
    address = page.url.partition("change/")[0]
    assert faults_of(page) == []
    for path in ("admin/", "admin/faq/entry/", "admin/faq/entry/queue/"):
        page.goto(f"{site.origin}/{path}")
        assert faults_of(page, most=12) == [], path
    for path in ("history/", "history/compare/"):
        page.goto(f"{address}{path}")
        assert faults_of(page, most=12) == [], path
    context.close()
