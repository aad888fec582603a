"""Strings for databases, templates, shells, files and heads of answers, in every parameter: none changes what is found,
none is a fault, and no answer leads off the site or gets a header of a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from django.contrib.auth.models import User
from django.test import Client

from advisor.answers.query_string import PARAMETERS
from tests.every import some
from tests.faq.builders import EXPRESSROUTE, account
from tests.hostile.payloads import lines
from tests.hostile.report import tell
from tests.kept_reads import reads_kept

pytestmark = pytest.mark.django_db

OF_THE_FAQ = (
    "q",
    "edition",
    "section",
    "type",
    "lang",
    "limit",
    "offset",
    "format",
    "sku",
    "kind",
    "sort",
    "all",
    "given",
)
OF_THE_SITE = ("next", "language", "theme", "url", "callback", "maxwidth", "p", "design", "text", "code", "slug", "key")
ADDRESSES = (
    "/nl/search/",
    "/nl/limits/",
    "/nl/faq/",
    f"/nl/faq/{EXPRESSROUTE}/",
    "/nl/advice/result/",
    "/nl/advice/steps/gateway/",
    "/nl/changes/",
    "/nl/search.md",
    "/nl/changes.atom",
    "/api/v1/search",
    "/api/v1/entries",
    "/api/v1/limits",
    "/api/v1/suggest",
    "/oembed",
    "/opensearch/nl/suggestions",
    "/embed/nl/search",
    "/nl/advice/case/",
    "/sitemap.xml",
    "/help/a",
    "/",
)
HEADERS = (
    "Referer",
    "User-Agent",
    "Accept-Language",
    "Accept",
    "Origin",
    "X-Forwarded-For",
    "If-None-Match",
    "HX-Current-URL",
)


@pytest.fixture(autouse=True)
def _kept(db: None) -> Iterator[None]:
    with reads_kept():
        yield


def strings(one_in: int, first: int) -> list[str]:
    """Some of the strings, or all."""
    return some([*lines("injections"), *lines("redirects")], one_in, first)


def safely_answered(answer: Any, asked: str) -> None:
    """It is no fault, leads nowhere else, and has no header that came with the request."""
    assert answer.status_code < 500, asked
    place = urljoin("http://127.0.0.1:8000/nl/", answer.headers.get("Location", "/"))
    assert place.startswith("http://127.0.0.1:8000/"), (asked, place)
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "\\")), (asked, place)
    for value in answer.headers.values():
        assert "\r" not in value, asked
        assert "\n" not in value, asked
    assert "a" not in answer.cookies, asked
    assert b"root:x:0" not in answer.getvalue(), asked


@pytest.mark.parametrize("address", some(ADDRESSES, 3))
def test_no_string_in_a_parameter_is_a_fault(client: Client, address: str) -> None:
    names = [*OF_THE_FAQ, *OF_THE_SITE, *(sorted(PARAMETERS) if "advice" in address else ())]
    given = strings(40, ADDRESSES.index(address))
    for number, name in enumerate(names):
        for string in given if len(given) > 4 else given[number % len(given) :][:1]:
            safely_answered(client.get(f"{address}?q=bgp&{name}={quote(string)}"), f"{address} {name} {string!r}")
    tell("strings in parameters", len(names) * len(given))


@pytest.mark.parametrize("name", HEADERS)
def test_no_string_in_a_header_is_a_fault(client: Client, name: str) -> None:
    given = [string for string in strings(12, HEADERS.index(name)) if string.isprintable()]
    for string in given:
        for address in ("/", f"/nl/faq/{EXPRESSROUTE}/", "/api/v1/search?q=bgp"):
            sent = string.encode().decode("latin-1")
            safely_answered(client.get(address, headers={name: sent}), f"{address} {name} {string!r}")
    tell("strings in headers", len(given) * 3)


def test_no_string_changes_what_is_found(client: Client) -> None:
    total = client.get("/api/v1/entries").json()["total"]
    for string in strings(8, 1):
        for name in ("section", "edition"):
            answer = client.get(f"/api/v1/entries?{name}={quote(string)}")
            assert answer.status_code in (200, 400, 404, 422), string
            assert answer.status_code != 200 or answer.json()["total"] <= total, string
        found = client.get(f"/api/v1/search?q={quote(string)}")
        assert found.status_code in (200, 400), string
    assert client.get("/api/v1/entries").json()["total"] == total


def test_signing_in_and_out_lead_to_no_other_site(client: Client) -> None:
    user = account("editor", "redirected")
    for string in strings(4, 0):
        for form in (f"/admin/login/?next={quote(string)}", "/admin/login/"):
            client.logout()
            given = {"username": user.username, "password": "een-lang-wachtwoord", "next": string}
            safely_answered(client.post(form, given), string)
        client.force_login(user)
        safely_answered(client.post(f"/admin/logout/?next={quote(string)}", {"next": string}), string)
    tell("places to be led to", len(strings(4, 0)) * 3)


def test_no_string_in_the_lists_of_the_admin_is_a_fault(client: Client) -> None:
    client.force_login(account(None, "everything"))
    lookups = (
        "q",
        "o",
        "p",
        "all",
        "e",
        "draft__contains",
        "slug__regex",
        "pk__in",
        "edition__entry__draft",
        "user__password",
    )
    lists = ("faq/entry", "faq/limit", "faq/askedquestion", "faq/desknote", "auth/user", "advisor/helpkey")
    given = strings(30, 3)
    for place in lists:
        for number, name in enumerate(lookups):
            for string in given if len(given) > 6 else given[number % len(given) :][:1]:
                safely_answered(client.get(f"/admin/{place}/?{name}={quote(string)}"), f"{place} {name} {string!r}")
    assert User.objects.filter(username="everything").exists()
    tell("strings in lists of the admin", len(lists) * len(lookups) * len(given))
