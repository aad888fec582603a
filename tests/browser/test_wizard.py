"""The wizard in a real Chromium, with scripts and without: every branch, what is pasted, changed, wrong, and left."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from advisor.answers.questions import STEPS
from tests.browser.accessibility import faults_of
from tests.every import some
from tests.served import Site

TABLE = "\n".join(f"Site {number}\t10.{number}.0.0/16\t5" for number in range(1, 21))
CLIENTS = "want=clients&clients=90&systems=macos&auth=certificate&vnet=hub&vnet_prefixes=10.20.0.0/16"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])

BRANCHES = {
    "sites": ["what", "private", "circuit", "sites", "vnets", "bandwidth", "routes", "gateway"],
    "clients": ["what", "clients", "systems", "auth", "vnets", "bandwidth", "gateway"],
    "vnets": ["what", "vnets", "encrypt", "routes", "gateway"],
}
"""What is asked of who wants to connect this, where no answer opens more."""

BY_TURNS = [("sites", True), ("sites", False), ("clients", False), ("clients", True), ("vnets", True), ("vnets", False)]
"""Each branch with scripts and without: of every two, a test run takes the first."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A laptop's page with scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """A phone's page without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@SCRIPTS
def test_an_engineer_gets_an_advice(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.origin}/en/")
    page.get_by_role("link", name="Step by step").click()
    expect(page).to_have_title("What do you want to connect to Azure? – step 1 · Gatewijzer")
    page.get_by_label("Whole offices or data centers").check()
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_title("May the traffic cross the public internet? – step 2 of 9 · Gatewijzer")
    page.get_by_role("button", name="I don't know").click()
    page.get_by_label("No").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Paste a table").click()
    page.get_by_label("A site on each line").fill(TABLE)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Prefixes of site 20")).to_have_value("10.20.0.0/16")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Prefixes of VNet 1").fill("172.16.5.0/16")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Did you mean 172.16.0.0/16?")).to_be_visible()
    page.get_by_label("Prefixes of VNet 1").fill("172.16.0.0/16")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Prefixes of VNet 1")).to_have_value("172.16.0.0/16")
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    assert len(page.url.partition("?")[2]) <= 2_000
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.get_by_role("link", name="Get advice").click()
    expect(page.get_by_text("VpnGw1AZ, route-based").first).to_be_visible()
    expect(page.get_by_text("assuming that it may").first).to_be_visible()
    expect(page.get_by_role("img", name="The network around")).to_be_visible()
    page.get_by_role("link", name="Change an answer").click()
    page.get_by_role("link", name="Change – How much total bandwidth is needed?").click()
    page.get_by_label("Total through the gateway").fill("12 Gbps")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Get advice").click()
    expect(page.get_by_text("ExpressRoute gateway").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Change an answer")).to_be_hidden()
    expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("want", "scripts"), some(BY_TURNS, 2))
def test_each_branch_counts_its_questions_steadily(browser: Browser, site: Site, want: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.origin}/en/advice/steps/what/")
    page.locator(f"[name=want][value={want}]").check()
    page.get_by_role("button", name="Next").click()
    asked = BRANCHES[want]
    for number, name in enumerate(asked[1:], start=2):
        expect(page).to_have_url(re.compile(f"/steps/{name}/"))
        expect(page).to_have_title(re.compile(f"step {number} of {len(asked) + 1} "))
        answer(page, name)
    expect(page).to_have_title(f"Check your answers – step {len(asked) + 1} of {len(asked) + 1} · Gatewijzer")
    expect(page.get_by_role("link", name="Get advice")).to_be_visible()
    context.close()


def answer(page: Page, name: str) -> None:
    """Answer a question in the least that it takes, and go on."""
    if name == "sites":
        page.get_by_label("Site 1", exact=True).fill("Tilburg")
    elif name == "vnets":
        page.get_by_label("VNet 2", exact=True).fill("spoke")
    elif name == "clients":
        page.get_by_label("Clients connected at the same time").fill("40")
    elif name == "systems":
        page.get_by_label("macOS").check()
    elif name == "auth":
        page.get_by_label("certificate").check()
    elif page.locator("main [type=radio]").count():
        page.locator("main [type=radio][value='0']").check()
    page.get_by_role("button", name="Next").click()


