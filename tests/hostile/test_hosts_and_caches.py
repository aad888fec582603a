"""Headers that no cache looks at change no answer, and no host but the site's own is spoken of or answered."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.faq.builders import EXPRESSROUTE, account
from tests.hostile.report import tell

pytestmark = pytest.mark.django_db

HOSTS = (
    "evil.example",
    "127.0.0.1:8000.evil.example",
    "127.0.0.1:8000@evil.example",
    "127.0.0.1 evil.example",
    "127.0.0.1:8000, evil.example",
    "127.0.0.1:99999x",
    "[::1",
    "..",
    "a..b",
    ".127.0.0.1",
    "evil.example:8000",
    "é.example",
    "127.0.0.1#",
    "127.0.0.1/../evil.example",
    "*",
    "-",
    "127.0.0.1%00",
    "x" * 300,
)

UNKEYED = (
    "X-Forwarded-Host",
    "X-Forwarded-Server",
    "X-Forwarded-Proto",
    "X-Forwarded-Scheme",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Forwarded-Path",
    "X-Forwarded-For",
    "X-Forwarded",
    "Forwarded",
    "X-Host",
    "X-HTTP-Host-Override",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-Original-Host",
    "X-Backend-Host",
    "X-Proxy-URL",
    "X-Real-IP",
    "X-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "X-Cluster-Client-IP",
    "X-ProxyUser-Ip",
    "Via",
    "X-Script-Name",
    "Script-Name",
    "X-HTTP-Method",
    "X-HTTP-Method-Override",
    "X-Method-Override",
    "X-Requested-With",
    "Referer",
    "User-Agent",
    "Origin",
    "Remote-User",
    "X-Remote-User",
    "X-Authenticated-User",
    "Authorization",
    "Proxy-Authorization",
    "X-API-Key",
    "X-CSRFToken",
    "HX-Target",
    "HX-Trigger",
    "HX-Trigger-Name",
    "HX-Prompt",
    "HX-Current-URL",
    "X-Wap-Profile",
    "X-ATT-DeviceId",
    "Save-Data",
    "DNT",
    "Sec-GPC",
    "Purpose",
    "Sec-Purpose",
    "Cache-Control",
    "Pragma",
    "X-Cache-Key",
    "Max-Forwards",
    "Range",
    "TE",
    "Trailer",
    "X-UIDH",
)
"""Sixty headers for which no cache keeps an answer of its own."""

PAGES = (
    "/nl/",
    f"/nl/faq/{EXPRESSROUTE}/",
    f"/nl/faq/{EXPRESSROUTE}.md",
    "/api/v1/editions",
    "/robots.txt",
    "/nl/changes.atom",
)


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused_and_not_repeated(client: Client, host: str) -> None:
    for page in PAGES[:4]:
        answer = client.get(page, headers={"Host": host})
        assert answer.status_code == 400, page
        assert "evil" not in answer.content.decode(), page
        assert "evil" not in str(answer.headers.items()), page
    tell("names of hosts", 4)


@pytest.mark.parametrize("page", PAGES)
def test_a_header_that_no_cache_looks_at_changes_no_answer(client: Client, page: str) -> None:
    plain = client.get(page)
    varies = {name.strip().lower() for name in plain.headers.get("Vary", "").split(",")}
    for name in UNKEYED:
        if name.lower() in varies:
            continue
        answer = client.get(page, headers={name: "https://evil.example/" if name != "Range" else "bytes=0-9"})
        assert (answer.status_code, answer.getvalue()) == (plain.status_code, plain.getvalue()), name
        assert answer.headers.get("Cache-Control") == plain.headers.get("Cache-Control"), name
        assert "evil" not in str(answer.headers.items()), name
    tell("headers that no cache looks at", len(UNKEYED))


def test_what_is_shown_to_an_account_is_for_no_cache(client: Client) -> None:
    client.force_login(account("publisher"))
    for page in ("/admin/", "/admin/faq/entry/", "/admin/faq/entry/queue/", f"/nl/faq/{EXPRESSROUTE}/"):
        answer = client.get(page)
        said = answer.headers.get("Cache-Control", "")
        assert "private" in said or "no-store" in said, (page, said)
    plain = Client().get(f"/nl/faq/{EXPRESSROUTE}/")
    assert "sessionid" not in plain.cookies
    assert "/admin/" not in plain.headers.get("Link", "")
