"""The JSON API: what it tells, how it refuses, and that its document says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


EXPRESSROUTE = "what-is-expressroute"


def told(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


class TestEntries:
    """`/api/v1/entries` and one of them."""

    def test_pages_hold_every_entry_once_in_reading_order(self, client: Client) -> None:
        whole = told(client, "entries?lang=en&limit=200")
        slugs = [entry["slug"] for entry in whole["entries"]]
        assert (whole["total"], whole["next"], whole["previous"]) == (67, None, None)
        paged: list[str] = []
        address: str | None = "/api/v1/entries?lang=en&limit=30"
        while address:
            page = client.get(address.removeprefix(settings.ORIGIN)).json()
            paged += [entry["slug"] for entry in page["entries"]]
            address = page["next"]
        assert paged == slugs
        assert len(set(slugs)) == 67

    def test_a_section_and_a_connection_type_narrow(self, client: Client) -> None:
        narrowed = told(client, "entries?section=bgp&type=vnet-to-vnet")["entries"]
        assert narrowed
        assert all(entry["section"] == "bgp" and "vnet-to-vnet" in entry["connection_types"] for entry in narrowed)

    def test_one_has_its_answer_limits_related_and_sources(self, client: Client) -> None:
        entry = told(client, f"entries/{EXPRESSROUTE}?lang=en")
        assert entry["question"].startswith("What is ExpressRoute")
        assert entry["answer_markdown"].startswith("**ExpressRoute is a private connection")
        assert entry["answer_text"].startswith("ExpressRoute is a private connection")
        assert f'href="{settings.ORIGIN}/en/faq/' in entry["answer_html"]
        assert "{limit:" not in entry["answer_markdown"]
        assert entry["sources"]
        assert entry["checked"] >= "2026"
        assert entry["url"] == f"{settings.ORIGIN}/en/faq/{EXPRESSROUTE}/"

    @pytest.mark.parametrize(("form", "kind"), [("markdown", "text/markdown"), ("text", "text/plain")])
    def test_one_comes_as_markdown_or_text(self, client: Client, form: str, kind: str) -> None:
        answer = client.get(f"/api/v1/entries/{EXPRESSROUTE}?lang=en&format={form}")
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert "ExpressRoute is a private connection" in answer.content.decode()

    def test_a_slug_that_is_not_there_is_told_with_the_nearest(self, client: Client) -> None:
        problem = told(client, "entries/what-is-expresroute", 404)
        assert problem["errors"][0]["suggestion"] == EXPRESSROUTE

    def test_a_former_slug_leads_on(self, client: Client) -> None:
        published(edition(), slug="new-name", former_slugs=("old-name",))
        answer = client.get("/api/v1/entries/old-name?edition=2020-01&lang=en")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/api/v1/entries/new-name?edition=2020-01&lang=en"

    def test_a_draft_is_nowhere(self, client: Client) -> None:
        from faq.store.publishing import withdraw

        entry = published(edition(), texts={"nl": text(question="Wat is een kanarievogel?")})
        assert "kanarievogel" in client.get("/api/v1/entries?edition=2020-01").content.decode()
        withdraw(entry)
        for path in ("entries?edition=2020-01", f"entries/{entry.slug}?edition=2020-01", "sections?edition=2020-01"):
            assert "kanarievogel" not in client.get(f"/api/v1/{path}").content.decode()


class TestLists:
    """Sections, editions and limits."""

    def test_sections_count_their_entries(self, client: Client) -> None:
        assert sum(section["entries"] for section in told(client, "sections")["sections"]) == 67

    def test_editions_say_which_is_the_default(self, client: Client) -> None:
        found = told(client, "editions")["editions"]
        assert [(one["code"], one["is_default"], one["entries"]) for one in found] == [
            ("2026", False, 224),
            ("2016-12", True, 67),
        ]

    def test_a_limit_has_the_number_of_its_source(self, client: Client) -> None:
        limits = {limit["key"]: limit for limit in told(client, "limits")["limits"]}
        assert limits["p2s.max_clients"]["value"] == 128
