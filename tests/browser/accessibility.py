"""What axe finds on a page, and whether it is as wide as its window, in every width and both themes.

A page is loaded once. `make accessibility` asks all rules of it as it stands, then those that depend on how it looks in
each width and theme. The tests ask all rules in one look, the narrowest in the dark or the widest in the light, which
differs from page to page. They ask the contrast of a text, which takes most of the time, of the first few of those that
have the same colors and the same size, on whichever page.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from axe_playwright_python.base import AXE_SCRIPT
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


OF_ONE_LOOK = 3
"""Texts of one look of which a test run asks the contrast: axe cannot tell it of each, where something lies on it."""

_seen: dict[str, int] = {}
"""How often the contrast of a text was asked, by how it looks."""

_FAULTS = """async ([rules, seen, most]) => {
  const rule = axe._audit.rules.find((one) => one.id === 'color-contrast');
  const matches = rule.matches;
  const grounds = new Map();
  const groundOf = (part) => {
    if (part === null) return '';
    if (!grounds.has(part)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position } = getComputedStyle(part);
      const own = [backgroundColor, backgroundImage.slice(0, 200), opacity, filter, mixBlendMode, position].join();
      const outer = groundOf(part.parentElement);
      const isPlain = own === 'rgba(0, 0, 0, 0),none,1,none,normal,static';
      grounds.set(part, isPlain ? outer : `${outer}/${own}`);
    }
    return grounds.get(part);
  };
  const lookOf = (part) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(part);
    return [part.localName, color, fontSize, fontWeight, textShadow, groundOf(part)].join();
  };
  if (seen) {
    rule.matches = function (part, ...more) {
      const look = lookOf(part);
      if ((seen[look] ?? 0) >= most || !matches.call(this, part, ...more)) return false;
      seen[look] = (seen[look] ?? 0) + 1;
      return true;
    };
  }
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] });
  rule.matches = matches;
  return { faults: violations.map((fault) => [fault.id, fault.nodes[0].html]), seen };
}"""
"""The faults of a page by these rules. `seen` tells of which looks a text was asked, and is told of those of this page;
without it, all texts are asked.
"""


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
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_FAULTS, [rules, None if EVERY else _seen, OF_ONE_LOOK])
    if not EVERY:
        _seen.update(found["seen"])
    return [(rule, html[:400]) for rule, html in found["faults"]]
