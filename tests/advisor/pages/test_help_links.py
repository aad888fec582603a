"""Help links: a portal's key leads to entries or a filled-in wizard, an unknown one is searched for."""

from __future__ import annotations

import pytest
from django.test import Client

from advisor.models import HelpKey
from faq.models import Entry
from tests.faq.builders import edition, renamed

pytestmark = pytest.mark.django_db


ONE, OTHER = "what-is-expressroute", "what-is-the-gateway-subnet-and-why-is-it-needed"


@pytest.fixture
def keys() -> None:
    HelpKey.objects.create(key="vpn-form.clients", entries=[ONE])
    HelpKey.objects.create(key="vpn-form.subnet", entries=[ONE, OTHER])
    HelpKey.objects.create(key="vpn-form.advice", advice="want=clients&clients=40")


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("vpn-form.clients?lang=nl", f"/nl/faq/{ONE}/"),
        ("vpn-form.clients?lang=en", f"/en/faq/{ONE}/"),
        ("VPN-Form.Clients?lang=en", f"/en/faq/{ONE}/"),
        ("vpn-form.subnet?lang=nl", "/nl/help/vpn-form.subnet/"),
        ("vpn-form.advice?lang=en", "/en/advice/steps/what/?want=clients&clients=40"),
        ("portal.bgp_asn?lang=en", "/en/search/?q=portal+bgp+asn"),
    ],
)
def test_a_key_leads_to_what_it_is_mapped_to(client: Client, address: str, target: str) -> None:
    answer = client.get(f"/help/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (302, target)
    assert client.get(target).status_code == 200


@pytest.mark.usefixtures("keys")
def test_a_key_follows_a_rename_and_leaves_out_what_is_gone(client: Client) -> None:
    renamed(ONE, "expressroute")
    assert client.get("/help/vpn-form.clients?lang=nl").headers["Location"] == "/nl/faq/expressroute/"
    assert "/en/faq/expressroute/" in client.get("/en/help/vpn-form.subnet/").content.decode()
    Entry.objects.filter(slug=OTHER).update(published_at=None)
    assert client.get("/help/vpn-form.subnet?lang=nl").headers["Location"] == "/nl/faq/expressroute/"
    Entry.objects.filter(slug__in=("expressroute", ONE)).update(published_at=None)  # in every edition
    assert client.get("/help/vpn-form.subnet?lang=nl").headers["Location"] == "/nl/search/?q=vpn+form+subnet"


@pytest.mark.usefixtures("keys")
def test_a_key_leads_into_the_edition_that_is_asked_for(client: Client) -> None:
    edition()
    for key, target in (("clients", f"/nl/faq/{ONE}/?"), ("advice", "/nl/advice/steps/what/?want=clients&clients=40&")):
        answer = client.get(f"/help/vpn-form.{key}?lang=nl&edition=2020-01")
        assert answer.headers["Location"] == f"{target}edition=2020-01"


@pytest.mark.usefixtures("keys")
def test_without_a_language_the_visitors_own_counts(client: Client) -> None:
    answer = client.get("/help/vpn-form.clients", headers={"Accept-Language": "en"})
    assert answer.headers["Location"].startswith("/en/")
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.usefixtures("keys")
def test_several_entries_stand_on_a_page(client: Client) -> None:
    page = client.get("/en/help/vpn-form.subnet/").content.decode()
    assert f"/en/faq/{ONE}/" in page
    assert f"/en/faq/{OTHER}/" in page


@pytest.mark.parametrize(
    "address",
    [
        "vpn?lang=de",
        "vpn?lang=../en",
        "//evil.example",
        "https://evil.example/",
        "<script>alert(1)</script>",
        "a%00b",
        "a" * 101,
        ".hidden",
        "vpn?lang=%3Cscript%3E",
    ],
)
def test_a_hostile_key_or_language_gets_a_reason(client: Client, address: str) -> None:
    answer = client.get(f"/help/{address}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'class="fault"' in page
    assert "<script>" not in page.replace('<script src="', "")


def test_an_unknown_page_of_entries_is_not_found(client: Client) -> None:
    assert client.get("/nl/help/nothing/").status_code == 404
