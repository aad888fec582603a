"""What crawlers are asked to leave alone."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestRobots:
    """robots.txt."""

    def test_robots_leave_advice_and_the_admin_alone(self, client: Client) -> None:
        said = body(client, "/robots.txt")
        assert "Disallow: /admin/" in said
        assert "Disallow: /nl/advice/case/" in said
        assert "/advice/result/" not in said
        assert f"Sitemap: {HERE}/sitemap.xml" in said
