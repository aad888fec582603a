"""What a request does, by its method, its path, and its cookies; and what is said of a page that was kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from config.interfaces.chosen_database import kind_of
from faq.store import content_version
from faq.store.database_choice import Kind

HTMX = {"HX-Request": "true"}


def asked(method: str, path: str, headers: dict[str, str], *, with_session: bool) -> Kind:
    """The kind of a request."""
    request: Any = RequestFactory().generic(method, path, headers=headers)
    request.htmx = HtmxDetails(request)
    if with_session:
        request.COOKIES["sessionid"] = "x"
    return kind_of(request)


@pytest.mark.parametrize(
    ("method", "path", "headers", "kind"),
    [
        ("GET", "/nl/", {}, Kind.READS),
        ("HEAD", "/nl/faq/what-is-bgp/", {}, Kind.READS),
        ("OPTIONS", "/api/v1/search", {}, Kind.READS),
        ("POST", "/api/v1/advice", {}, Kind.READS),
        ("POST", "/api/v1/need", {}, Kind.READS),
        ("POST", "/api/v1/deployables/bicep", {}, Kind.READS),
        ("POST", "/api/v1/search", {}, Kind.READS),
        ("POST", "/mcp", {}, Kind.READS),
        ("POST", "/nl/search/text/", {}, Kind.READS),
        ("POST", "/en/search/text/reply/", {}, Kind.READS),
        ("POST", "/nl/advice/", HTMX, Kind.READS),
        ("POST", "/embed/nl/advice/", HTMX, Kind.READS),
        ("POST", "/nl/advice/", {}, Kind.WRITES),
        ("POST", "/nl/advice/case/", HTMX, Kind.WRITES),
        ("POST", "/nl/search/ask/", {}, Kind.WRITES),
        ("POST", "/admin/login/", {}, Kind.WRITES),
        ("DELETE", "/api/v1/advice", {}, Kind.WRITES),
    ],
)
def test_what_a_request_does(method: str, path: str, headers: dict[str, str], kind: Kind) -> None:
    assert asked(method, path, headers, with_session=False) is kind
    of_account = Kind.WRITES if kind is Kind.WRITES else Kind.READS_FOR_ACCOUNT
    assert asked(method, path, headers, with_session=True) is of_account


@pytest.mark.django_db
def test_a_page_that_was_kept_says_so_while_nobody_can_ask_for_a_newer_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Cache-Status" not in client.get("/nl/limits/").headers

    def gone() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(content_version, "_read", gone)
    monkeypatch.setattr(content_version._LastKnown, "until", 0.0)
    kept = client.get("/nl/limits/")
    assert kept.status_code == 200
    assert kept.headers["Cache-Status"] == "gatewijzer; hit; detail=database-unavailable"
