"""The form of the advisor in a real Chromium: edited in place, and without scripts by posts that lead to the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.accessibility import faults_of
from tests.served import Site

BRANCHES = "Vestiging\tNetwerk\tBandbreedte\tApparaat\n" + "\n".join(
    f"Filiaal {number}\t192.168.{number}.0/24\t10\tGevalideerd" for number in range(1, 13)
)
A_SITE = "site=Utrecht&site_prefixes=192.168.10.0/24&site_mbps=10&vnet=hub&vnet_prefixes=10.20.0.0/16"
THREE = "site=Delft&site=Gouda&site=Breda&vnet=hub"
SIZES = {"phone": (390, 844), "laptop": (1280, 800)}


@contextmanager
def opened(
    browser: Browser, site: Site, query: str = "", *, language: str = "en", scripts: bool = True, size: str = "laptop"
) -> Iterator[Page]:
    """The form in a window of its own. A mark on the document tells later whether it was loaded anew."""
    width, height = SIZES[size]
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": height})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{site.origin}/{language}/advice/{'?' if query else ''}{query}")
    if scripts:
        page.evaluate("window.isTheSame = true")
    yield page
    context.close()


def is_the_same(page: Page) -> bool:
    """Whether the document is the one that was opened."""
    return bool(page.evaluate("window.isTheSame === true"))


def focused(page: Page) -> str:
    """The id of the element that has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def answers_in(address: str) -> dict[str, list[str]]:
    """The parameters of an address."""
    return parse_qs(urlsplit(address).query, keep_blank_values=True)


def paste(page: Page, selector: str, text: str) -> None:
    """Paste a text into a field, as a browser does."""
    page.locator(selector).focus()
    page.evaluate(
        """([selector, text]) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(selector).dispatchEvent(paste);
        }""",
        [selector, text],
    )


def arrived(page: Page) -> None:
    """Wait until the scripts that come with the first use are there."""
    while not page.evaluate("typeof htmx === 'object'"):
        page.wait_for_timeout(20)


def settled(page: Page) -> None:
    """Wait until what is shown is that of the form."""
    page.wait_for_timeout(450)
    expect(page.locator("#advice")).not_to_have_attribute("aria-busy", "true")


def late(route: Route) -> None:
    """Let an answer come later than what a key does at once can be seen."""
    if route.request.method == "POST":
        route.request.frame.page.wait_for_timeout(600)
    route.continue_()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_twelve_branches_take_few_clicks_and_keys_and_no_reload(browser: Browser, site: Site, language: str) -> None:
    clicks, keys = 0, 0
    with opened(browser, site, language=language) as page:
        page.locator("#sites-0-name").click()
        clicks += 1
        paste(page, "#sites-0-name", BRANCHES)
        clicks += 1
        expect(page.locator("#sites-11-name")).to_have_value("Filiaal 12")
        for field, text in [("vnets-0-name", "hub"), ("vnets-0-prefixes", "10.20.0.0/16"), ("clients", "90")]:
            page.locator(f"#{field}").click()
            page.keyboard.type(text)
            clicks, keys = clicks + 1, keys + len(text)
        settled(page)
        expect(page.locator("#sheet .verdict h2")).to_be_visible()
        assert is_the_same(page)
        answers = answers_in(page.url)
        assert (len(answers["site"]), answers["clients"], answers["vnet"]) == (12, ["90"], ["hub"])
    assert clicks <= 8
    assert keys <= 60


def test_another_number_of_clients_takes_one_click(browser: Browser, site: Site) -> None:
    with opened(browser, site, f"{A_SITE}&clients=90&edition=2016-12") as page:
        expect(page.locator("#verdict-line")).to_contain_text("fits")
        page.locator("#clients").click()
        page.keyboard.press("Control+A")
        page.keyboard.type("200")
        expect(page.locator("#verdict-line")).to_contain_text("does not fit")
        expect(page.locator("#verdict-line")).to_contain_text("200")
        assert answers_in(page.url)["clients"] == ["200"]
        assert is_the_same(page)


