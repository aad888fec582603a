"""Copying answers and advice."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.faq.builders import published

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

    def test_an_entry_is_copied_by_one_button_and_in_other_forms_by_a_menu(self, client: Client) -> None:
        page = body(client, f"/en/faq/{SLUG}/")
        ways = re.findall(r'href="([^"]+)" data-copy="(\w+)"[^>]*>([^<]+)<', page)
        assert [(kind, name) for _, kind, name in ways] == [
            ("html", "Copy answer"),
            ("html", "Short answer only"),
            ("html", "With its limits"),
            ("text", "As plain text"),
            ("markdown", "As Markdown"),
            ("html", "In Dutch"),
        ]
        assert ways[-1][0].startswith("/nl/")
        for address in [address for address, _, _ in ways] + re.findall(r'data-plain="([^"]+)"', page):
            assert f"{HERE}/faq/{SLUG}" in body(client, address)

    def test_the_button_stands_right_below_the_answer(self, client: Client) -> None:
        page = body(client, f"/en/faq/{SLUG}/")
        assert page.index('class="answer"') < page.index("Copy answer") < page.index('class="helpful')
        assert page.index("Copy answer") < page.index("<aside")

    def test_an_entry_without_limits_is_not_copied_with_them(self, client: Client) -> None:
        published(limits=())
        page = body(client, "/en/faq/what-is-a-tunnel/?edition=2020-01")
        assert "With its limits" not in page
        assert 'href="/en/faq/what-is-a-tunnel.html?part=short&amp;edition=2020-01"' in page

    def test_an_advice_is_copied_with_a_link_that_opens_it(self, client: Client) -> None:
        page = body(client, f"/en/advice/result/?{NEED}")
        links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)" data-copy', page)]
        assert len(links) == 4
        for address in links:
            copied = body(client, address)
            assert "Tilburg" in copied
            assert "/advice/result/?site=Tilburg" in copied.replace("&amp;", "&")
        assert "<h1>This design fits.</h1>" in body(client, links[0])

    def test_a_case_is_copied_as_it_was_kept(self, client: Client) -> None:
        case = client.post("/en/advice/case/", {"address": NEED}).headers["Location"]
        links = re.findall(r'href="([^"]+)" data-copy=', body(client, case))
        assert len(links) == 4
        for address in links:
            assert case.split("/")[-2][:5] in body(client, address)
        assert client.get(f"{case}svg/").status_code == 404
