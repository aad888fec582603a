"""A design's name, ASNs, active-active, and a number of clients that is not known: read, refused, typed, and shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from advisor.answers.changed_numbers import with_numbers
from advisor.answers.query_string import address_of, typed
from advisor.answers.typed import raw_need, typed_of
from advisor.core.need import NeedRefused
from advisor.formats.as_json import need_to_json, to_json
from advisor.formats.drawing.told import tell
from advisor.formats.drawing.topology import topology_of
from advisor.formats.json_schema import need_schema
from advisor.formats.report import write_report
from advisor.wording.sentences import load_texts
from tests.builders import EDITION, advise, codes, need, site, vnet

SAID: dict[str, Any] = {
    "vnets": [vnet("hub", "10.20.0.0/16", asn=4_200_000_000)],
    "sites": [site("Tilburg", "192.168.10.0/24", asn=65010)],
    "clients": {"count": None},
    "bgp": True,
    "active_active": True,
    "name": "Head office",
}
ADDRESS = (
    "edition=2016-12&site=Tilburg&site_prefixes=192.168.10.0/24&site_asn=65010&vnet=hub&vnet_prefixes=10.20.0.0/16"
    "&vnet_asn=4200000000&clients=unknown&name=Head+office&bgp=1&active_active=1"
)


def refused(**fields: Any) -> list[tuple[str, str]]:
    """Where and why a need is refused."""
    with pytest.raises(NeedRefused) as found:
        need(**fields)
    return [(error.path, error.reason) for error in found.value.errors]


def test_they_are_read_written_and_typed() -> None:
    asked = need(**SAID)
    assert (asked.name, asked.active_active, asked.clients.count) == ("Head office", True, None)
    assert need(**need_to_json(asked)) == asked
    assert address_of(typed_of(asked)) == ADDRESS
    assert need(**raw_need(typed(QueryDict(ADDRESS)))[0]) == asked


def test_what_is_left_out_says_nothing() -> None:
    asked = need()
    assert (asked.name, asked.active_active, asked.clients.count, asked.hub.asn) == (None, False, 0, None)
    assert address_of(typed_of(asked)) == "edition=2016-12&vnet=vnet"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"name": ""}, [("name", "name-empty")]),
        ({"name": "x" * 81}, [("name", "name-too-long")]),
        ({"name": " x"}, [("name", "name-spaces")]),
        ({"name": 5}, [("name", "expected-text")]),
        ({"vnets": [vnet(asn=0)]}, [("vnets[0].asn", "number-too-small")]),
        ({"sites": [site(asn=4294967296)]}, [("sites[0].asn", "number-too-large")]),
        ({"sites": [site(asn="65010")]}, [("sites[0].asn", "expected-whole-number")]),
        ({"sites": [site(asn=True)]}, [("sites[0].asn", "expected-whole-number")]),
        ({"active_active": None}, [("active_active", "expected-yes-no")]),
        ({"clients": {"count": "unknown"}}, [("clients.count", "expected-whole-number")]),
    ],
)
def test_what_does_not_fit_is_refused(fields: dict[str, Any], errors: list[tuple[str, str]]) -> None:
    assert refused(**fields) == errors


def test_a_name_may_be_that_of_a_site() -> None:
    assert need(name="Tilburg", sites=[site("Tilburg")]).name == "Tilburg"


def test_the_schema_has_them() -> None:
    properties = need_schema([EDITION])["properties"]
    asn = {"type": "integer", "minimum": 1, "maximum": 4294967295}
    for of in ("vnets", "sites"):
        (number, null) = properties[of]["items"]["properties"]["asn"]["anyOf"]
        assert number | asn == number
        assert null == {"type": "null"}
    count = properties["clients"]["properties"]["count"]
    assert count["default"] == 0
    assert {"type": "null"} in count["anyOf"]
    assert properties["active_active"]["default"] is False


def test_the_name_changes_nothing_but_itself() -> None:
    assert advise(**SAID) == advise(**SAID | {"name": None})


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_name_stands_in_what_is_copied(language: str) -> None:
    asked = need(**SAID | {"name": "Kantoor #1"})
    advice = advise(**SAID)
    assert "Kantoor #1" in write_report(asked, advice, language, markdown=False)
    assert "Kantoor \\#1" in write_report(asked, advice, language, markdown=True)
    assert topology_of(asked, advice, load_texts(EDITION), language).title.startswith("Kantoor #1: ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_clients_of_unknown_number_are_designed_for_as_one(language: str) -> None:
    unknown, one = advise(clients={"count": None}), advise(clients={"count": 1})
    assert [connection.type for connection in unknown.connections] == ["point-to-site"]
    assert unknown.gateway == one.gateway
    assert unknown.client_pool == one.client_pool
    assert unknown.limits == ()
    assert codes(unknown) - codes(one) == {"client-count-unknown"}
    assert "None" not in json.dumps(to_json(unknown, load_texts(EDITION), language))
    drawn = topology_of(need(clients={"count": None}), unknown, load_texts(EDITION), language)
    assert "None" not in " ".join(tell(drawn))


def test_other_numbers_leave_an_unknown_one_as_it_is() -> None:
    said = typed(QueryDict("clients=unknown&mbps=10"))
    assert with_numbers(said, QueryDict("clients=&mbps=20")).clients == "unknown"
    assert with_numbers(said, QueryDict("clients=30")).clients == "30"


@pytest.mark.django_db
class TestPages:
    """The form, the wizard, the check, and a saved case."""

    @pytest.mark.parametrize(("language", "words"), [("nl", "Ik weet niet hoeveel"), ("en", "I don't know how many")])
    def test_the_form_has_a_box_for_not_known(self, client: Client, language: str, words: str) -> None:
        page = client.get(f"/{language}/advice/?clients=unknown").content.decode().replace("&#x27;", "'")
        assert words in page
        assert '<input type="checkbox" name="clients" value="unknown" checked>' in page
        assert 'name="clients" value=""' in page

    def test_the_box_goes_before_the_number(self, client: Client) -> None:
        given = {"clients": ["40", "unknown"], "site": ["A"]}
        assert "clients=unknown" in client.post("/en/advice/", given).headers["Location"]

    def test_what_the_wizard_does_not_know_is_not_known(self, client: Client) -> None:
        answer = client.get("/en/advice/steps/clients/?want=clients&name=Mine&go=unknown")
        assert "clients=unknown" in answer.headers["Location"]
        assert "unknown=clients" in answer.headers["Location"]
        assert "name=Mine" in answer.headers["Location"]

    def test_the_form_and_the_wizard_say_it_alike(self, client: Client) -> None:
        by_wizard = (
            client.get("/en/advice/steps/clients/?want=clients&go=unknown").headers["Location"].partition("?")[2]
        )
        by_box = client.get("/en/advice/steps/clients/?want=clients&clients=unknown&go=next").headers["Location"]
        by_form = client.post("/en/advice/", {"clients": ["", "unknown"]}).headers["Location"].partition("#")[0]
        pages = []
        for address in (by_wizard, by_box.partition("?")[2], by_form.partition("?")[2]):
            assert json.loads(client.get(f"/en/advice/result/design/?{address}").content)["clients"]["count"] is None
            page = client.get(f"/en/advice/result/text/?{address}").content.decode()
            pages.append([line for line in page.splitlines() if not line.startswith("http")])
        assert pages[0] == pages[1] == pages[2]
        assert "- The number of clients is unknown: assuming one. Check the limit before there are more." in pages[0]

    def test_the_wizard_asks_for_the_name_and_the_check_shows_it(self, client: Client) -> None:
        assert 'name="name"' in client.get("/en/advice/steps/name/").content.decode()
        check = client.get(f"/en/advice/steps/check/?{ADDRESS}&want=sites&want=clients").content.decode()
        for words in ("Head office", "ASN 65010", "number not known", "active-active"):
            assert words in check

    def test_the_result_and_a_saved_case_show_the_name(self, client: Client) -> None:
        assert "Head office" in client.get(f"/en/advice/result/?{ADDRESS}").content.decode()
        case = client.post("/en/advice/case/", {"address": ADDRESS}).headers["Location"]
        assert "Head office" in client.get(case).content.decode()
        assert "Head office" in client.get(f"{case}text/").content.decode()

    def test_the_api_takes_null(self, client: Client) -> None:
        answer = client.post("/api/v1/advice?lang=en", json.dumps(SAID), content_type="application/json")
        assert answer.status_code == 200
        assert "client-count-unknown" in [one["code"] for one in answer.json()["findings"]]
