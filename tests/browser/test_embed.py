"""A portal of another origin, under a strict policy of its own, shows our pages in a real Chromium; another may not."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.accessibility import RULES
from tests.browser.waiting import until
from tests.served import Site

ENTRY = "what-is-expressroute"
LIST = "from faq.models import Portal; Portal.objects.get_or_create(name='P', origin='{origin}')"
PAGE = """<!doctype html><html lang="nl"><head><title>Portal</title>
<link rel="stylesheet" href="/portal.css"><script {kind}src="{site}/gateway-faq.js"></script></head><body>
<h1 class="answer">Portal</h1>{body}</body></html>"""
STYLE = """:root { color-scheme: light dark } .answer, h1, main, a, iframe { color: rgb(255, 0, 0); font-size: 77px }
:root.night { color-scheme: dark }"""


class Portal(ThreadingHTTPServer):
    """A portal whose one page has a body that a test chooses."""

    site = ""
    body = ""
    script_kind = ""
    referrer_policy = "strict-origin-when-cross-origin"

    @property
    def origin(self) -> str:
        """Where it is: another origin than the site's, which is at 127.0.0.1."""
        return f"http://localhost:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    """Answers with the portal's page and its style."""

    server: Portal

    def do_GET(self) -> None:
        """The style, or the page under a policy that allows nothing but the site's script and frames."""
        is_style = self.path == "/portal.css"
        content = (
            STYLE
            if is_style
            else PAGE.format(site=self.server.site, body=self.server.body, kind=self.server.script_kind)
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
        policy = f"default-src 'none'; style-src 'self'; script-src {self.server.site}; frame-src {self.server.site}"
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Referrer-Policy", self.server.referrer_policy)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running(site: Site) -> Iterator[Portal]:
    """A portal that runs, on another port and by another name than the site."""
    portal = Portal(("localhost", 0), Answering)
    portal.site = site.origin
    thread = threading.Thread(target=portal.serve_forever, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        portal.shutdown()
        portal.server_close()


@pytest.fixture(scope="module")
def portal(site: Site) -> Iterator[Portal]:
    """A portal that is on the list."""
    with running(site) as listed:
        site.manage("shell", "--verbosity", "0", "--command", LIST.format(origin=listed.origin))
        yield listed


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's page that refuses cookies of others, and lets no complaint of the browser pass."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    opened = context.new_page()
    yield opened
    assert context.cookies() == []
    context.close()


def show(page: Page, portal: Portal, body: str) -> FrameLocator:
    """Open the portal with this body, and wait until its frame has a height."""
    portal.body = body
    page.goto(portal.origin)
    frame = page.locator("gateway-faq iframe").first
    expect(frame).to_be_visible()
    return page.frame_locator("gateway-faq iframe").first


def test_an_answer_stands_in_the_portal_as_high_as_it_is(page: Page, portal: Portal) -> None:
    body = f'<gateway-faq entry="{ENTRY}" lang="en"><a href="{portal.site}/en/faq/{ENTRY}/">Help</a></gateway-faq>'
    frame = show(page, portal, body)
    expect(frame.locator("h1")).to_contain_text("What is ExpressRoute")
    expect(page.get_by_role("link", name="Help")).to_be_hidden()
    expect(page.locator("gateway-faq iframe")).to_have_attribute("title", "Help")
    box = page.locator("gateway-faq iframe").bounding_box()
    assert box is not None
    inside = frame.locator("body").evaluate("body => body.getBoundingClientRect().height")
    assert abs(box["height"] - inside) < 2
    assert frame.locator("html").evaluate("root => root.scrollHeight <= root.clientHeight + 1")
    page.set_viewport_size({"width": 400, "height": 800})
    expect(page.locator("gateway-faq iframe")).not_to_have_css("height", f"{round(box['height'])}px")
    narrow = frame.locator("body").evaluate("body => body.getBoundingClientRect().height")
    until(
        page,
        "height => Math.abs(document.querySelector('gateway-faq').shadowRoot.querySelector('iframe')"
        ".getBoundingClientRect().height - height) < 2",
        narrow,
    )


def test_styles_leak_neither_way(page: Page, portal: Portal) -> None:
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq><p class="measure">Portal</p>')
    assert frame.locator("h1").evaluate("h1 => getComputedStyle(h1).color") != "rgb(255, 0, 0)"
    assert page.locator("h1").evaluate("h1 => getComputedStyle(h1).fontSize") == "77px"
    assert page.locator("p.measure").evaluate("p => getComputedStyle(p).maxWidth") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_as_light_or_dark_as_the_portal(browser: Browser, portal: Portal, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq>')
    papers = {"light": "rgb(251, 250, 247)", "dark": "rgb(18, 24, 29)"}
    expect(frame.locator("html")).to_have_css("background-color", papers[scheme])
    page.evaluate("document.documentElement.className = 'night'")
    expect(frame.locator("html")).to_have_css("background-color", papers["dark"])
    axe = Axe().run(page, options={"runOnly": RULES, "rules": {"region": {"enabled": False}}})
    inside = [
        violation for violation in axe.response["violations"] if any(len(n["target"]) > 1 for n in violation["nodes"])
    ]
    assert inside == []
    context.close()


def test_search_and_the_wizard_work_inside_it(page: Page, portal: Portal) -> None:
    frame = show(page, portal, '<gateway-faq search="" lang="en"></gateway-faq>')
    frame.get_by_role("combobox").fill("how many clients")
    frame.get_by_role("button", name="Search").click()
    frame.get_by_role("link", name=re.compile("How many VPN clients")).click()
    expect(frame.locator(".answer")).to_contain_text("10,000")
    frame = show(page, portal, '<gateway-faq advice="" lang="en"></gateway-faq>')
    frame.get_by_label("Individual computers").check()
    frame.get_by_role("button", name="Next").click()
    expect(frame.get_by_role("heading", level=1)).to_contain_text("How many computers")
    frame.get_by_role("button", name="I don't know").click()
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Which operating systems")
    frame = show(page, portal, '<gateway-faq advice="clients=10001&vnet=hub" lang="en"></gateway-faq>')
    expect(frame.locator("#advice")).to_contain_text("does not fit")


def test_suggestions_are_seen_whole_for_the_frame_grows_with_them(page: Page, portal: Portal) -> None:
    frame = show(page, portal, '<gateway-faq search="" lang="en"></gateway-faq>')
    frame.locator("footer span").click()
    page.keyboard.press("/")
    field = frame.get_by_role("combobox")
    expect(field).to_be_focused()
    field.press_sequentially("gateway sub")
    options = frame.get_by_role("option")
    expect(options.first).to_be_visible()
    below = "document.querySelector('gateway-faq').shadowRoot.querySelector('iframe').getBoundingClientRect().height"
    last = options.last.evaluate("option => option.getBoundingClientRect().bottom")
    until(page, f"bottom => {below} >= bottom", last)
    field.press("ArrowDown")
    field.press("Enter")
    expect(frame.locator(".answer")).to_be_visible()


def test_the_script_may_be_a_module(page: Page, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "script_kind", 'type="module" ')
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq>')
    expect(frame.locator("h1")).to_contain_text("What is ExpressRoute")


def test_it_works_by_import(page: Page, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "script_kind", "data-")
    portal.body = f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq>'
    page.goto(portal.origin)
    page.evaluate(f"import('{portal.site}/gateway-faq.mjs')")
    frame = page.frame_locator("gateway-faq iframe").first
    expect(frame.locator("h1")).to_contain_text("What is ExpressRoute")
    expect(page.locator("gateway-faq iframe").first).to_be_visible()


def test_it_says_so_if_it_cannot_find_its_site(page: Page, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "script_kind", "data-")
    portal.body = f'<gateway-faq entry="{ENTRY}"><a href="/">Help</a></gateway-faq>'
    page.goto(portal.origin)
    with page.expect_console_message(lambda message: message.type == "warning") as warned:
        page.evaluate(f"import('{portal.site}/gateway-faq.js')")
    assert "gateway-faq.mjs" in warned.value.text
    expect(page.get_by_role("link", name="Help")).to_be_visible()


def test_a_link_in_a_tall_frame_brings_the_top_of_the_new_page_into_view(page: Page, portal: Portal) -> None:
    design = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"
    below = "<p>" + "<br>" * 100 + "</p>"
    frame = show(page, portal, f'{below}<gateway-faq advice="{design}" lang="nl"></gateway-faq>{below}')
    top = "Math.round(document.querySelector('gateway-faq').getBoundingClientRect().top)"
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0, "the first page moves nothing"
    link = frame.locator("main a[href^='/embed/nl/']:not([href*='/advice/'])").last
    page.evaluate("scrollTo(0, scrollY + document.querySelector('gateway-faq').getBoundingClientRect().bottom - 500)")
    until(page, f"{top} < -300")
    heading = frame.locator("h1").inner_text()
    link.evaluate("link => link.click()")
    expect(frame.locator("h1")).not_to_have_text(heading)
    until(page, f"Math.abs({top}) <= 1")
    expect(frame.locator("h1")).to_be_in_viewport()


def test_a_link_moves_nothing_while_the_top_is_in_view(page: Page, portal: Portal) -> None:
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq><p>{"<br>" * 100}</p>')
    heading = frame.locator("h1").inner_text()
    frame.locator("main a[href^='/embed/en/']").first.evaluate("link => link.click()")
    expect(frame.locator("h1")).not_to_have_text(heading)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0


def test_another_entry_takes_its_place_when_the_attribute_changes(page: Page, portal: Portal) -> None:
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq>')
    page.evaluate("document.querySelector('gateway-faq').setAttribute('lang', 'nl')")
    expect(frame.locator("h1")).to_contain_text("Wat is ExpressRoute")
    page.evaluate("document.querySelector('gateway-faq').remove()")


@pytest.mark.parametrize("entry", ["../../admin", "https://evil.example", "a b", "x?y=1", ""])
def test_nothing_leads_out_of_the_site(page: Page, portal: Portal, entry: str) -> None:
    portal.body = f'<gateway-faq entry="{entry}"><a href="/">Help</a></gateway-faq>'
    page.goto(portal.origin)
    expect(page.get_by_role("link", name="Help")).to_be_visible()
    assert page.locator("gateway-faq iframe").count() == 0


def test_a_portal_that_is_not_on_the_list_keeps_its_link(page: Page, site: Site, portal: Portal) -> None:
    with running(site) as other:
        other.body = (
            f'<gateway-faq entry="{ENTRY}" lang="en"><a href="{site.origin}/en/faq/{ENTRY}/">Help</a></gateway-faq>'
        )
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(other.origin)
        page.wait_for_timeout(300)
        expect(page.locator("gateway-faq iframe")).to_be_hidden()
        page.get_by_role("link", name="Help").click()
        expect(page.locator("h1")).to_contain_text("What is ExpressRoute")


def test_messages_of_others_and_malformed_ones_change_nothing(page: Page, portal: Portal) -> None:
    frame = show(page, portal, f'<gateway-faq entry="{ENTRY}" lang="en"></gateway-faq>')
    before = page.locator("gateway-faq iframe").bounding_box()
    page.evaluate(
        """() => {
            const odd = [null, 1, "x", [], {}, {type: 1}, {type: "gatewijzer:height"},
              {type: "gatewijzer:height", height: "9"},
              {type: "gatewijzer:height", height: NaN}, {type: "gatewijzer:height", height: 99999}];
            for (const data of odd) for (let n = 0; n < 5; n += 1) window.postMessage(data, "*");
            const frame = document.querySelector("gateway-faq").shadowRoot.querySelector("iframe").contentWindow;
            for (const data of [...odd, {type: "gatewijzer:theme", theme: "blue"}, {type: "gatewijzer:theme"}])
              frame.postMessage(data, "*");
        }"""
    )
    page.wait_for_timeout(300)
    assert page.locator("gateway-faq iframe").bounding_box() == before
    assert frame.locator("html").get_attribute("data-theme") == "light"


@pytest.mark.parametrize("policy", ["strict-origin-when-cross-origin", "no-referrer"])
def test_a_frame_without_the_script_is_led_to_the_page_for_its_portal(
    page: Page, portal: Portal, monkeypatch: pytest.MonkeyPatch, policy: str
) -> None:
    monkeypatch.setattr(portal, "referrer_policy", policy)
    portal.body = f'<iframe src="{portal.site}/embed/en/{ENTRY}" width="600" height="600"></iframe>'
    page.goto(portal.origin)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("What is ExpressRoute")
    frame.get_by_role("link", name="Search", exact=True).click()
    frame.get_by_role("combobox").fill("how many clients")
    frame.get_by_role("button", name="Search").click()
    frame.get_by_role("link", name=re.compile("How many VPN clients")).click()
    expect(frame.locator(".answer")).to_contain_text("10,000")


def test_hiding_the_referrer_lets_no_other_portal_in(page: Page, site: Site, portal: Portal) -> None:
    with running(site) as other:
        other.referrer_policy = "no-referrer"
        other.body = f'<iframe src="{site.origin}/embed/en/{ENTRY}" width="600" height="600"></iframe>'
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(other.origin)
        assert page.frames[-1].locator("h1").count() == 0
