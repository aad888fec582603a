"""Which requests count as costly, as large, and as an account's."""

from __future__ import annotations

from typing import Any

import pytest

from config.request_kinds import ACCOUNTS, BOUNDS, COSTLY, LARGE, LONG_BODY, LONG_QUERY, PAGES, kind_of


def scope(target: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    """A request as ASGI tells it."""
    path, _, query = target.partition("?")
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"method": method, "path": path, "query_string": query.encode(), "headers": told}


@pytest.mark.parametrize(
    ("request_scope", "kind"),
    [
        (scope("/nl/"), PAGES),
        (scope("/nl/faq/what-is-expressroute/"), PAGES),
        (scope("/static/site.css"), PAGES),
        (scope("/nl/searching-for/"), PAGES),
        (scope("/readyz"), PAGES),
        (scope("/nl/limits/"), PAGES),
        (scope("/en/faq/"), PAGES),
        (scope("/nl/limits/?q=basic"), COSTLY),
        (scope("/en/faq/?all=1"), COSTLY),
        (scope("/nl/changes/?x=1"), COSTLY),
        (scope("/nl/changes.atom?x=1"), COSTLY),
        (scope("/nl/sections/bgp/changes.atom?x=1"), COSTLY),
        (scope("/sitemap.xml?x=1"), COSTLY),
        (scope("/nl/faq/what-is-expressroute/?edition=2016-12"), PAGES),
        (scope("/nl/search/?q=bgp"), COSTLY),
        (scope("/embed/en/search?q=bgp"), COSTLY),
        (scope("/nl/search.md?q=bgp"), COSTLY),
        (scope("/api/v1/search?q=bgp"), COSTLY),
        (scope("/api/v1/advice", "POST", content_length="400"), COSTLY),
        (scope("/api/v1/deployables/bicep", "POST", content_length="400"), COSTLY),
        (scope("/nl/advice/result/?clients=4"), COSTLY),
        (scope("/embed/nl/advice"), COSTLY),
        (scope("/nl/advice/", "POST", content_length="900", cookie="sessionid=x"), COSTLY),
        (scope("/mcp", "POST"), COSTLY),
        (scope("/nl/advice/?design=APFP5G59WR"), LARGE),
        (scope("/nl/search/text/?text=a+mail"), LARGE),
        (scope("/nl/search/text/", "POST"), LARGE),
        (scope("/nl/advice/open/", "POST"), LARGE),
        (scope("/nl/advice/result/?" + "site=a&" * 400), LARGE),
        (scope("/api/v1/advice", "POST", content_length="200000"), LARGE),
        (scope("/api/v1/need", "POST", content_length="400"), COSTLY),
        (scope("/api/v1/need", "POST", content_length="5000000"), LARGE),
        (scope("/nl/search/asked/", "POST"), ACCOUNTS),
        (scope("/nl/search/ask/?q=x"), PAGES),
        (scope("/admin/login/", "POST"), ACCOUNTS),
        (scope("/admin/", cookie="theme=dark; sessionid=abc"), ACCOUNTS),
        (scope("/nl/faq/what-is-expressroute/feedback/", "POST"), ACCOUNTS),
    ],
    ids=lambda given: given["path"] if isinstance(given, dict) else given,
)
def test_a_request_is_of_a_kind(request_scope: dict[str, Any], kind: str) -> None:
    assert kind_of(request_scope) == kind
    assert kind in BOUNDS


def test_what_is_long_is_more_than_an_ordinary_design() -> None:
    assert LONG_QUERY > 1_000
    assert LONG_BODY > LONG_QUERY
