"""What a design of one edition comes to in another: SKUs that the other does not have, editions that do not exist."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def refused(client: Client, need: dict[str, Any]) -> list[tuple[str, Any, str | None]]:
    """The path, the value, and the suggestion of each error."""
    answer = client.post("/api/v1/advice?lang=en", json.dumps(need), content_type="application/json")
    assert answer.status_code == 422
    return [(error["path"], error["value"], error["suggestion"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("edition", "sku", "nearest"),
    [
        ("2016-12", "VpnGw1AZ", "HighPerformance"),
        ("2016-12", "VpnGw5", "HighPerformance"),
        ("2026", "UltraPerformance", "HighPerformance"),
        ("2026", "VpnGw1Az", "VpnGw1AZ"),
        ("2026", "gateway", None),
    ],
)
def test_a_sku_that_the_edition_does_not_have_is_refused_with_the_nearest(
    client: Client, edition: str, sku: str, nearest: str | None
) -> None:
    assert refused(client, {"edition": edition, "gateway_sku": sku}) == [("gateway_sku", sku, nearest)]


def test_an_unknown_edition_is_refused_with_the_nearest(client: Client) -> None:
    assert refused(client, {"edition": "2016-1"}) == [("edition", "2016-1", "2016-12")]


def test_a_page_keeps_a_sku_that_the_edition_does_not_have(client: Client) -> None:
    page = client.get("/en/advice/?site=Tilburg&sku=VpnGw2AZ&edition=2016-12").content.decode()
    assert "VpnGw2AZ" in page
    assert "HighPerformance" in page
