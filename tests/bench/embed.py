"""`make bench`: what an answer weighs in a portal's page, and how long it takes to show, beside an empty frame."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.rates import fetch, verdict
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.test_embed import LIST, Portal, running
from tests.served import Site, served

ENTRY = "what-is-expressroute"
WEIGHT_AIM = 12_000
ROUNDS = 15

SHOWN = """() => new Promise((done) => {
  const look = () => {
    const frame = document.querySelector("gateway-faq")?.shadowRoot?.querySelector("iframe")
      ?? document.querySelector("iframe");
    if (frame && frame.getBoundingClientRect().height > 60) return done(performance.now());
    requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    """Measure and print, each figure with its aim where there is one."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, running(site) as portal:
        site.manage("shell", "--verbosity", "0", "--command", LIST.format(origin=portal.origin))
        weigh(site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            time(browser, portal)
            browser.close()


def weigh(site: Site) -> None:
    """The bytes that a portal's page loads for one answer the first time, compressed."""
    page, _ = fetch(f"{site.origin}/embed/nl/{ENTRY}", **{"Accept-Encoding": "identity"})
    loaded = [part.partition('"')[0] for part in page.decode().split('="')[1:] if part.startswith("/static/")]
    paths = ["/gateway-faq.js", f"/embed/nl/{ENTRY}?theme=light", *dict.fromkeys(loaded)]
    sizes = {path: len(fetch(site.origin + path)[0]) for path in paths}
    for path, size in sizes.items():
        print(f"  {size:7,} bytes  {path}")
    total = sum(sizes.values())
    print(f"an embedded answer: {total:,} bytes (aim: at most {WEIGHT_AIM:,}){verdict(total <= WEIGHT_AIM)}")


def time(browser: Browser, portal: Portal) -> None:
    """Milliseconds until a portal's page shows the answer, beside the same page with a frame that is empty."""
    embedded = f'<gateway-faq entry="{ENTRY}" lang="nl"></gateway-faq>'
    empty = f'<iframe src="{portal.site}/healthz" height="100"></iframe>'
    found: dict[str, list[float]] = {embedded: [], empty: []}
    for _ in range(ROUNDS):
        for body, times in found.items():
            context = browser.new_context()
            page = context.new_page()
            portal.body = body
            page.goto(portal.origin)
            times.append(page.evaluate(SHOWN))
            context.close()
    ours, beside = (statistics.median(times) for times in found.values())
    print(f"shown in a portal's page after {ours:.0f} ms (median); an empty frame: {beside:.0f} ms")


if __name__ == "__main__":
    main()
