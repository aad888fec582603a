"""The page with every limit: its order, contents, tables and filter."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from faq.models import Edition
from faq.store.editions import catalogue_of
from tests.faq.builders import edition, published
from tests.faq.pages.test_views import body

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("code", ["2016-12", "2026"])
def test_every_limit_has_its_anchor_once_and_every_link_of_the_page_has_its_target(client: Client, code: str) -> None:
    page = body(client, f"/en/limits/?edition={code}")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert {limit.key for limit in catalogue_of(Edition.objects.get(code=code))} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_contents_name_each_part_in_the_order_of_the_page_with_its_count(client: Client) -> None:
    page = body(client, "/en/limits/?edition=2016-12")
    contents = page.partition('aria-labelledby="limit-contents"')[2].partition("</nav>")[0]
    parts = re.findall(r'href="#([^"]+)"', contents)
    assert parts == re.findall(r'<h2 id="((?!limit-contents)[^"]+)"', page)
    assert (parts[0], parts[-1]) == ("table-sku", "addresses")
    assert '>Site-to-site</a> <span class="count">24</span>' in contents


def test_a_value_in_a_table_leads_to_its_limit(client: Client) -> None:
    page = body(client, "/nl/limits/?edition=2016-12")
    assert re.search(r'<a\s+href="#sku\.HighPerformance\.s2s_tunnels">30</a>\*', page)


def test_a_filter_works_without_scripts_and_says_how_many_it_found(client: Client) -> None:
    page = body(client, "/en/limits/?filter=how+many+tunnels+does+HighPerformance+have")
    assert "4 of 180 limits match" in page
    assert 'id="sku.HighPerformance.s2s_tunnels"' in page
    assert 'id="p2s.max_clients"' not in page
    assert 'id="table-sku"' not in page
    assert 'value="how many tunnels does HighPerformance have"' in page
    assert 'href="/en/limits/">Show all limits</a>' in page


def test_a_filter_that_finds_nothing_says_so_and_leads_on(client: Client) -> None:
    page = body(client, "/nl/limits/?filter=%3Cb%3Ebananen%26")
    assert "Geen limiet past bij ‘&lt;b&gt;bananen&amp;’" in page
    assert "Alle limieten tonen" in page
    assert 'href="/nl/search/?q=%3Cb%3Ebananen%26"' in page


def test_one_is_said_as_one(client: Client) -> None:
    assert "1 of 180 limits matches “p2s.max_clients”." in body(client, "/en/limits/?filter=p2s.max_clients")
    assert "1 van 180 limieten past bij ‘p2s.max_clients’." in body(client, "/nl/limits/?filter=p2s.max_clients")


def test_htmx_gets_what_was_found_alone_and_the_back_button_the_whole_page(client: Client) -> None:
    address = "/en/limits/?filter=tunnels"
    part, back = body(client, address, **HTMX), body(client, address, **HTMX, **{"HX-History-Restore-Request": "true"})
    assert "<html" not in part
    assert 'id="limit-count" data-hx-swap-oob="innerHTML"' in part
    assert "<html" in back
    assert "HX-Request" in client.get(address)["Vary"]


def test_too_long_a_filter_is_cut_and_never_refused(client: Client) -> None:
    assert client.get("/en/limits/", {"filter": "tunnel " * 1000}).status_code == 200


def test_an_edition_without_limits_says_so_and_offers_no_filter(client: Client) -> None:
    published(edition("2031-01", limits={}), limits=())
    page = body(client, "/en/limits/?edition=2031-01")
    assert "This edition has no limits of its own." in page
    assert 'id="filter"' not in page


def test_the_twin_has_the_same_order(client: Client) -> None:
    groups = re.findall(r"^## (.+)$", body(client, "/en/limits.md?edition=2016-12"), re.MULTILINE)
    assert (groups[0], groups[-1]) == ("By SKU", "Addresses")
