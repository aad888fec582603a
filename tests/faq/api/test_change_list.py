"""What changed between two editions, by the API."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.api.schemas import ChangesOut

pytestmark = pytest.mark.django_db


def test_entries_then_limits_are_paged_through(client: Client) -> None:
    address = "/api/v1/changes?from=2016-12&to=2026&lang=en&limit=200"
    found, total = [], 0
    while address:
        page = client.get(address).json()
        ChangesOut.model_validate(page)
        found += page["changes"]
        total, address = page["total"], (page["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert len(found) == total
    kinds = [one["kind"] for one in found]
    assert kinds == sorted(kinds)
    assert sum(one["kind"] == "entry" and one["status"] != "new" for one in found) == 67
    assert all(one["text"] for one in found if one["kind"] == "entry" and one["before"] and one["after"])


@pytest.mark.parametrize(
    "query", ["", "?from=2016-12", "?to=2026", "?to=2016-12", "?from=2026&to=2016-12", "?from=2026&to=2026"]
)
def test_the_editions_need_not_be_named(client: Client, query: str) -> None:
    page = client.get(f"/api/v1/changes{query}").json()
    assert (page["before"], page["after"]) == ("2016-12", "2026")


def test_one_kind_can_be_asked_for(client: Client) -> None:
    page = client.get("/api/v1/changes?kind=limit&lang=en&limit=200").json()
    assert {one["kind"] for one in page["changes"]} == {"limit"}
    assert {one["status"] for one in page["changes"]} <= {"changed", "new", "gone"}
    entry = client.get("/api/v1/changes?kind=entry&lang=nl&limit=1").json()["changes"][0]
    assert entry["before"]["url"].endswith("/") != entry["after"]["url"].endswith("/")


@pytest.mark.parametrize(
    ("query", "status", "path", "suggestion"),
    [
        ("?from=2016-1", 400, "from", "2016-12"),
        ("?form=2016-12", 400, "form", "from"),
        ("?kind=entries", 400, "kind", "entry"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    client: Client, query: str, status: int, path: str, suggestion: str | None
) -> None:
    answer = client.get(f"/api/v1/changes{query}")
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["path"]) == (status, path)
    if suggestion:
        assert error["suggestion"] == suggestion
