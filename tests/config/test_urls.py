"""Every address of the site, asked for with what no name has: never a fault of the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.regex_helper import normalize

from tests.every import some
from tests.faq.builders import account

pytestmark = pytest.mark.django_db

HOSTILE = ("\x00", "a\x00b", "a\x00", "\x01", "\x1f", "\x7f", "a\n", "\r\n", "\ud7ff", "%00", "A_b", "é" * 3, "9" * 40)
SLUG = "what-is-expressroute"

QUERIES = (
    "/nl/faq/{slug}/?edition=", "/nl/search/?q=bgp&section=", "/nl/search/?q=", "/nl/search/?q=bgp&type=",
    "/nl/advice/result/?design=", "/nl/advice/?edition=", "/nl/advice/case/?code=", "/help/a?lang=", "/nl/faq/?theme=",
    "/embed/nl/{slug}?edition=", "/embed/nl/search?q=", "/oembed?url=", "/opensearch/nl/suggestions?q=",
    "/api/v1/search?q=", "/api/v1/search?q=bgp&section=", "/api/v1/search?q=bgp&edition=", "/api/v1/search?q=bgp&lang=",
    "/api/v1/suggest?q=", "/api/v1/entries?section=", "/api/v1/entries?edition=", "/api/v1/entries?offset=",
    "/api/v1/entries/{slug}?edition=", "/nl/search/text/?text=", "/nl/changes.atom?edition=", "/nl/search.md?q=",
    "/nl/?language=", "/sitemap-pages.xml?p=", "/e/?code=", "/nl/faq/{slug}/feedback/?given=",
)  # fmt: skip
"""Addresses that end in a parameter."""

POSTS: tuple[tuple[str, str], ...] = (
    ("/nl/search/asked/", "q"), ("/nl/search/asked/", "slug"), ("/nl/faq/{slug}/feedback/", "helpful"),
    ("/nl/faq/{slug}/feedback/", "text"), ("/nl/faq/{slug}/feedback/", "reason"), ("/nl/search/text/", "text"),
    ("/nl/advice/case/", "address"), ("/admin/login/", "username"), ("/admin/login/", "password"),
)  # fmt: skip

ADMIN = (
    "entry/?q=", "entry/?section__id__exact=", "entry/?edition__id__exact=", "entry/?state=", "entry/", "desknote/?q=",
)  # fmt: skip


def part(number: int) -> list[str]:
    """A third of the signs, another third for the next address: each sign comes in many addresses."""
    return some(HOSTILE, 3, first=number % 3)


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address of the project with `%(name)s` for what it names, and those names. The admin's are Django's own."""
    for entry in found:
        if isinstance(entry.pattern, LocalePrefixPattern):
            made: list[tuple[str, list[str]]] = [("nl/", [])]
        else:
            made = normalize(entry.pattern.regex.pattern)
        for form, _ in made:
            if isinstance(entry, URLResolver):
                yield from patterns(entry.url_patterns, before + form)
            else:
                whole = before + form
                yield whole, tuple(name for name in NAMES if f"%({name})s" in whole)


NAMES = ("slug", "form", "section", "name", "code", "key", "language", "path")


def every() -> list[tuple[str, tuple[str, ...]]]:
    """The addresses outside the admin that name something."""
    return sorted({found for found in patterns(get_resolver().url_patterns) if found[1] and "admin/" not in found[0]})


def answers(client: Client, address: str) -> None:
    """It is answered, and not with a fault."""
    answer = client.get(address)
    assert answer.status_code < 500, address


def test_the_addresses_are_found() -> None:
    found = {address for address, _ in every()}
    assert {"nl/faq/%(slug)s/", "e/%(code)s", "api/v1/entries/%(slug)s", "nl/advice/case/%(code)s/"} <= found
    assert len(found) > 20


@pytest.mark.parametrize(
    ("address", "names", "signs"),
    some([(address, names, part(number)) for number, (address, names) in enumerate(every())], 2),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_sign_in_an_address_is_a_fault(
    client: Client, address: str, names: tuple[str, ...], signs: list[str]
) -> None:
    usual = {"slug": SLUG, "form": "md", "section": "bgp", "name": "faq", "code": "bvqvdw", "key": "a.b"}
    usual |= {"language": "nl", "path": "faq/", "version": "0123456789ab"}
    for name in names:
        for hostile in signs:
            answers(client, quote("/" + address % (usual | {name: hostile})))
            answers(client, quote("/" + address % (usual | {name: usual[name] + hostile})))


@pytest.mark.parametrize(("address", "signs"), [(address, part(number)) for number, address in enumerate(QUERIES)])
def test_no_sign_in_a_parameter_is_a_fault(client: Client, address: str, signs: list[str]) -> None:
    for hostile in signs:
        answers(client, address.format(slug=SLUG) + quote(hostile))


@pytest.mark.parametrize(("address", "name", "signs"), [(*post, part(number)) for number, post in enumerate(POSTS)])
def test_no_sign_in_a_form_is_a_fault(client: Client, settings: Any, address: str, name: str, signs: list[str]) -> None:
    usual: dict[str, Any] = {"q": "bgp", "new": "1", "slug": SLUG, "reason": "wrong", "username": "a", "password": "b"}
    for hostile in signs:
        (settings.DATA_DIR / "rates.sqlite3").unlink(missing_ok=True)  # so that each is read
        answer = client.post(address.format(slug=SLUG), usual | {name: hostile})
        assert answer.status_code < 500
        assert answer.status_code != 429


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "django_language"])
def test_no_sign_in_a_cookie_is_a_fault(client: Client, cookie: str) -> None:
    for path in (f"/nl/faq/{SLUG}/", "/admin/"):
        answer = client.get(path, headers={"cookie": f'{cookie}="abcdefgh\\000ijklmnop"'})
        assert answer.status_code < 500


@pytest.mark.parametrize(("address", "signs"), [(address, part(number)) for number, address in enumerate(ADMIN)])
def test_no_sign_in_the_admin_is_a_fault(client: Client, address: str, signs: list[str]) -> None:
    client.force_login(account("publisher"))
    for hostile in signs:
        answers(client, f"/admin/faq/{address}{quote(hostile)}")


def test_api_suggests_the_nearest_slug_for_what_is_no_slug(client: Client) -> None:
    for asked in ("What-Is-ExpressRoute", "what_is_expressroute"):
        told = client.get(f"/api/v1/entries/{asked}")
        assert (told.status_code, told.json()["errors"][0]["suggestion"]) == (404, SLUG)
    page = client.get("/nl/faq/what_is_expressroute/")
    assert (page.status_code, f"/nl/faq/{SLUG}/" in page.content.decode()) == (404, True)