@pytest.mark.parametrize(
    ("start", "scripts"), some([("result", True), ("result", False), ("check", False), ("check", True)], 2)
)
def test_a_number_is_changed_in_two_clicks(browser: Browser, site: Site, start: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    if start == "result":
        page.goto(f"{site.origin}/en/advice/result/?{CLIENTS}")
        page.get_by_role("link", name="Change an answer").click()
    else:
        page.goto(f"{site.origin}/en/advice/steps/check/?{CLIENTS}")
    page.get_by_role("link", name="Change – How many computers").click()
    field = page.get_by_label("Clients connected at the same time")
    expect(field).to_be_focused()
    if not scripts:
        page.keyboard.press("Control+A")
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/steps/check/"))
    expect(page.locator("main").get_by_role("status")).to_contain_text("Changed")
    expect(page.get_by_role("link", name="Get advice")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/advice/result/\?.*clients=200"))
    if start == "result":
        expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("language", "scripts"), some([("nl", True), ("nl", False), ("en", True), ("en", False)], 3))
def test_what_is_wrong_is_told_first_and_leads_to_its_field(
    browser: Browser, site: Site, language: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    error = {"nl": "Fout: ", "en": "Error: "}[language]
    for name in ("what", "private", "circuit", "sites", "clients", "systems", "auth", "encrypt"):
        said = "" if name == "what" else "?want=sites&want=clients&want=vnets"
        page.goto(f"{site.origin}/{language}/advice/steps/{name}/{said}")
        page.locator("main button[value=next]:not(.unseen)").click()
        expect(page).to_have_title(re.compile(f"^{error}"))
        expect(page.locator(".faults")).to_be_focused()
        link = page.locator(".faults a")
        target = page.locator(str(link.get_attribute("href")))
        link.click()
        expect(target).to_be_focused()
    context.close()


def test_the_whole_answer_opens_in_place_and_nothing_typed_is_lost(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/steps/sites/?want=sites")
    page.get_by_label("Site 1", exact=True).fill("Tilburg")
    page.locator(".explains summary").first.click()
    expect(page.locator(".explains .told").first).to_be_visible()
    page.get_by_role("link", name="The whole answer").first.click()
    expect(page.locator(".explains .told .answer")).to_be_visible()
    assert "/steps/sites/" in page.url
    expect(page.get_by_label("Site 1", exact=True)).to_have_value("Tilburg")


def test_without_scripts_the_whole_answer_is_a_link(bare: Page, site: Site) -> None:
    bare.goto(f"{site.origin}/en/advice/steps/sites/?want=sites")
    bare.locator(".explains summary").first.click()
    bare.get_by_role("link", name="The whole answer").first.click()
    expect(bare).to_have_url(re.compile("/en/faq/"))


def test_what_is_typed_is_there_on_the_way_back(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/steps/sites/?want=sites")
    page.get_by_label("Site 2", exact=True).fill("Breda")
    page.get_by_label("Prefixes of site 2").fill("10.2.0.0/99")
    page.get_by_role("link", name="Limits", exact=True).first.click()
    expect(page).to_have_url(re.compile("/limits/"))
    page.go_back()
    expect(page.locator("[name=site][value=Breda]")).to_be_visible()
    expect(page.locator("[name=site_prefixes][value='10.2.0.0/99']")).to_be_visible()


def test_the_switches_take_along_what_is_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/steps/sites/?want=sites&clients=4")
    page.get_by_label("Site 1", exact=True).fill("Tilburg")
    page.get_by_text("Paste a table").click()
    page.get_by_label("A site on each line").fill("Breda\t10.2.0.0/24")
    page.get_by_role("link", name="Nederlands").click()
    expect(page).to_have_url(re.compile("/nl/advice/steps/sites/"))
    expect(page.get_by_label("Site 1", exact=True)).to_have_value("Tilburg")
    expect(page.get_by_label("Site 2", exact=True)).to_have_value("Breda")
    page.get_by_label("Prefixen van site 1").fill("10.1.0.0/24")
    page.get_by_role("link", name="2016-12").click()
    expect(page).to_have_url(re.compile("edition=2016-12"))
    expect(page.get_by_label("Prefixen van site 1")).to_have_value("10.1.0.0/24")
    page.get_by_role("link", name="2026", exact=True).click()
    expect(page.get_by_label("Prefixen van site 1")).to_have_value("10.1.0.0/24")
    assert "edition" not in page.url
    assert "clients=4" in page.url


def test_a_choice_goes_along_with_the_switch_of_language(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/en/advice/steps/private/?want=sites")
    page.get_by_label("Yes, it may").check()
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_label("Ja, dat mag")).to_be_checked()


def test_a_row_that_is_added_has_the_focus(bare: Page, site: Site) -> None:
    bare.goto(f"{site.origin}/en/advice/steps/sites/?want=sites")
    bare.get_by_role("button", name="One more site").click()
    expect(bare.get_by_label("Site 4", exact=True)).to_be_focused()


STATES = [f"{step.name}/?want=sites&want=clients&want=vnets&circuit=1&sku=VpnGw1AZ" for step in STEPS]
STATES += ["what/?go=next", "private/?want=sites&go=next", "clients/?want=clients&clients=x&go=next"]
STATES += ["systems/?want=clients&systems=amiga&go=next", "auth/?want=clients&go=next"]
STATES += ["sites/?want=sites&site=A&site_prefixes=10.0.0.0/33&site_mbps=x&go=next", "sites/?want=sites&go=next"]
STATES += [f"clients/?{CLIENTS}&to=check", f"check/?{CLIENTS}&changed=clients", "check/?want=sites&want=clients"]
STATES += [f"check/?{CLIENTS}&unknown=bandwidth&pool=x"]


@pytest.mark.parametrize("path", some(STATES, 6))
def test_axe_finds_nothing_in_any_state_and_none_is_too_wide(looked_at: Page, site: Site, path: str) -> None:
    looked_at.goto(f"{site.origin}/nl/advice/steps/{path}")
    looked_at.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    assert faults_of(looked_at, most=12) == []
