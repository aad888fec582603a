"""A real Chromium. Without one these tests are skipped, saying so, and fail where CI is set."""

from __future__ import annotations

import json
import os
import shutil
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
    if CHROMIUM is None:
        message = "no Chromium on this machine: apt-get install chromium runs the browser tests too"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _indexed(request: pytest.FixtureRequest) -> None:
    """Each worker of the served site searches with the index of what is published: a test before this one may have
    published something, and while the index is built there are no suggestions.
    """
    if "site" not in request.fixturenames:
        return
    address = f"{request.getfixturevalue('site').origin}/api/v1/suggest?lang=en&q=gateway"
    answered, until = 0, time.monotonic() + 60
    while answered < 4 and time.monotonic() < until:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 -- our own server
            is_ready = bool(json.load(answer)["suggestions"])
        answered = answered + 1 if is_ready else 0
        if not is_ready:
            time.sleep(0.5)
