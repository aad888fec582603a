"""The site in a real Chromium: accessibility, widths, keyboard, scripts off, print, and a day's work of an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.accessibility import faults_of
from tests.every import EVERY, some
from tests.served import PASSWORD, Site

ENTRY = "what-is-the-gateway-subnet-and-why-is-it-needed"
ADVICE = "?site=Delft&site_mbps=70&site_prefixes=10.1.0.0/16&site=Gouda&site_prefixes=10.1.2.0/24&clients=150"
FAULTS = "?site=Delft&site_mbps=veel&site_prefixes=10.1.2.3/16&clients=x"
PATHS = [
    "",
    "faq/?edition=2016-12",
    "faq/?edition=2016-12&all=1",
    f"faq/{ENTRY}/",
    "faq/more-information-about-gateway-types-requirements-and-throughput/",
    "sections/bgp/",
    "search/?q=tunnel",
    "search/?q=xyzzy",
    "search/",
    "limits/",
    "limits/?filter=tunnels",
    "editions/",
    "changes/",
    f"faq/{ENTRY}/changes/",
    "about/",
    "accessibility/",
    "advice/",
    f"advice/{ADVICE}",
    f"advice/editions/{ADVICE}",
    f"advice/{FAULTS}",
    "advice/steps/what/",
    f"advice/steps/sites/{FAULTS}&go=next",
    f"advice/steps/gateway/{ADVICE}",
    f"advice/steps/check/{FAULTS}",
    f"advice/result/{ADVICE}&unknown=routes&was=clients%3D40",
    "advice/open/",
    "advice/case/",
    "advice/case/?code=K7QFM2XDRT",
    "api/",
    "search/text/?text=how+many+clients+can+connect%3F",
    f"faq/{ENTRY}/feedback/",
    "nothing-here/",
    f"faq/{ENTRY}/?edition=1999&language=de",
]

WINDOWS = [(320, ""), (390, ""), (640, ""), (960, ""), (1920, ""), (1920, "200%"), (1280, "200%"), (768, "200%")]
"""Widths in CSS pixels (640 and 960 are windows of 1280 and 1920 at a zoom of 200%), and the size of the letters."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's page that lets no complaint of the browser pass."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield opened
    context.close()
    assert [said for said in complaints if "404" not in said] == []


@pytest.mark.parametrize("path", some(PATHS, 5))
def test_axe_finds_nothing_on_any_page_at_any_width_in_either_theme(looked_at: Page, site: Site, path: str) -> None:
    for language in ("en", "nl") if EVERY else ("nl" if PATHS.index(path) % 2 else "en",):
        looked_at.goto(f"{site.origin}/{language}/{path}")
        assert faults_of(looked_at, most=4) == []


@pytest.mark.parametrize("language", some(["nl", "en"], 2))  # the longest words are Dutch
def test_no_page_is_wider_than_its_window_also_when_it_is_enlarged(browser: Browser, site: Site, language: str) -> None:
    page = browser.new_page()
    wider = []
    for path in PATHS:
        page.goto(f"{site.origin}/{language}/{path}")
        for width, letters in WINDOWS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate(
                "letters => { document.documentElement.style.fontSize = letters; "
                "return document.documentElement.scrollWidth; }",
                letters,
            )
            wider += [(path, width, letters, wide)] if wide > width else []
    page.close()
    assert wider == []