def test_a_row_is_added_with_the_focus_on_its_name(browser: Browser, site: Site) -> None:
    with opened(browser, site, A_SITE) as page:
        page.locator("#sites-1-name").fill("Typed just now")
        page.get_by_role("button", name="One more site").click()
        expect(page.locator("#sites-3-name")).to_be_focused()
        expect(page.locator("#sites-1-name")).to_have_value("Typed just now")
        expect(page.locator("#told")).to_contain_text("Site added.")
        page.get_by_role("button", name="One more VNet").click()
        expect(page.locator("#vnets-2-name")).to_be_focused()
        assert is_the_same(page)


def test_a_row_is_removed_with_the_focus_on_its_neighbor_and_back_brings_it_back(browser: Browser, site: Site) -> None:
    with opened(browser, site, THREE) as page:
        page.get_by_role("button", name="Remove site Gouda").click()
        expect(page.locator("#sites-1-name")).to_be_focused()
        expect(page.locator("#sites-1-name")).to_have_value("Breda")
        expect(page.locator("#told")).to_contain_text("Site Gouda removed.")
        assert answers_in(page.url)["site"] == ["Delft", "Breda"]
        page.go_back()
        expect(page.locator("#sites-1-name")).to_have_value("Gouda")
        page.get_by_role("button", name="Remove site Breda").click()
        page.get_by_role("link", name="Undo").click()
        expect(page.locator("#sites-2-name")).to_have_value("Breda")


def test_the_last_row_leaves_an_empty_one(browser: Browser, site: Site) -> None:
    with opened(browser, site, "site=Delft&add=site:1") as page:
        page.get_by_role("button", name="Remove site Delft").press("Enter")
        expect(page.locator("[name=site]")).to_have_count(1)
        expect(page.locator("#sites-0-name")).to_have_value("")
        expect(page.locator("#sites-0-name")).to_be_focused()


def test_a_duplicate_has_all_but_what_is_its_own(browser: Browser, site: Site) -> None:
    with opened(browser, site, f"{A_SITE}&site_device=none&site_ip=198.51.100.7") as page:
        page.get_by_role("button", name="Duplicate site Utrecht").click()
        expect(page.locator("#sites-1-name")).to_be_focused()
        shown = [page.locator(f"#sites-1-{column}").input_value() for column in ("name", "prefixes", "mbps", "device")]
        assert shown == ["", "", "10", "none"]


@pytest.mark.parametrize(
    ("button", "row", "count"),
    [("One more site", 3, 4), ("Remove site Gouda", 1, 2), ("Duplicate site Delft", 1, 4)],
)
def test_without_scripts_a_button_leads_to_the_row(
    browser: Browser, site: Site, button: str, row: int, count: int
) -> None:
    with opened(browser, site, f"{THREE}&site_mbps=25", scripts=False) as page:
        page.get_by_role("button", name=button).click()
        expect(page.locator("[name=site]")).to_have_count(count)
        expect(page.locator(f"#sites-{row}-name")).to_be_focused()
        expect(page.locator(f"#sites-{row}-name")).to_be_in_viewport()


def test_without_scripts_a_table_becomes_rows(browser: Browser, site: Site) -> None:
    with opened(browser, site, scripts=False, language="nl") as page:
        page.get_by_text("Een tabel plakken").first.click()
        page.locator("#site_table").fill(BRANCHES.replace("Gevalideerd", "Cisco ASA", 1))
        page.get_by_role("button", name="Deze rijen toevoegen").first.click()
        expect(page.get_by_text("12 sites gelezen, 1 te corrigeren.")).to_be_visible()
        expect(page.locator("#sites-0-device")).to_be_focused()
        page.get_by_role("button", name="Vraag advies").click()
        expect(page.locator("#sites-0-device")).to_have_attribute("aria-invalid", "true")


