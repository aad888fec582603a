"""A second factor in a real Chromium: set up, used to sign in, and what axe finds on its pages."""

from __future__ import annotations

import time
from base64 import b32decode
from urllib.parse import urlsplit

from django_otp.oath import hotp
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import faults_of
from tests.served import PASSWORD, Site

STEP_SECONDS = 30
ACCOUNT = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("two-factors", password="{PASSWORD}")
"""


def code_of(key: str, step: int) -> str:
    """What an app shows in a step of half a minute, of a key as the page shows it."""
    return f"{hotp(b32decode(key.replace(' ', '')), step):06}"


def submit(page: Page, **typed: str) -> None:
    """Fill fields of the form in the content of a page, and send it."""
    for name, text in typed.items():
        page.locator(f"#content [name={name}]").fill(text)
    page.locator("#content [type=submit]").first.click()


def test_axe_finds_nothing_while_a_second_factor_is_set_up_and_used(browser: Browser, site: Site) -> None:
    site.manage("shell", "--verbosity", "0", "--command", ACCOUNT)
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def is_at(path: str) -> None:
        expect(page).to_have_url(f"{site.origin}{path}")
        assert faults_of(page) == [], path

    page.goto(f"{site.origin}/admin/")
    submit(page, username="two-factors", password=PASSWORD)
    expect(page.locator("#logout-form")).to_be_visible()
    page.goto(f"{site.origin}/admin/second-factor/")
    assert faults_of(page) == []
    page.goto(f"{site.origin}/admin/second-factor/set-up/")
    key = page.locator("code.key").inner_text()
    submit(page, code="000000x", password=PASSWORD)
    is_at("/admin/second-factor/set-up/")  # with what was wrong
    step = int(time.time()) // STEP_SECONDS
    submit(page, code=code_of(key, step), password=PASSWORD)
    expect(page.locator("code.key")).to_have_count(0)
    assert faults_of(page) == [], urlsplit(page.url).path
    context.clear_cookies()
    page.goto(f"{site.origin}/admin/")
    submit(page, username="two-factors", password=PASSWORD)
    is_at("/admin/login/code/")
    submit(page, code="12345")
    is_at("/admin/login/code/")
    submit(page, code=code_of(key, step + 1))  # each code is good for one time
    expect(page.locator("#logout-form")).to_be_visible()
    context.close()
