"""Who may show our pages in a frame."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from faq.models import Portal

pytestmark = pytest.mark.django_db


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def ancestors(answer: Any) -> str:
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])
    assert found
    return found[1]


class TestFraming:
    """Who may show what in a frame."""

    def test_a_listed_portal_may_show_embedded_pages_at_once_and_no_others(self, client: Client) -> None:
        paths = (f"/embed/nl/{SLUG}", "/embed/en/search", f"/embed/en/advice/result/?{NEED}", "/embed/nl/none")
        assert {ancestors(client.get(path)) for path in paths} == {"'self'"}
        portal = Portal.objects.create(name="P", origin="https://portal.example.org")
        Portal.objects.create(name="C", origin="https://calls.example.org", may_frame=False, may_call=True)
        assert {ancestors(client.get(path)) for path in paths} == {"'self' https://portal.example.org"}
        for path in (
            "/nl/",
            f"/nl/faq/{SLUG}/",
            f"/en/advice/result/?{NEED}",
            "/admin/login/",
            "/embedded/",
            "/oembed",
        ):
            assert ancestors(client.get(path)) == "'self'"
            assert "X-Frame-Options" not in client.get(path).headers
        portal.delete()
        assert ancestors(client.get(paths[0])) == "'self'"
