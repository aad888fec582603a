"""The advisor over HTTP: the contract as JSON, and every fault of a need at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from advisor.core.need import MOST_BYTES
from advisor.formats.as_json import to_json
from advisor.wording.sentences import load_texts
from tests.builders import EDITION, advise, site, vnet

pytestmark = pytest.mark.django_db


def post(client: Client, body: Any, lang: str = "nl") -> Any:
    """What the API answers to a need, given as JSON or as text."""
    written = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(f"/api/v1/advice?lang={lang}", written, content_type="application/json")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_advice_is_that_of_the_core(client: Client, lang: str) -> None:
    raw: dict[str, Any] = {
        "vnets": [vnet("hub", "10.20.0.0/16")],
        "sites": [site("Tilburg", "192.168.10.0/24"), site("Breda")],
    }
    answer = post(client, raw, lang)
    assert answer.status_code == 200
    assert answer.json() == to_json(advise(**raw), load_texts(EDITION), lang)
    assert post(client, raw, lang).content == answer.content


def test_the_default_language_is_dutch(client: Client) -> None:
    answer = client.post("/api/v1/advice", "{}", content_type="application/json")
    assert answer.json()["findings"][0]["code"] == "nothing-to-connect"
    assert answer.content == post(client, {}, "nl").content


def test_every_fault_of_a_need_is_told_at_once(client: Client) -> None:
    raw = {"sites": [{"name": "A", "prefixes": ["10.1.2.3/16"]}, {"device": "softwair"}], "bgp": 1}
    answer = post(client, raw, "en")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == 422
    assert [(error["path"], error["suggestion"]) for error in said["errors"]] == [
        ("sites[0].prefixes[0]", "10.1.0.0/16"),
        ("sites[1].name", None),
        ("sites[1].device", "software"),
        ("bgp", None),
    ]


@pytest.mark.parametrize("body", [b"", b"[", b"\xff\xfe", b'"need"', b" " * (MOST_BYTES + 1), b"[" * 100_000])
def test_what_is_no_need_is_refused(client: Client, body: bytes) -> None:
    answer = post(client, body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["reason"]


def test_an_unknown_language_or_edition_is_a_400(client: Client) -> None:
    assert post(client, {}, "de").json()["errors"][0]["path"] == "lang"
    assert post(client, {}, "de").status_code == 400
    refused = client.get("/api/v1/limits?edition=2016-21")
    assert (refused.status_code, refused.json()["errors"][0]["suggestion"]) == (400, "2016-12")


def test_a_browser_is_not_answered_by_get(client: Client) -> None:
    assert client.get("/api/v1/advice").status_code == 405


def test_limits_have_their_source_and_the_day_they_were_checked(client: Client) -> None:
    said = client.get("/api/v1/limits?edition=2016-12").json()
    assert said["edition"] == "2016-12"
    clients = next(limit for limit in said["limits"] if limit["value"] == 128)
    assert clients["source"]["document"]
    assert clients["checked"] >= "2026"
    assert client.get("/api/v1/limits").json() == said