def test_enter_asks_for_advice_and_adds_no_row(browser: Browser, site: Site) -> None:
    for scripts in (True, False):
        with opened(browser, site, A_SITE, scripts=scripts) as page:
            page.locator("#clients").fill("40")
            page.locator("#clients").press("Enter")
            page.wait_for_url(re.compile("clients=40"))
            expect(page.locator("[name=site]")).to_have_count(3)
            if scripts:
                assert is_the_same(page)
                assert focused(page) == "clients"


def test_enter_marks_what_is_wrong_and_goes_there(browser: Browser, site: Site) -> None:
    with opened(browser, site, A_SITE) as page:
        page.locator("#sites-0-mbps").fill("abc")
        page.locator("#clients").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sites-0-mbps")).to_be_focused()
        expect(page.locator("#faults")).to_contain_text("Mbps of site Utrecht: “abc” is not a number.")
        page.locator("#clients").fill("many")
        page.locator("#clients").press("Enter")
        for field in ("sites-0-mbps", "clients"):
            expect(page.locator(f"#{field}")).to_have_attribute("aria-describedby", f"{field}-fault")
            expect(page.locator(f"#{field}-fault")).to_have_count(1)


def test_what_a_table_does_not_tell_stays_open_and_is_marked(browser: Browser, site: Site) -> None:
    with opened(browser, site) as page:
        paste(page, "#sites-0-name", "Delft;10.1.0.0/16;25;Cisco ASA\nGouda;10.2.0.0/16;25;Not listed")
        expect(page.get_by_text("2 sites read, 1 to correct.").first).to_be_visible()
        expect(page.locator("#sites-0-device")).to_be_focused()
        expect(page.locator("#sites-0-device option:checked")).to_have_text("Choose…")
        expect(page.locator("#sites-1-device")).to_have_value("unlisted")
        for _ in range(2):
            page.locator("[data-to-advice]").click()
            expect(page.locator("#sites-0-device")).to_have_attribute("aria-invalid", "true")
        page.locator("#sites-0-device").select_option("validated")
        expect(page.locator("#sheet .verdict h2")).to_be_visible()
        expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_a_pasted_row_with_tabs_and_no_second_line_is_a_table_too(browser: Browser, site: Site) -> None:
    with opened(browser, site) as page:
        paste(page, "#vnets-0-name", "hub\t10.20.0.0 255.255.0.0\tWest Europe")
        expect(page.locator("#vnets-0-region")).to_have_value("westeurope")
        assert answers_in(page.url)["vnet_prefixes"] == ["10.20.0.0 255.255.0.0"]


def test_a_suggestion_is_taken_with_a_click(browser: Browser, site: Site) -> None:
    for scripts in (True, False):
        with opened(
            browser, site, "site=A&site_prefixes=10.9.0.0/16,192.168.10.1/24&pool=172.16.1.9/24", scripts=scripts
        ) as page:
            page.get_by_role("button", name="Use 192.168.10.0/24").click()
            expect(page.locator("#sites-0-prefixes")).to_have_value("10.9.0.0/16, 192.168.10.0/24")
            expect(page.locator("#sites-0-prefixes")).to_be_focused()
            page.get_by_role("button", name="Use 172.16.1.0/24").click()
            expect(page.locator("#pool")).to_have_value("172.16.1.0/24")
            expect(page.locator("[aria-invalid]")).to_have_count(0)
            if scripts:
                assert is_the_same(page)


@pytest.mark.parametrize("size", list(SIZES))
def test_the_verdict_stays_in_sight_and_covers_no_field(browser: Browser, site: Site, size: str) -> None:
    with opened(browser, site, THREE, size=size) as page:
        for selector in ("#sites-0-name", "#sites-2-mbps", "#vnets-0-name", "#clients", "#mbps", "#endpoints"):
            page.locator(selector).focus()
            expect(page.locator("#verdict-line a")).to_be_in_viewport()
            line, field = page.locator(".in-sight").bounding_box(), page.locator(selector).bounding_box()
            assert line
            assert field
            assert field["y"] >= line["y"] + line["height"] or field["y"] + field["height"] <= line["y"], selector
        page.locator("#verdict-line a").click()
        expect(page.locator("#advice h2").first).to_be_in_viewport()


