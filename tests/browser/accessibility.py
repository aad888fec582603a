"""What axe finds on a page, and whether it is as wide as its window, in every width and both themes.

A page is loaded once. `make accessibility` asks all rules of it as it stands, then those that depend on how it looks in
each width and theme. The tests ask all rules in one look, the narrowest in the dark or the widest in the light, which
differs from page to page.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from faq.pages.accessibility import RECORD
from tests.every import EVERY

RULES = list(RECORD.rules)
WIDTHS, SCHEMES = RECORD.widths, RECORD.themes
EACH = tuple((width, scheme) for width in WIDTHS for scheme in SCHEMES)
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]

Fault = tuple[int, str, str, str]
"""Where axe finds a fault: the width, the theme, the rule, and the beginning of the element."""

_THINNED = """most => [...document.querySelectorAll('main, main *')].forEach((part) => {
  if (part.closest('svg, select, tr, p, form')) return;
  const seen = {};
  [...part.children].forEach((child) => {
    seen[child.localName] = (seen[child.localName] ?? 0) + 1;
    if (seen[child.localName] > most) child.remove();
  });
})"""
"""Rows and sections of one kind have the same colors: a few of them tell it of all."""


def faults_of(page: Page, looks: Iterable[tuple[int, str]] = EACH, most: int = 0) -> list[Fault]:
    """The faults of a page as it stands, and in these widths and themes; a test run asks in one of them, where there
    are any. In a look, so many rows and sections of a kind (`most`) are looked at, where a number is given: the rest is
    gone from the page then. It is left as the last look has it.
    """
    size = page.viewport_size
    assert size is not None
    looks = tuple(looks)
    as_it_stands = EVERY or not looks
    found = [(size["width"], "as it stands", *fault) for fault in (_asked(page, RULES) if as_it_stands else ())]
    for width in {width: None for width, _ in looks}:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(width, "light", "wider-than-its-window", str(wide))] if wide > width else []
    if most and looks:
        page.evaluate(_THINNED, most)
    if looks and not EVERY:
        looks = ((min(looks), max(looks))[crc32(page.url.partition("//")[2].partition("/")[2].encode()) % 2],)
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
        found += [(width, scheme, *fault) for fault in _asked(page, OF_LOOKS if as_it_stands else RULES)]
    return found


def _asked(page: Page, rules: list[str]) -> list[tuple[str, str]]:
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [(fault["id"], fault["nodes"][0]["html"][:400]) for fault in results.response["violations"]]
