"""Which answers scripts on the pages of a listed portal may read."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.models import Portal

pytestmark = pytest.mark.django_db

PORTAL = "https://portal.example.org"
SLUG = "what-is-expressroute"
NEED = "site=Tilburg&site_prefixes=192.168.10.0/24"
READABLE = [
    f"/nl/faq/{SLUG}.md",
    f"/nl/faq/{SLUG}.txt",
    f"/en/faq/{SLUG}.html",
    "/nl/faq.md",
    "/nl/index.md",
    "/nl/limits.md",
    "/nl/api.md",
    "/en/search.md?q=bgp",
    "/en/sections/bgp.md",
    "/nl/changes.atom",
    "/nl/sections/bgp/changes.atom",
    "/llms.txt",
    f"/oembed?url=http://127.0.0.1:8000/nl/faq/{SLUG}/",
    f"/nl/advice/result/markdown/?{NEED}",
    f"/nl/advice/result/json/?{NEED}",
    "/api/v1/limits",
]
HIDDEN = ["/nl/", f"/nl/faq/{SLUG}/", "/admin/login/", f"/embed/nl/{SLUG}", f"/nl/advice/result/?{NEED}", "/readyz"]


@pytest.mark.parametrize("path", READABLE)
def test_a_listed_portal_may_read_it_and_no_other(client: Client, path: str) -> None:
    Portal.objects.create(name="P", origin=PORTAL, may_call=True)
    answer = client.get(path, headers={"Origin": PORTAL})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == PORTAL
    other = client.get(path, headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "origin" in other.headers["Vary"].lower()


@pytest.mark.parametrize("path", HIDDEN)
def test_pages_for_people_are_not_for_scripts(client: Client, path: str) -> None:
    Portal.objects.create(name="P", origin=PORTAL, may_call=True)
    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": PORTAL}).headers


@pytest.mark.parametrize("path", READABLE)
def test_one_that_may_only_frame_reads_nothing(client: Client, path: str) -> None:
    Portal.objects.create(name="P", origin=PORTAL, may_frame=True, may_call=False)
    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": PORTAL}).headers
