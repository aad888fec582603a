"""A search and its suggestions in the form of the API."""

from __future__ import annotations

import pytest
from django.test import Client

CLIENTS = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"


pytestmark = pytest.mark.django_db


class TestApi:
    """`/api/v1/search` and `/api/v1/suggest`."""

    def test_it_answers_with_results_best_first(self, client: Client) -> None:
        answer = client.get("/api/v1/search?q=hoeveel+clients&lang=nl&edition=2016-12&limit=3").json()
        assert answer["query"] == "hoeveel clients"
        assert answer["language"] == "nl"
        assert answer["corrected"] is None
        assert len(answer["results"]) == 3 <= answer["total"]
        first = answer["results"][0]
        assert set(first) >= {"slug", "question", "url", "excerpt", "score", "section"}
        assert first["slug"] == CLIENTS
        assert first["url"].endswith(f"/nl/faq/{CLIENTS}/")
        assert isinstance(answer["other_language"], list)

    def test_every_error_is_told_at_once(self, client: Client) -> None:
        answer = client.get("/api/v1/search?lang=fr&edition=1999&limit=999&type=carrier-pigeon")
        assert answer.status_code == 400
        errors = {error["path"]: error for error in answer.json()["errors"]}
        assert set(errors) == {"q", "lang", "edition", "limit", "type"}
        assert errors["lang"]["value"] == "fr"
        assert "nl, en" in errors["lang"]["reason"]

    @pytest.mark.parametrize("query", ["%00", "%ff%fe", "a" * 3000, "*", "tun*", "%ED%A0%80"])
    def test_whatever_is_typed_is_answered(self, client: Client, query: str) -> None:
        for name in ("search", "suggest"):
            assert client.get(f"/api/v1/{name}?q={query}").status_code in (200, 400)

    def test_suggestions_begin_like_what_was_typed(self, client: Client) -> None:
        answer = client.get("/api/v1/suggest?q=expressr&lang=nl").json()
        assert 1 <= len(answer["suggestions"]) <= 10
        assert all(set(one) == {"text", "slug", "url", "section"} for one in answer["suggestions"])
        assert "what-is-expressroute" in [one["slug"] for one in answer["suggestions"]]
