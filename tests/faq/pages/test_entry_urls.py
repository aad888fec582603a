"""Short links."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from faq.store.slugs import short_code
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


EXPRESSROUTE = "what-is-expressroute"


def told(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


class TestShortAddresses:
    """`/e/<code>`, which survives renames."""

    def test_one_leads_to_its_entry_in_the_language_asked_for(self, client: Client) -> None:
        address = told(client, f"entries/{EXPRESSROUTE}")["short_url"].removeprefix(settings.ORIGIN)
        answer = client.get(address, headers={"Accept-Language": "en"})
        assert answer.headers["Location"] == f"/en/faq/{EXPRESSROUTE}/"
        assert client.get(address.upper().replace("/E/", "/e/")).status_code == 302

    def test_one_of_another_edition_stays_in_it(self, client: Client) -> None:
        whole = told(client, f"entries/{EXPRESSROUTE}?edition=2026")["short_url"]
        assert whole == told(client, f"entries/{EXPRESSROUTE}")["short_url"] + "?edition=2026"
        assert f">{whole}<" in client.get(f"/en/faq/{EXPRESSROUTE}/?edition=2026").content.decode()
        answer = client.get(whole.removeprefix(settings.ORIGIN), headers={"Accept-Language": "en"})
        assert answer.headers["Location"] == f"/en/faq/{EXPRESSROUTE}/?edition=2026"

    def test_the_code_of_a_former_slug_still_leads_there(self, client: Client) -> None:
        published(edition(), slug="new-name", former_slugs=("old-name",))
        assert client.get(f"/e/{short_code('old-name')}").headers["Location"].endswith("/faq/new-name/")

    def test_no_two_entries_share_one(self, client: Client) -> None:
        codes = {entry["short_url"] for entry in told(client, "entries?limit=200")["entries"]}
        assert len(codes) == 67

    def test_an_unknown_code_is_not_found(self, client: Client) -> None:
        assert client.get("/e/zzzzzz").status_code == 404
