"""Copying answers and advice."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SLUG = "what-is-expressroute"


NEED = "site=Tilburg&site_prefixes=192.168.10.0/24&site_mbps=25&vnet=hub&vnet_prefixes=10.20.0.0/16"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestCopying:
    """The links that the copy buttons are."""

    def test_an_entry_is_copied_in_either_language_and_three_forms(self, client: Client) -> None:
        links = re.findall(r'<a href="([^"]+)" data-copy="(\w+)"', body(client, f"/en/faq/{SLUG}/"))
        assert [kind for _, kind in links] == ["text", "html", "markdown"] * 2
        assert links[0][0].startswith("/en/")
        assert links[3][0].startswith("/nl/")
        for address, _ in links:
            assert f"{HERE}/faq/{SLUG}" in body(client, address)

    def test_an_advice_is_copied_with_a_link_that_opens_it(self, client: Client) -> None:
        page = body(client, f"/en/advice/result/?{NEED}")
        links = [link.replace("&amp;", "&") for link in re.findall(r'<a href="([^"]+)" data-copy', page)]
        assert len(links) == 6
        for address in links:
            copied = body(client, address)
            assert "Tilburg" in copied
            assert "/advice/result/?site=Tilburg" in copied.replace("&amp;", "&")
        assert "<h1>Fits</h1>" in body(client, links[1])

    def test_a_case_is_copied_as_it_was_kept(self, client: Client) -> None:
        case = client.post("/en/advice/case/", {"address": NEED}).headers["Location"]
        links = re.findall(r'<a href="([^"]+)" data-copy', body(client, case))
        assert len(links) == 6
        for address in links:
            assert case.split("/")[-2][:5] in body(client, address)
        assert client.get(f"{case}svg/").status_code == 404
