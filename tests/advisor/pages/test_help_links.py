"""Help links: a portal's key leads to entries or a filled-in wizard, an unknown one is searched for."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from advisor.models import HelpKey
from advisor.pages.help_links import dead_help_links
from faq.models import Edition, Entry
from tests.faq.builders import account, edition, published, renamed

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
    Entry.objects.filter(slug="expressroute").update(published_at=None)
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


class TestAdmin:
    """Mapping keys."""

    @pytest.fixture
    def publisher(self, client: Client) -> Client:
        client.force_login(account("publisher"))
        return client

    def add(self, client: Client, **given: str) -> str:
        answer = client.post("/admin/advisor/helpkey/add/", {"entries": "", "advice": ""} | given, follow=True)
        return str(answer.content.decode())

    def test_a_key_is_mapped(self, publisher: Client) -> None:
        self.add(publisher, key="Form.Field", entries=f"{ONE}\n{OTHER}")
        self.add(publisher, key="form.wizard", advice="?clients=40")
        mapped = HelpKey.objects.values_list("key", "entries", "advice")
        assert list(mapped) == [("form.field", [ONE, OTHER], ""), ("form.wizard", [], "clients=40")]

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"key": "a b", "entries": ONE}, "vpn-form.clients"),
            ({"key": "a", "entries": "no-such-entry"}, "no-such-entry"),
            ({"key": "a", "advice": "cliënts=40"}, "no parameter"),
            ({"key": "a", "advice": "site=A&site_prefixes=10.1.2.3/16"}, "10.1.2.3/16"),
            ({"key": "a"}, "errornote"),
            ({"key": "a", "entries": ONE, "advice": "clients=40"}, "errornote"),
        ],
    )
    def test_what_leads_nowhere_is_refused(self, publisher: Client, given: dict[str, str], told: str) -> None:
        assert told in self.add(publisher, **given)
        assert not HelpKey.objects.exists()


class TestChecker:
    """`manage.py check_links`."""

    def test_the_shipped_content_leads_somewhere(self) -> None:
        out = StringIO()
        call_command("check_links", stdout=out)
        assert out.getvalue() == "every link leads somewhere\n"

    def test_a_wizard_is_judged_in_every_edition_that_advises(self) -> None:
        Edition.objects.create(code="2020-01", date=date(2020, 1, 1), limits=Edition.objects.get().limits)
        edition("silent")
        HelpKey.objects.create(key="wrong.everywhere", advice="clints=4")
        HelpKey.objects.create(key="right", advice="clients=4")
        assert [(dead.place, dead.edition) for dead in dead_help_links()] == [("wrong.everywhere", "")]

    def test_an_entry_of_any_edition_is_somewhere_to_go(self) -> None:
        published(edition(), slug="only-there")
        HelpKey.objects.create(key="there", entries=["only-there"])
        assert list(dead_help_links()) == []

    @pytest.mark.usefixtures("keys")
    def test_it_names_everything_that_leads_nowhere(self) -> None:
        HelpKey.objects.create(key="old.advice", advice="clints=4")
        Entry.objects.filter(slug=ONE).update(published_at=None)
        out = StringIO()
        with pytest.raises(CommandError, match="lead nowhere"):
            call_command("check_links", "--json", stdout=out)
        found = [(dead["place"], dead["target"]) for dead in json.loads(out.getvalue())]
        assert found[:3] == [("old.advice", "clints=4"), ("vpn-form.clients", ONE), ("vpn-form.subnet", ONE)]
        assert len(found) > 3
        assert all(target == ONE for _, target in found[1:])
