"""llms.txt."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestLlms:
    """sitemap.xml, robots.txt and llms.txt."""

    def test_llms_txt_leads_to_what_is_there(self, client: Client) -> None:
        said = body(client, "/llms.txt")
        assert said.startswith("# Gatewijzer\n\n> ")
        links = re.findall(r"\]\((http[^)]+)\)", said)
        assert len(links) == 3 + 2 * (3 + 9 + 67)
        for link in links[:12]:
            assert client.get(link.removeprefix(HERE)).status_code in (200, 405)
        assert "&#x27;" not in said

    def test_llms_txt_of_another_edition_stays_in_it(self, client: Client) -> None:
        published(edition())
        said = body(client, "/llms.txt?edition=2020-01")
        assert "this is edition 2020-01." in said
        assert f"[What is a tunnel?]({HERE}/en/faq/what-is-a-tunnel.md?edition=2020-01)" in said
        links = re.findall(r"\]\((http[^)]+edition=2020-01)\)", said)
        assert len(links) == 2 * (3 + 1 + 1)
        for link in links:
            assert client.get(link.removeprefix(HERE)).status_code == 200
