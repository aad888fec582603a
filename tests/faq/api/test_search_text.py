"""`POST /api/v1/search`: the text of a ticket."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.django_db

TICKET = (
    "Good morning, since the weekend our new firewall in the Delft office is in place. The old one had a tunnel to "
    "Azure and I copied all of its settings. The tunnel comes up, but each time nobody works for a few minutes it goes "
    "down, and the first one who opens the application waits for half a minute. I tried another cable. "
    "The gateway is policy-based. Why does the tunnel go down when there is no traffic? Kind regards, Pieter"
)


def post(client: Client, body: Any, query: str = "") -> HttpResponse:
    """An answer of the operation."""
    written = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/api/v1/search{query}", written, content_type="application/json")  # type: ignore[return-value]


def test_a_whole_ticket_is_read(client: Client) -> None:
    answer = post(client, {"q": TICKET, "lang": "en", "edition": "2016-12", "limit": 3})
    assert answer.status_code == 200
    told = json.loads(answer.content)
    assert told["query"] == TICKET
    assert told["results"][0]["slug"] == "why-does-my-policy-based-vpn-tunnel-go-down-when-traffic-is-idle"
    assert len(told["results"]) == 3
    assert not told["only_near"]
    assert answer["Cache-Control"] == "no-store"


def test_it_finds_what_an_address_finds(client: Client) -> None:
    posted = json.loads(post(client, {"q": "expressroute", "section": "bgp"}).content)
    assert posted == client.get("/api/v1/search?q=expressroute&section=bgp").json()


def test_every_fault_is_told_with_the_value_and_the_nearest_right_one(client: Client) -> None:
    answer = post(client, {"q": "", "lang": "fr", "limit": 99, "sektion": "bgp", "type": "site-to-sit"}, "?lang=en")
    assert answer.status_code == 400
    faults = {one["path"]: one for one in json.loads(answer.content)["errors"]}
    assert set(faults) == {"q", "lang", "limit", "sektion", "type"}
    assert faults["sektion"]["suggestion"] == "section"
    assert faults["limit"]["value"] == 99
    assert faults["type"]["suggestion"] == "site-to-site"
    assert faults["q"]["reason"] == "Must not be empty."


@pytest.mark.parametrize(("length", "status"), [(2000, 200), (2001, 400)])
def test_a_text_has_at_most_two_thousand_characters(client: Client, length: int, status: int) -> None:
    answer = post(client, {"q": "tunnel ".ljust(length, "x")}, "?lang=en")
    assert answer.status_code == status
    if status == 400:
        (fault,) = json.loads(answer.content)["errors"]
        assert fault["reason"] == "Must have 2000 characters or fewer."


@pytest.mark.parametrize("body", ["", "[]", "{", '"bgp"', "null"])
def test_what_is_no_object_is_refused(client: Client, body: str) -> None:
    answer = post(client, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
