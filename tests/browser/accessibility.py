"""What axe finds on a page, and whether it is as wide as its window, in every width and both themes.

A page is loaded once. All rules are asked of it as it stands; in another width or theme, those that depend on how it
looks. The tests look at each width in one theme, light and dark by turns; `make accessibility` at each in both.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from faq.pages.accessibility import RECORD

RULES = list(RECORD.rules)
WIDTHS, SCHEMES = RECORD.widths, RECORD.themes
SOME = ((320, "dark"), (768, "light"))
EACH = tuple((width, scheme) for width in WIDTHS for scheme in SCHEMES)
LOOKS = EACH if os.environ.get("EVERY_LOOK") else SOME
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


def faults_of(page: Page, looks: Iterable[tuple[int, str]] = LOOKS, most: int = 0) -> list[Fault]:
    """The faults of a page as it stands, then at each of these widths and themes; of the latter
    with so many rows and sections of a kind (`most`), where a number is given: the rest is gone from the page then. It
    is left as the last of them has it.
    """
    size = page.viewport_size
    assert size is not None
    looks = tuple(looks)
    found = [(size["width"], "as it stands", *fault) for fault in _asked(page, RULES)]
    for width in {width: None for width, _ in looks}:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(width, "light", "wider-than-its-window", str(wide))] if wide > width else []
    if most:
        page.evaluate(_THINNED, most)
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
        found += [(width, scheme, *fault) for fault in _asked(page, OF_LOOKS)]
    return found


def _asked(page: Page, rules: list[str]) -> list[tuple[str, str]]:
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [(fault["id"], fault["nodes"][0]["html"][:400]) for fault in results.response["violations"]]
