"""Numbers with two readings, without bound, or that are none: asked back on every surface where text is typed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.every import some

pytestmark = pytest.mark.django_db

HUB = {"vnet": "hub", "vnet_prefixes": "10.20.0.0/16"}
SURFACES = [
    "",
    "result/",
    "result/json/",
    "result/markdown/",
    "result/text/",
    "result/svg/",
    "steps/sites/",
    "steps/check/",
]
"""What shows a design that stands in an address."""

FIELDS = ("site_mbps", "mbps", "clients", "roots", "site_tunnels", "client_vnets")


def page(client: Client, language: str = "en", **typed: str) -> str:
    """The form with what was typed."""
    answer = client.get(f"/{language}/advice/?{urlencode({'site': 'Delft'} | HUB | typed)}")
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "english", "dutch"),
    [
        ("1.000", "Do you mean 1000 or 1 Mbps? Write 1000 or 1.", "Bedoelt u 1000 of 1 Mbit/s? Schrijf 1000 of 1."),
        ("1,000", "Do you mean 1000 or 1 Mbps? Write 1000 or 1.", "Bedoelt u 1000 of 1 Mbit/s? Schrijf 1000 of 1."),
        ("1.250", "Do you mean 1250 or 1.25 Mbps? Write 1250 or 1.25.", "Bedoelt u 1250 of 1,25 Mbit/s?"),
        ("1.000 Gbps", "Write 1000 Gbps or 1 Gbps.", "Schrijf 1000 Gbps of 1 Gbps."),
    ],
)
def test_two_readings_are_asked_back(client: Client, typed: str, english: str, dutch: str) -> None:
    for field in ("site_mbps", "mbps"):
        assert english in page(client, "en", **{field: typed})
        assert dutch in page(client, "nl", **{field: typed})


def test_so_they_are_of_what_is_counted(client: Client) -> None:
    assert "Do you mean 1000 or 1? Write 1000 or 1." in page(client, clients="1.000")
    shown = page(client, clients="1.250")
    assert "Enter a whole number" in shown
    assert "1250" in shown


def test_nothing_with_two_readings_gives_advice(client: Client) -> None:
    for field in FIELDS:
        query = urlencode({"site": "Delft", "clients": "4"} | HUB | {field: "1.000"})
        for surface in ("result/", "result/json/", "result/markdown/"):
            assert client.get(f"/en/advice/{surface}?{query}").status_code != 200, (field, surface)


def test_the_notation_of_an_answer_is_read_again(client: Client) -> None:
    need = {"sites": [{"name": "a", "bandwidth_mbps": 1.125}], "vnets": [{"name": "hub", "prefixes": ["10.0.0.0/16"]}]}
    opened = client.post("/en/advice/open/", {"design_json": json.dumps(need)}, follow=True)
    assert "Do you mean" not in opened.content.decode()


@pytest.mark.parametrize("typed", ["9" * 28, "9" * 390, "1000000000", "-5", "1e400", "nan", "Infinity", "x" * 5000])
@pytest.mark.parametrize("field", some(FIELDS, 3))
def test_no_number_fails_a_surface(client: Client, field: str, typed: str) -> None:
    query = urlencode({"site": "Delft", "clients": "4"} | HUB | {field: typed})
    for surface in SURFACES:
        assert client.get(f"/en/advice/{surface}?{query}").status_code < 500, surface
    shown = page(client, **{"clients": "4", field: typed})
    assert "Enter a " in shown
    assert "quot" not in shown.partition("<main")[2].replace("&quot;", "")


@pytest.mark.any_database
@pytest.mark.parametrize(
    "number", ["9" * 28, "9" * 5000, "1e400", "1e308", "Infinity", "NaN", "-1", '"1.000"', "1e-300"]
)
@pytest.mark.parametrize("path", ["sites", "clients", "whole", "roots", "tunnels"])
def test_no_json_number_fails_the_api(client: Client, path: str, number: str) -> None:
    body = {
        "sites": '{"sites": [{"name": "a", "bandwidth_mbps": %s}]}',
        "clients": '{"clients": {"count": %s}}',
        "whole": '{"bandwidth_mbps": %s}',
        "roots": '{"clients": {"count": 1, "root_certificates": %s}}',
        "tunnels": '{"sites": [{"name": "a", "tunnels": %s}]}',
    }[path] % number
    answer = client.post("/api/v1/advice", body, content_type="application/json")
    assert answer.status_code in ((200, 422) if number == "1e-300" else (422,)), answer.content
    for surface in ("open/",):
        assert client.post(f"/en/advice/{surface}", {"design_json": body}).status_code < 500


def test_the_schema_tells_the_bound(client: Client) -> None:
    document: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    assert '"maximum": 999999999' in json.dumps(document)


def test_a_program_is_told_of_json_and_a_person_is_not(client: Client) -> None:
    body = {"sites": [{"name": "a", "bandwidth_mbps": "25"}]}
    told = client.post("/api/v1/advice?lang=en", json.dumps(body), content_type="application/json").content.decode()
    assert "quot" in told
    assert "Vul een getal van 0 of hoger in, bijvoorbeeld 25." in page(client, "nl", mbps="veertig")
    assert "Vul een heel getal in" in page(client, "nl", clients="veertig")


@pytest.mark.parametrize(("language", "typed", "word"), [("nl", "misschien", "nee"), ("en", "maybe", "no")])
def test_the_refusal_of_a_public_address_names_no(client: Client, language: str, typed: str, word: str) -> None:
    shown = page(client, language, site_ip=typed)
    fault = shown.partition('id="sites-0-ip-fault"')[2][:400]
    assert f" {word}" in fault
    assert "true" not in fault


@pytest.mark.parametrize("typed", ["192.168.10.0 255.255.255.0", "192.168.10.0/0.0.0.255", "192.168.10.7/24"])
def test_a_network_in_another_notation_is_suggested_on_every_surface(client: Client, typed: str) -> None:
    assert "192.168.10.0/24" in page(client, site_prefixes=typed)
    body = {"sites": [{"name": "a", "prefixes": [typed]}]}
    refused = client.post("/api/v1/advice", json.dumps(body), content_type="application/json")
    assert [error["suggestion"] for error in refused.json()["errors"]] == ["192.168.10.0/24"]
