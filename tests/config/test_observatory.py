"""What the MDN HTTP Observatory would give each page, by its published table of points."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha384
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.designs import design_of
from tests.served import ROOT
from web.errors import busy

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"
PUBLIC = [
    *[
        "/nl/",
        "/en/",
        "/nl/faq/",
        f"/nl/faq/{SLUG}/",
        "/nl/sections/bgp/",
        "/nl/limits/",
        "/nl/editions/",
        "/nl/about/",
    ],
    *["/nl/search/?q=bgp", "/nl/search/text/?text=bgp", "/nl/search-quality/", "/nl/accessibility/", "/nl/api/"],
    *["/nl/advice/", f"/nl/advice/result/?{design_of(2, vnets=1)}", "/nl/advice/steps/what/", "/nl/advice/open/"],
    *["/nl/faq/none/", "/none", "/nl/changes/"],
]
ADMIN = ["/admin/login/", "/admin/", "/admin/faq/entry/", "/admin/faq/entry/queue/", "/admin/faq/limit/"]
FRAMED = [f"/embed/nl/{SLUG}", "/embed/nl/search?q=bgp", "/embed/nl/advice/steps/what/", "/embed/nl/none"]


def points(answer: Any) -> int:
    """The points of a page that is served over https: 100, with what each test adds."""
    headers, page = answer.headers, answer.content.decode()
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in headers["Content-Security-Policy"]
    scripts = re.findall(r"<script[^>]*\bsrc=[^>]*>", page)
    return sum(
        (
            100,
            10 if policy.get("default-src") == "'none'" else 0,
            5 if "frame-ancestors" in policy else 0,
            5 if headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin", "no-referrer") else 0,
            10 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
            5 if scripts and all("integrity=" in script for script in scripts) else 0,
            5 if answer.cookies and all(one["httponly"] and one["samesite"] for one in answer.cookies.values()) else 0,
        )
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_has_135_points(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert points(answer) >= 135


@pytest.mark.parametrize("path", ADMIN)
def test_a_page_for_editors_has_as_many(client: Client, path: str) -> None:
    if path != "/admin/login/":
        client.force_login(User.objects.create_superuser("root"))
    assert points(client.get(path)) >= 130 + 5 * (path == "/admin/login/")


@pytest.mark.parametrize("path", FRAMED)
def test_a_frame_may_be_loaded_by_the_portal_that_shows_it(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert points(answer) >= 125


def test_the_page_for_the_surplus_has_as_many(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(request: Any, *given: Any, **named: Any) -> HttpResponse:
        return busy(request)

    monkeypatch.setattr("django.core.handlers.base.BaseHandler._get_response", lambda self, request: too_much(request))
    answer = client.get("/nl/")
    assert answer.status_code == 503
    assert points(answer) >= 135


@pytest.mark.parametrize("name", ["page.js", "embed.js", "suggestions.js"])
def test_a_script_has_the_digest_of_what_is_sent(client: Client, name: str) -> None:
    digest = b64encode(sha384((ROOT / "static" / name).read_bytes()).digest()).decode()
    page = client.get("/embed/nl/search?q=bgp").content.decode()
    assert re.search(rf'{re.escape(name)}" integrity="sha384-{re.escape(digest)}"', page)
