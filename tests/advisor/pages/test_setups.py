"""The page on which a visitor checks what there is: files and pasted text, the report, and where it leads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from advisor.answers.saved_designs import LONGEST_ADDRESS
from advisor.answers.typed import MOST_ROWS
from advisor.models import KeptDesign
from advisor.pages.setups import COMMANDS, MOST_LINES, OTHER_COMMANDS
from tests.advisor.existing_files import FILES, PASTED, SECRETS, many_sites

pytestmark = pytest.mark.django_db

OPEN = "/en/advice/open/?edition=2026"
HTMX = {"HX-Request": "true"}


def files(given: Mapping[str, bytes] = FILES) -> dict[str, Any]:
    """Files as a browser sends them."""
    return {"file": [SimpleUploadedFile(name, content) for name, content in given.items()]}


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def link_of(page: str, words: str) -> str:
    """Where the link with these words leads."""
    (found,) = re.findall(rf'<a [^>]*href="([^"]+)"[^>]*>{words}</a>', page)
    return str(found)


@pytest.mark.parametrize(("language", "words"), [("nl", "Controleer wat u hebt"), ("en", "Check what you have")])
def test_the_page_says_what_it_is_for_and_how_to_get_the_files(client: Client, language: str, words: str) -> None:
    page = text_of(client.get(f"/{language}/advice/open/"))
    assert f"<h1>{words}</h1>" in page
    for command in (*COMMANDS, *OTHER_COMMANDS):
        assert f"<code>{command}</code>" in page
        assert f'data-copy-value="{command}"' in page
    assert "az network vnet list -o json" in page
    assert re.search(r'<input id="file" name="file" type="file" multiple', page)


def test_several_files_become_one_report_with_the_way_to_the_check(client: Client) -> None:
    answer = client.post(OPEN, files())
    assert answer.status_code == 200
    page = text_of(answer)
    for told in ("VNet vnet-delft", "Gateway vpngw-delft", "Site lgw-rijswijk", "Connection con-rijswijk"):
        assert told in page
    result = client.get(link_of(page, "Check this network"))
    assert result.status_code == 200
    assert "Errors</h3>" in result.content.decode()
    form = client.get(link_of(page, "Open in the form")).content.decode()
    for value in ("vnet-delft", "lgw-rijswijk", "192.168.60.0/24", "20.61.3.9", "10.60.255.0/27", "172.20.0.0/24"):
        assert f'value="{value}"' in form
    assert '<input type="checkbox" name="clients" value="unknown" checked>' in form
    assert '<input type="hidden" name="check" value="1">' in form


def test_pasted_text_says_the_same_as_the_files(client: Client) -> None:
    pages = [text_of(client.post(OPEN, given)) for given in (files(), {"design_json": PASTED})]
    links = [[link_of(page, words) for words in ("Check this network", "Open in the form")] for page in pages]
    assert links[0] == links[1]


def test_what_is_missing_leads_to_its_field(client: Client) -> None:
    page = text_of(client.post(OPEN, files()))
    missing = page.partition("Still missing")[2].partition("</ul>")[0]
    links = re.findall(r'href="([^"]+)"', missing)
    assert links
    for link in links:
        address, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in client.get(address).content.decode(), anchor


@pytest.mark.parametrize("given", [files(), {"design_json": PASTED}])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_no_secret_and_nothing_of_the_input_comes_back(client: Client, given: Any, headers: dict[str, str]) -> None:
    for field in given.get("file", ()):
        field.seek(0)
    answer = client.post(OPEN, given, headers=headers)
    page = text_of(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert [secret for secret in SECRETS if secret in page] == []
    assert "addressPrefixes" not in page
    assert "sharedKey" not in page


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    "broken",
    [
        '{"value": [{"sharedKey": "GEHEIM-psk-7Qx", ',
        '["GEHEIM-psk-7Qx"]',
        "GEHEIM-psk-7Qx",
        '{"psk": "GEHEIM-psk-7Qx"}',
        "[" * 20_000 + '"GEHEIM-psk-7Qx"',
        'resource "azurerm_virtual_network_gateway_connection" "c" { shared_key = "GEHEIM-psk-7Qx" }',
    ],
)
def test_what_is_not_understood_is_told_without_a_word_of_it(client: Client, broken: str, headers: Any) -> None:
    for given, name in (({"design_json": broken}, "pasted text"), (files({"list.json": broken.encode()}), "list.json")):
        answer = client.post(OPEN, given, headers=headers)
        page = text_of(answer)
        assert answer.status_code == (200 if headers else 422)
        assert name in page.partition("One thing to correct")[2]
        assert "GEHEIM" not in page


def test_nothing_sent_is_a_fault_that_says_what_to_do(client: Client) -> None:
    for given in ({}, {"design_json": " \n"}):
        answer = client.post(OPEN, given)
        assert answer.status_code == 422
        assert "Choose one or more files, or paste text." in answer.content.decode()


def test_one_file_at_fault_refuses_the_whole_and_says_which(client: Client) -> None:
    page = text_of(client.post(OPEN, files(FILES | {"broken.json": b"[1, "})))
    assert "<code>broken.json" in page
    assert "What was read" not in page


def test_of_two_files_with_one_name_each_is_told_apart(client: Client) -> None:
    given = {"file": [SimpleUploadedFile("list.json", b"[1, "), SimpleUploadedFile("list.json", b"[2, ")]}
    page = text_of(client.post(OPEN, given))
    assert "<code>list.json" in page
    assert "<code>list.json (2)" in page


def test_htmx_gets_the_report_alone_and_a_success(client: Client) -> None:
    page = client.post(OPEN, files(), headers=HTMX).content.decode()
    assert "What was read" in page
    assert "<html" not in page
    assert "<textarea" not in page
    restored = client.post(OPEN, files(), headers=HTMX | {"HX-History-Restore-Request": "true"}).content.decode()
    assert "<html" in restored


def test_the_json_of_a_design_opens_in_the_form_by_htmx_as_well(client: Client) -> None:
    design = json.dumps({"sites": [{"name": "Tilburg"}]})
    address = client.post(OPEN, {"design_json": design}).headers["Location"]
    answer = client.post(OPEN, {"design_json": design}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, address)
    assert "check=1" not in address


class TestLargeDesigns:
    """Those that no address holds, and those that no page shows."""

    def test_one_that_is_too_large_for_an_address_is_kept_only_when_a_visitor_goes_on(self, client: Client) -> None:
        page = text_of(client.post(OPEN, files(many_sites(60))))
        assert KeptDesign.objects.count() == 0
        need = page.partition('name="need" hidden>')[2].partition("</textarea>")[0]
        assert len(need) > LONGEST_ADDRESS
        for go, path in (("result", "/en/advice/result/?"), ("form", "/en/advice/?")):
            address = client.post(OPEN, {"need": need, "go": go}).headers["Location"]
            assert address.startswith(path + "design=")
            assert client.get(address).status_code == 200
        assert KeptDesign.objects.count() == 2
        shown = client.get(client.post(OPEN, {"need": need, "go": "result"}).headers["Location"]).content.decode()
        assert "Errors</h3>" in shown

    def test_one_beyond_the_rows_of_the_pages_is_a_file(self, client: Client) -> None:
        page = text_of(client.post(OPEN, files(many_sites(MOST_ROWS + 1))))
        assert f"at most {MOST_ROWS} sites" in page
        assert page.count('class="lines') == 2
        assert f"The first {MOST_LINES} are shown." in page
        assert page.count(" is part of the design.") <= MOST_LINES
        assert "Open in the form" not in page
        need = page.partition('name="need" hidden>')[2].partition("</textarea>")[0]
        answer = client.post(OPEN, {"need": need, "go": "file"})
        assert answer.headers["Content-Disposition"] == 'attachment; filename="need.json"'
        assert len(json.loads(answer.content)["sites"]) == MOST_ROWS + 1
        assert client.post("/api/v1/advice", answer.content, content_type="application/json").status_code == 200
        assert client.post(OPEN, {"need": need, "go": "form"}).status_code == 413

    def test_a_need_that_is_none_is_told(self, client: Client) -> None:
        answer = client.post(OPEN, {"need": '{"sites": 1}', "go": "result"})
        assert answer.status_code == 422
        assert "<code>sites</code>" in answer.content.decode()


class TestCheck:
    """The mark of a setup that stands, along the way of a visitor."""

    ADDRESS = "edition=2026&vnet=hub&vnet_prefixes=10.20.0.0/16&site=Tilburg&sku=VpnGw1&as_of=2026-06-01&check=1"

    def test_the_result_reads_as_a_check_in_each_form(self, client: Client) -> None:
        for form, heading in (("", "{}</h3>"), ("markdown/", "## {}\n"), ("text/", "{}\n")):
            page = client.get(f"/en/advice/result/{form}?{self.ADDRESS}").content.decode()
            told = ["Errors", "Ended, or ends within a year", "Nearly full", "What to do first"]
            places = [page.index(heading.format(one)) for one in told]
            assert places == sorted(places), form
        assert client.get(f"/en/advice/result/pdf/?{self.ADDRESS}").content.startswith(b"%PDF")

    def test_it_stays_while_answers_are_changed_and_saved(self, client: Client) -> None:
        given = QueryDict(self.ADDRESS)
        for page in ("result/", "", "steps/check/", "steps/sites/"):
            shown = client.get(f"/en/advice/{page}?{self.ADDRESS}").content.decode()
            assert "check=1" in shown or 'name="check" value="1"' in shown, page
        assert "check=1" in client.post("/en/advice/", given).headers["Location"]
        assert "check=1" in client.post("/en/advice/result/", {"was": self.ADDRESS, "mbps": "20"}).headers["Location"]
        case = client.post("/en/advice/case/", {"address": self.ADDRESS}).headers["Location"]
        assert "Ended, or ends within a year" in client.get(case).content.decode()
        assert "Ended, or ends within a year" in client.get(f"{case}text/").content.decode()

    def test_without_it_an_advice_is_as_it_was(self, client: Client) -> None:
        for value in ("", "&check=0", "&check=yes"):
            address = self.ADDRESS.replace("&check=1", value)
            page = client.get(f"/en/advice/result/?{address}").content.decode()
            assert "What to know" in page
            assert "Ended, or ends within a year" not in page