def test_no_text_is_longer_than_a_comfortable_line(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto(f"{site.origin}/nl/faq/{ENTRY}/")
    characters = page.evaluate(
        """() => { const p = document.querySelector('.answer p:nth-of-type(2)');
        const size = parseFloat(getComputedStyle(p).fontSize);
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.font = getComputedStyle(p).font;
        return p.clientWidth / (canvas.measureText('abcdefghijklmnopqrstuvwxyz ').width / 27); }"""
    )
    assert 50 <= characters <= 85


def test_the_answer_is_in_the_first_screen_of_a_phone(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.goto(f"{site.origin}/nl/faq/{ENTRY}/")
    box = page.locator(".answer strong").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 780
    context.close()


def test_a_visit_asks_nothing_of_any_other_site(page: Page, site: Site) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    for path in some(PATHS, 3):
        page.goto(f"{site.origin}/nl/{path}")
    assert {re.match(r"https?://[^/]+", request.url)[0] for request in asked} == {site.origin}  # type: ignore[index]
    assert page.context.cookies() == []


def test_reading_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(site.origin)
    page.locator("#q").fill("gatewaysubnet")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name=re.compile("gatewaysubnet", re.IGNORECASE)).first.click()
    expect(page.locator(".answer")).to_contain_text("GatewaySubnet")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en/faq/"))
    page.get_by_role("link", name="Advice", exact=True).click()
    page.get_by_role("link", name="All on one page").click()
    page.get_by_label("Site 1", exact=True).fill("Tilburg")
    page.get_by_label("Prefixes of site 1").fill("192.168.10.0/24")
    page.get_by_label("Mbps of site 1").fill("25")
    page.get_by_label("Prefixes of VNet 1").fill("10.20.0.0/16")
    page.get_by_role("button", name="Get advice").click()
    expect(page.locator("#advice")).to_contain_text("fits")
    expect(page.locator("#advice")).to_contain_text("10.20.255.224/27")
    page.get_by_role("button", name="One more site").click()
    expect(page.get_by_label("Site 1", exact=True)).to_have_value("Tilburg")
    expect(page.get_by_label("Site 4", exact=True)).to_be_visible()
    context.close()


def test_an_error_stands_at_its_field_and_what_was_typed_stays(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/advice/{FAULTS}")
    prefixes = page.get_by_label("Prefixen van site 1")
    expect(prefixes).to_have_value("10.1.2.3/16")
    expect(prefixes).to_have_attribute("aria-invalid", "true")
    described = prefixes.get_attribute("aria-describedby")
    expect(page.locator(f"[id='{described}']").first).to_contain_text("10.1.0.0/16")
    expect(page.locator("#faults")).to_contain_text("3 dingen kloppen nog niet")


def test_results_come_while_typing_and_the_address_follows(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/search/")
    page.locator("#q").press_sequentially("expressroute", delay=20)
    expect(page.locator("#results")).to_contain_text("ExpressRoute")
    expect(page).to_have_url(re.compile(r"q=expressroute"))
    page.locator("#q").blur()  # which closes the suggestions
    page.get_by_role("link", name=re.compile("Wat is ExpressRoute")).first.click()
    expect(page).to_have_url(re.compile("/faq/what-is-expressroute/"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("expressroute")
    expect(page.locator("header.masthead")).to_have_count(1)


def test_the_advice_follows_while_typing(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/advice/")
    page.get_by_label("Clients die tegelijk verbonden zijn").press_sequentially("10001", delay=20)
    expect(page.locator("#advice")).to_contain_text("past niet")
    expect(page).to_have_url(re.compile("clients=10001"))


def test_the_keyboard_reaches_everything_in_order(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/faq/{ENTRY}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main .kicker a")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("query", ["", "?all=1"])
def test_old_anchors_still_lead_to_their_entry(page: Page, site: Site, query: str) -> None:
    page.goto(f"{site.origin}/nl/faq/{query}#what-is-expressroute")
    box = page.locator("#what-is-expressroute").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300


def test_the_whole_faq_prints_without_menus_and_with_every_answer(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/nl/faq/?all=1")
    page.emulate_media(media="print")
    expect(page.locator(".masthead nav").first).to_be_hidden()
    expect(page.locator(".masthead form")).to_be_hidden()
    expect(page.locator("#which-type-of-gateways-can-support-multi-site-and-vnet-to-vnet-connectivity")).to_be_visible()
    assert len(page.pdf()) > 100_000


def sign_in(page: Page, site: Site, role: str) -> None:
    """Sign in to the admin."""
    page.goto(f"{site.origin}/admin/")
    page.fill("#id_username", role)
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")


def test_an_editor_drafts_and_a_publisher_publishes(browser: Browser, page: Page, site: Site) -> None:
    slug = "is-the-vnet-to-vnet-traffic-secure"
    address = f"{site.origin}/nl/faq/{slug}/?edition=2016-12"
    sign_in(page, site, "editor")
    page.goto(f"{site.origin}/admin/faq/entry/?q={slug}")
    page.locator("#result_list tbody tr").filter(has_text="2016-12").locator("a").first.click()
    edited = page.url
    page.fill("#id_nl_answer", "**Ja, en dit is nieuw.** Tot {limit:p2s.max_clients} clients.")
    page.get_by_role("button", name="Tonen in het Nederlands").click()
    expect(page.frame_locator("[name=preview-nl]").locator(".answer")).to_contain_text("Tot 128 clients.")
    page.get_by_role("button", name="Concept opslaan").click()
    expect(page.locator(".messagelist")).to_contain_text("Als concept opgeslagen")
    expect(page.locator(".warnings")).to_contain_text("De tekst in het Engels is ouder")
    reader = browser.new_context().new_page()
    reader.goto(address)
    expect(reader.locator(".answer")).not_to_contain_text("dit is nieuw")
    other = browser.new_context(locale="nl-NL").new_page()
    sign_in(other, site, "publisher")
    other.goto(edited)
    other.get_by_role("button", name="Publiceren", exact=True).click()
    expect(other.locator(".messagelist")).to_contain_text("Gepubliceerd")
    reader.goto(address)
    expect(reader.locator(".answer")).to_contain_text("dit is nieuw")
    other.close()
    reader.close()


def test_nothing_hostile_that_an_editor_stores_runs_anywhere(browser: Browser, site: Site) -> None:
    payloads = [
        "<img src=x onerror=window.pwned=1>",
        "<svg onload=window.pwned=1>",
        "[x](javascript:window.pwned=1)",
        "<script>window.pwned=1</script>",
        "<a href='javascript:window.pwned=1'>klik</a>",
        "<math><mtext><style><img src=x onerror=window.pwned=1></style></mtext></math>",
    ]
    page = browser.new_context(locale="nl-NL").new_page()
    sign_in(page, site, "publisher")
    page.goto(f"{site.origin}/admin/faq/entry/?q=can-i-configure-forced-tunneling")
    page.click("#result_list tbody a")
    page.fill("#id_nl_question", "Vraag <img src=x onerror=window.pwned=1>?")
    page.fill("#id_nl_answer", "\n\n".join(payloads))
    page.get_by_role("button", name="Tonen in het Nederlands").click()
    page.get_by_role("button", name="Publiceren", exact=True).click()
    edited = page.url
    for path in (
        "/nl/faq/can-i-configure-forced-tunneling/",
        "/en/faq/can-i-configure-forced-tunneling/",
        "/nl/faq/",
        "/nl/sections/gateways/",
        "/nl/search/?q=klik",
        "/nl/faq/can-i-configure-forced-tunnelin/",
    ):
        page.goto(site.origin + path)
        assert page.evaluate("window.pwned") is None, path
    for address in (edited, f"{site.origin}/admin/faq/entry/?q=forced", re.sub("change/$", "history/", edited)):
        page.goto(address)
        assert page.evaluate("window.pwned") is None, address
    page.close()
