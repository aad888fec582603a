"""The links of the site, in all pages of all editions."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from web.languages import LANGUAGES

pytestmark = pytest.mark.django_db


def test_the_links_of_the_site_lead_somewhere(client: Client) -> None:
    """Every link of every page, followed once."""
    waiting = {f"/{code}/": client.get(f"/{code}/").content.decode() for code in LANGUAGES}
    seen = set(waiting)
    while waiting:
        address, page = waiting.popitem()
        ids = set(re.findall(r'\bid="([^"]+)"', page))
        for link in re.findall(r'<a [^>]*href="([^"]+)"', page):
            path, _, fragment = link.replace("&amp;", "&").partition("#")
            if not path:
                assert fragment in ids, f"{address} links to #{fragment}"
            elif path.startswith("/") and path not in seen and "/static/" not in path:
                seen.add(path)
                answer = client.get(path, follow=True)
                assert answer.status_code == 200, f"{address} links to {path}"
                if "/search/" not in path and "/advice/" not in path and not answer.redirect_chain:
                    waiting[path] = answer.content.decode()
    assert len(seen) > 150
