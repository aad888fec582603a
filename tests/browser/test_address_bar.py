"""The browser's own reading of our OpenSearch description: Chromium takes in a search engine only where the format is
right, and keeps it in its profile.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.served import Site

COLUMNS = "short_name, url, suggest_url, favicon_url"


def engines(profile: Path, site: Site) -> list[Any]:
    """The search engines of this site that a profile has."""
    with sqlite3.connect(profile / "Default" / "Web Data") as kept:
        return kept.execute(f"SELECT {COLUMNS} FROM keywords WHERE url LIKE ?", (f"{site.origin}/%",)).fetchall()  # noqa: S608 -- our own columns


@pytest.mark.parametrize(("locale", "language"), [("nl-NL", "nl"), ("en-GB", "en")])
def test_who_typed_our_address_can_search_from_there_ever_after(
    browser: Browser, site: Site, tmp_path: Path, locale: str, language: str
) -> None:
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=FLAGS, locale=locale
    )
    with context.expect_event("request", lambda asked: asked.url.endswith(f"/{language}/"), timeout=10_000):
        context.new_page().goto(f"{site.origin}/")
    # What the browser itself loads is no page's request: it is looked for where it ends up.
    context.pages[-1].wait_for_timeout(2_000)
    context.close()
    assert engines(tmp_path, site) == [
        (
            f"Gatewijzer {language.upper()}",
            f"{site.origin}/{language}/search/?q={{searchTerms}}",
            f"{site.origin}/opensearch/{language}/suggestions?q={{searchTerms}}",
            f"{site.origin}/favicon.ico",
        )
    ]