def test_the_sheet_is_dimmed_from_the_first_key_until_the_advice_has_come(browser: Browser, site: Site) -> None:
    with opened(browser, site, f"{A_SITE}&clients=90&edition=2016-12") as page:
        page.route("**/advice/**", late)
        page.locator("#clients").focus()
        arrived(page)
        page.keyboard.press("End")
        page.keyboard.type("0")
        expect(page.locator("#advice")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#advice").get_by_text("Being worked out…")).to_be_visible()
        expect(page.locator("#verdict-line")).to_contain_text("does not fit")
        expect(page.locator("#advice")).to_have_attribute("aria-busy", "false")
        expect(page.locator("#advice").get_by_text("Being worked out…")).to_be_hidden()


def test_a_request_that_failed_is_told_until_one_succeeds(browser: Browser, site: Site) -> None:
    failures: list[Callable[[Route], None]] = [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=429),
        lambda route: route.fulfill(status=500),
    ]
    with opened(browser, site, f"{A_SITE}&clients=90&edition=2016-12") as page:
        for number, failure in enumerate(failures):
            page.route("**/advice/**", failure)
            page.locator("#clients").fill(f"90{number}")
            told = page.locator("#advice").get_by_text("Not up to date: the site could not be reached.")
            expect(told).to_be_visible()
            expect(page.locator("#told")).to_have_text("Not up to date: the site could not be reached.")
            page.unroute("**/advice/**")
            page.locator("#advice").get_by_role("button", name="Try again").click()
            expect(told).to_be_hidden()
            expect(page.locator("#verdict-line")).to_contain_text("does not fit")
            expect(page.locator("#verdict-line")).to_contain_text(f"90{number}")
            assert is_the_same(page)


def test_what_a_button_asked_for_comes_with_the_next_try(browser: Browser, site: Site) -> None:
    with opened(browser, site, THREE) as page:
        page.locator("#clients").focus()
        arrived(page)
        page.route("**/advice/**", lambda route: route.abort())
        page.get_by_role("button", name="Remove site Gouda").click()
        expect(page.locator("#advice").get_by_role("button", name="Try again")).to_be_visible()
        page.unroute("**/advice/**")
        page.locator("#advice").get_by_role("button", name="Try again").click()
        expect(page.locator("#sites-1-name")).to_have_value("Breda")


