"""The form, the result with other numbers, and a design opened from its JSON."""

from __future__ import annotations

import json
import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape

from advisor.answers.saved_designs import LONGEST_ADDRESS
from advisor.answers.typed import MOST_ROWS
from advisor.formats.as_json import need_to_json
from advisor.models import KeptDesign
from tests.builders import advise, need, site, sites, vnet

pytestmark = pytest.mark.django_db


MANY = {
    "site": [f"Site {number}" for number in range(120)],
    "site_prefixes": [f"172.16.{number}.0/24" for number in range(120)],
}


def test_a_posted_form_gets_an_address_of_its_own(client: Client) -> None:
    answer = client.post("/en/advice/", {"clients": "40", "site": ["", ""], "add": "site"})
    assert answer.headers["Location"] == "/en/advice/?clients=40&add=site%3A3#sites-2-name"
    large = client.post("/en/advice/", MANY).headers["Location"]
    page = client.get(large).content.decode()
    assert 'value="Site 119"' in page
    links = re.findall(r'href="([^"]*advice/result/[^"]*)"', page)
    assert links
    assert all(len(link) < LONGEST_ADDRESS and "design=" in link for link in links)


def test_typing_keeps_nothing(client: Client) -> None:
    answer = client.post("/en/advice/", MANY, headers={"HX-Request": "true"})
    assert answer.headers["HX-Replace-Url"] == "false"
    assert "does not fit in a URL" in answer.content.decode()
    assert not KeptDesign.objects.exists()


def test_any_number_can_be_another(client: Client) -> None:
    was = "site=A&site=B&site_mbps=5&site_mbps=3&clients=40"
    given = {"was": was, "clients": "50", "site_mbps": ["5", "8"], "more": "3"}
    address = client.post("/en/advice/result/", given).headers["Location"]
    query = QueryDict(address.partition("?")[2])
    assert query.getlist("site") == ["A", "B", "Site 3", "Site 4", "Site 5"]
    assert query.getlist("site_mbps") == ["5", "8", "8", "8", "8"]
    page = client.get(address).content.decode()
    assert "<del>2 / 10</del> <ins>5 / 10</ins>" in page
    assert "<del>40 / 128</del> <ins>50 / 128</ins>" in page


def test_the_note_of_a_limit_stands_at_its_row(client: Client) -> None:
    notes = [row.note for row in advise(sites=[site("A", bandwidth_mbps=5)]).limits if row.note]
    assert notes
    for language in ("nl", "en"):
        page = client.get(f"/{language}/advice/result/?site=A&site_mbps=5").content.decode()
        for note in notes:
            assert f"<small>{escape(note[language])}</small>" in page
        report = client.get(f"/{language}/advice/result/text/?site=A&site_mbps=5").content.decode()
        assert all(note[language] in report for note in notes)


@pytest.mark.parametrize("more", ["", "-1", "x", "99999", "²"])
def test_a_strange_number_of_sites_adds_none(client: Client, more: str) -> None:
    address = client.post("/en/advice/result/", {"was": "site=A", "more": more}).headers["Location"]
    assert QueryDict(address.partition("?")[2]).getlist("site") == ["A"]


def test_a_design_from_a_file_is_the_same_byte_for_byte(client: Client) -> None:
    asked = need(vnets=[vnet("hub", "10.20.0.0/16")], sites=[site("Tilburg", "192.168.10.0/24", bandwidth_mbps=25)])
    written = json.dumps(need_to_json(asked), ensure_ascii=False, indent=2) + "\n"
    address = client.post("/en/advice/open/", {"design_json": written}).headers["Location"]
    again = client.get(address.replace("/advice/?", "/advice/result/design/?")).content
    assert again == written.encode()


def test_the_faults_of_a_design_are_told_and_its_text_stays(client: Client) -> None:
    answer = client.post("/en/advice/open/", {"design_json": '{"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}]}'})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Did you mean <b>10.1.0.0/16</b>?" in page
    assert "10.1.2.3/16&quot;" in page


def test_a_design_with_more_sites_than_the_pages_take_is_told(client: Client) -> None:
    written = json.dumps({"sites": sites(MOST_ROWS + 1)})
    answer = client.post("/en/advice/open/", {"design_json": written})
    assert answer.status_code == 413
    assert str(MOST_ROWS) in answer.content.decode()


def test_an_entry_about_a_limit_fills_in_the_form(client: Client) -> None:
    slug = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"
    page = client.get(f"/en/faq/{slug}/").content.decode()
    assert 'href="/en/advice/?clients=128#clients"' in page
    assert page.count("/en/advice/?") == 1


@pytest.mark.parametrize(
    ("form", "content_type", "begins"),
    [("svg", "image/svg+xml", b"<svg "), ("png", "image/png", b"\x89PNG\r\n")],
)
def test_the_drawing_is_a_file(client: Client, form: str, content_type: str, begins: bytes) -> None:
    answer = client.get(f"/nl/advice/result/{form}/?site=Tilburg&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16")
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="topology.{form}"'
    assert answer.content.startswith(begins)


def test_a_page_draws_an_advice_and_says_the_same_in_words(client: Client) -> None:
    page = client.get("/nl/advice/result/?site=%3Cb%3EBreda&site_ip=no&vnet=hub&edition=2016-12").content.decode()
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2
    assert "<b>Breda" not in page
    assert "past niet: geen publiek IP-adres" in page


def test_a_limit_names_the_title_of_its_source_and_leads_to_it(client: Client) -> None:
    page = client.get("/en/advice/result/?clients=40&edition=2016-12").content.decode()
    assert re.search(r'<cite><a href="https://[^"]+">[A-Z][^<]+</a></cite>', page.partition("Asked")[2])
    told = client.get("/en/advice/result/text/?clients=40&edition=2016-12").content.decode()
    limits = told.partition("Limits")[2]
    assert ".md" not in limits.partition("Next steps")[0]
