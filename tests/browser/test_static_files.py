"""What is left out of the stylesheets that are sent changes nothing for a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from web.static_files import SMALLER

STYLESHEETS = sorted((Path(__file__).parents[2] / "static").glob("*.css"), key=lambda path: path.name)
# A value with `var()` in it, and one of a custom property, is given as it was written, with the space after a comma or
# without.
RULES = r"""css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const same = rule => rule.cssText.replace(/("[^"]*")|\s*,\s*/g, (found, text) => text ?? ',');
  return Array.from(sheet.cssRules, same);
}"""


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda path: path.name)
def test_a_stylesheet_as_it_is_sent_has_the_rules_of_its_source(browser: Browser, sheet: Path) -> None:
    written = sheet.read_text()
    sent = SMALLER["css"](written)
    page = browser.new_page()
    assert rules(page, sent) == rules(page, written) != []
    assert len(sent) < len(written)
    page.close()


def rules(page: Page, css: str) -> list[str]:
    """The rules of a stylesheet as Chromium reads them."""
    found: list[str] = page.evaluate(RULES, css)
    return found
