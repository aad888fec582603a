"""The drawing in a real Chromium: whatever face it is drawn in, no text meets another or leaves its box."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from advisor.formats.drawing.places import STEPS
from advisor.formats.drawing.png import FONTS
from advisor.formats.drawing.svg import to_svg
from tests.advisor.formats.drawing.designs import DESIGNS, LANGUAGES, layouts
from tests.served import Site

INTER = "".join(
    f"@font-face {{ font-family: Inter; font-weight: {weight};"
    f" src: url(data:font/otf;base64,{base64.b64encode((FONTS / f'Inter-{name}.otf').read_bytes()).decode()}) }}"
    for weight, name in ((400, "Regular"), (600, "Bold"))
)
FACES = ("DejaVu Sans", "DejaVu Sans Condensed", "Liberation Sans", "Inter", "system-ui")
"""A wide face, a narrow one, and what there is between them on the machine."""

CHOOSE = """async (face) => {
    document.documentElement.style.setProperty('--face', JSON.stringify(face));
    document.body.offsetHeight;
    await document.fonts.ready;
}"""
"""Draw in another face, which is there once the layout has asked for it."""

FAULTS = """() => [...document.querySelectorAll('svg')].flatMap((svg, place) => {
    const size = { x: 0, y: 0, right: svg.width.baseVal.value, bottom: svg.height.baseVal.value };
    const boxes = [...svg.querySelectorAll('text')].map((text) => {
        const { x, y, width, height } = text.getBBox();
        return { said: text.textContent, x, y, right: x + width, bottom: y + height };
    });
    const meet = (a, b) => a.x < b.right && b.x < a.right && a.y + 0.6 < b.bottom && b.y + 0.6 < a.bottom;
    const inside = (a, b) => a.x >= b.x && a.y >= b.y - 0.5 && a.right <= b.right && a.bottom <= b.bottom + 0.5;
    const frames = [...svg.querySelectorAll('path')].flatMap((path) => path.getAttribute('d').split('z').slice(0, -1))
        .map((d) => d.match(/^M(\\d+) (\\d+)h(\\d+)v(\\d+)/).slice(1).map(Number))
        .map(([x, y, width, height]) => ({ x, y, right: x + width, bottom: y + height }));
    return boxes.flatMap((a, at) => [
        ...(inside(a, size) ? [] : [`${place}: ${a.said} leaves the drawing`]),
        ...boxes.slice(at + 1).filter((b) => meet(a, b)).map((b) => `${place}: ${a.said} meets ${b.said}`),
        ...frames.filter((frame) => meet(a, frame) && !inside(a, frame)).map(() => `${a.said} leaves its box`),
    ]);
})"""


def test_no_text_meets_another_or_leaves_its_box_in_any_face(browser: Browser) -> None:
    drawn = [to_svg(layout, name) for name in DESIGNS for language in LANGUAGES for layout in layouts(name, language)]
    page = browser.new_page()
    page.set_content(f"<style>{INTER} svg {{ font-family: var(--face), sans-serif }}</style>{''.join(drawn)}")
    for face in FACES:
        page.evaluate(CHOOSE, face)
        assert page.evaluate(FAULTS) == [], face
    page.close()


def address(sites: int) -> str:
    named = [(("site", f"Site {n}"), ("site_prefixes", f"192.168.{n}.0/24"), ("site_mbps", "10")) for n in range(sites)]
    pairs = [pair for site in named for pair in site]
    return "nl/advice/result/?" + urlencode([*pairs, ("vnet", "hub"), ("vnet_prefixes", "10.20.0.0/16")])


@pytest.mark.parametrize("sites", [3, 30])
def test_each_page_shows_one_layout_at_its_natural_size(browser: Browser, site: Site, sites: int) -> None:
    page = browser.new_page()
    page.goto(f"{site.origin}/{address(sites)}")
    shown = set()
    for width in (320, 390, *STEPS, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.locator(".drawing svg:visible")
        assert found.count() == 1
        box = found.bounding_box()
        assert box is not None
        assert round(box["width"]) == int(found.get_attribute("width") or 0)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shown.add(round(box["width"]))
    assert len(shown) == 2
    page.close()


def test_on_paper_a_drawing_of_thirty_sites_takes_half_a_page(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 672, "height": 980})
    page.emulate_media(media="print")
    page.goto(f"{site.origin}/{address(30)}")
    found = page.locator(".drawing svg:visible")
    assert found.count() == 1
    box = found.bounding_box()
    assert box is not None
    assert box["width"] <= 672
    assert box["height"] <= 490
    page.close()