def test_a_half_typed_value_keeps_the_advice_and_is_marked_when_left(browser: Browser, site: Site) -> None:
    with opened(browser, site, A_SITE) as page:
        verdict = page.locator("#sheet .verdict h2").inner_text()
        page.locator("#sites-0-prefixes").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("192.168.")
        expect(page.locator("#advice .pending")).to_contain_text("Not complete yet: Prefixes of site Utrecht.")
        expect(page.locator("#sheet .verdict h2")).to_have_text(verdict)
        expect(page.locator("[aria-invalid]")).to_have_count(0)
        expect(page.locator("#faults")).to_have_count(0)
        page.keyboard.press("Tab")
        expect(page.locator("#sites-0-prefixes")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#faults li")).to_have_count(1)
        assert focused(page) == "sites-0-mbps"


def test_a_corrected_fault_goes_at_once_wherever_it_was_told(browser: Browser, site: Site) -> None:
    with opened(browser, site, "site=Utrecht&site_prefixes=10.0.0.0/33&site_asn=x&clients=many") as page:
        expect(page.locator(".row .fault, .pair .fault")).to_have_count(3)
        for field, text in [("sites-0-prefixes", "10.0.0.0/24"), ("clients", "40"), ("sites-0-asn", "65010")]:
            page.locator(f"#{field}").fill(text)
            expect(page.locator(f"#{field}")).not_to_have_attribute("aria-invalid", "true")
            expect(page.locator(f"#{field}-fault")).to_have_count(0)
        expect(page.locator("#faults")).to_have_count(0)
        expect(page.locator("#sheet .verdict h2")).to_be_visible()


@pytest.mark.parametrize("edition", ["", "&edition=2016-12"])
def test_every_link_follows_the_answers(browser: Browser, site: Site, edition: str) -> None:
    with opened(browser, site, edition.removeprefix("&")) as page:
        page.locator("#sites-0-name").fill("Utrecht")
        page.locator("#clients").fill("20")
        page.wait_for_url(re.compile("clients=20"))
        settled(page)
        links = {
            "language": page.locator("#languages a"),
            "wizard": page.get_by_role("link", name="Prefer one question at a time?"),
            "edition": page.locator("#editions a"),
        }
        if edition:
            links["notes"] = page.get_by_role("link", name="Read the default edition")
        for name, link in links.items():
            answers = answers_in(link.get_attribute("href") or "")
            assert (answers.get("site"), answers.get("clients")) == (["Utrecht"], ["20"]), name
        assert ("edition" in answers_in(links["language"].get_attribute("href") or "")) == bool(edition)
        code = page.get_by_role("link", name="Open a code").get_attribute("href") or ""
        assert ("edition" in answers_in(code)) == bool(edition)


def test_one_short_line_is_announced(browser: Browser, site: Site) -> None:
    with opened(browser, site) as page:
        assert page.locator("main [aria-live], main [role=alert]").count() == 0
        assert page.locator("main [role=status]").count() == 1 + page.locator(".copy [role=status]").count()
        page.locator("#clients").fill("20")
        expect(page.locator("#told")).to_have_text(re.compile(r"^\s*Fits.*\d+ things? to know\s*$", re.DOTALL))


def test_nothing_takes_the_caret_while_somebody_types(browser: Browser, site: Site) -> None:
    with opened(browser, site, A_SITE) as page:
        page.locator("#sites-0-name").focus()
        page.keyboard.press("Home")
        page.keyboard.type("Nieuw ")
        settled(page)
        assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == [
            "sites-0-name",
            6,
        ]
        page.keyboard.press("Shift+End")
        settled(page)
        page.keyboard.type("Delft")
        expect(page.locator("#sites-0-name")).to_have_value("Nieuw Delft")


def test_a_link_to_a_field_selects_what_stands_there(browser: Browser, site: Site) -> None:
    with opened(browser, site, f"{A_SITE}&clients=90#clients") as page:
        expect(page.locator("#clients")).to_be_focused()
        page.keyboard.type("200")
        expect(page.locator("#clients")).to_have_value("200")


def test_a_button_that_is_pressed_before_the_scripts_have_come_works_in_place(browser: Browser, site: Site) -> None:
    with opened(browser, site, A_SITE) as page:
        page.get_by_role("button", name="One more site").click()
        expect(page.locator("#sites-3-name")).to_be_focused()
        assert is_the_same(page)


def test_no_state_of_the_form_is_wider_than_its_window(browser: Browser, site: Site) -> None:
    long = quote("Een heel lange naam van een vestiging met streepjes-en-nog-meer")
    with opened(browser, site, f"site={long}&site_prefixes=10.0.0.1/24&site_nat=1&clients=many") as page:
        for summary in page.locator("#site-rows summary").all():
            summary.click()
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_in_any_state(browser: Browser, site: Site) -> None:
    with opened(browser, site, f"{A_SITE}&clients=200&edition=2016-12", language="nl") as page:
        for state, text in [("", "300"), ("pending", "x"), ("failed", "90"), ("busy", "9")]:
            if state == "failed":
                page.route("**/advice/**", lambda route: route.abort())
            page.locator("#clients").fill(text)
            expect(page.locator("#desk")).to_have_attribute("data-state", state)
            page.evaluate("scrollTo(0, 0)")  # what lies half behind the line in sight is no target there
            assert faults_of(page) == [], state
