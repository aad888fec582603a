"""A real Chromium. Without one these tests are skipped, saying so, and fail where CI is set."""

from __future__ import annotations

import json
import os
import shutil
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM
"""Chromium without what makes a window of it, where that is installed: a test takes half the time."""

IN_A_ROW = 4
"""Answers that must be ranked: the two workers of a served site take turns, about."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    if SHELL is None:
        message = "no Chromium on this machine: apt-get install chromium runs the browser tests too"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=SHELL, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def _page_of_looks(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def looked_at(_page_of_looks: Page) -> Page:
    """A laptop's page on which nothing is done but to look at it, which is why one serves all tests that do so."""
    _page_of_looks.set_viewport_size({"width": 1280, "height": 800})
    _page_of_looks.emulate_media(color_scheme="light")
    return _page_of_looks


@pytest.fixture(autouse=True)
def _indexed(request: pytest.FixtureRequest) -> None:
    """Each worker of the served site searches with the index of what is published: a test before this one may have
    published something, and while the index is built results are unranked.
    """
    if "site" not in request.fixturenames:
        return
    address = f"{request.getfixturevalue('site').origin}/api/v1/search?lang=en&q=gateway&limit=1"
    ranked, until = 0, time.monotonic() + 60
    while ranked < IN_A_ROW:
        assert time.monotonic() < until, "the site still searches its database"
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 -- our own server
            is_ranked = not json.load(answer)["plain"]
        ranked = ranked + 1 if is_ranked else 0
        if not is_ranked:
            time.sleep(0.1)
