"""Two editions on the pages: the switch, what changed, one question side by side, and a search that another answers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.faq.builders import EXPRESSROUTE

pytestmark = pytest.mark.django_db

OLD, NEW = "2016-12", "2026"
REVERSED = "can-i-advertise-default-route-00000-to-azure-vpn-gateways"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/{}/", "/{}/?edition=2026"),
        ("/{}/search/?q=bgp&type=multi-site", "/{}/search/?q=bgp&amp;type=multi-site&amp;edition=2026"),
        (f"/{{}}/faq/{EXPRESSROUTE}/", f"/{{}}/faq/{EXPRESSROUTE}/?edition=2026"),
        ("/{}/advice/?site=Tilburg", "/{}/advice/?site=Tilburg&amp;edition=2026"),
    ],
)
def test_the_other_edition_is_one_choice_away_on_every_page(
    client: Client, language: str, path: str, there: str
) -> None:
    page = client.get(path.format(language)).content.decode()
    switch = re.search(r'<nav class="languages editions".*?</nav>', page, re.S)
    assert switch is not None
    assert f'<a href="{there.format(language)}">2026</a>' in switch[0]
    assert '<span aria-current="true">2016-12</span>' in switch[0]


def test_the_way_back_names_no_edition(client: Client) -> None:
    page = client.get(f"/en/search/?q=bgp&edition={NEW}").content.decode()
    assert '<a href="/en/search/?q=bgp">2016-12</a>' in page


def test_a_section_that_an_edition_lacks_leads_to_its_front_page(client: Client) -> None:
    assert client.get("/en/sections/nat/").headers["Location"] == "/en/"
    assert client.get(f"/en/sections/nat/?edition={NEW}").status_code == 200
    assert client.get("/en/sections/nowhere/").status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_of_the_earlier_edition_is_listed_with_what_became_of_it(client: Client, language: str) -> None:
    page = client.get(f"/{language}/changes/")
    found = page.context["entries"]
    listed = [one for status in ("reversed", "changed", "same") for one in found[status]]
    assert len(listed) == 67
    assert all(one.text and "{" not in one.text for one in listed)
    assert "gone" not in found
    assert len(found["new"]) >= 129
    content = page.content.decode()
    assert content.count("<mark>") == 0
    assert f"/{language}/faq/{REVERSED}/changes/?from={OLD}&amp;to={NEW}" in content


def test_only_limits_that_differ_are_listed(client: Client) -> None:
    limits = client.get("/en/changes/").context["limits"]
    assert all(one.before.value != one.after.value or one.before.unit != one.after.unit for one in limits["changed"])
    peerings = next(one for one in limits["changed"] if one.limit.key == "vnet_peering.peerings_per_vnet")
    assert (peerings.before.value, peerings.after.value) == (50, 500)


@pytest.mark.parametrize(
    "query", ["", f"?from={OLD}&to={NEW}", f"?from={NEW}&to={OLD}", "?from=1999&to=x", f"?to={NEW}"]
)
def test_two_editions_are_compared_in_the_order_of_their_dates(client: Client, query: str) -> None:
    page = client.get(f"/en/faq/{EXPRESSROUTE}/changes/{query}")
    assert (page.context["before"].code, page.context["after"].code) == (OLD, NEW)


def test_one_question_stands_side_by_side_with_its_limits(client: Client) -> None:
    slug = "how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration"
    page = client.get(f"/en/faq/{slug}/changes/")
    content = page.content.decode()
    assert f"/en/faq/{slug}/?edition=2016-12" in content
    assert f"/en/faq/{slug}/?edition=2026" in content
    assert "<mark>" in content
    keys = {one.limit.key for one in page.context["compared"].limits}
    assert "p2s.max_clients_ikev2_openvpn" in keys
    assert client.get("/en/faq/sstp-is-ending-what-do-i-do/changes/").status_code == 404


def test_a_reversed_answer_says_so_above_itself_and_leads_on(client: Client) -> None:
    page = client.get(f"/en/faq/{REVERSED}/?edition={OLD}").content.decode()
    notice = re.search(r'<p class="notice" role="note"><strong>Wrong today</strong>.*?</p>', page, re.S)
    assert notice is not None
    assert f"/en/faq/{REVERSED}/?edition={NEW}" in notice[0]
    later = client.get(f"/en/faq/{REVERSED}/?edition={NEW}").content.decode()
    assert "Wrong today</strong>" not in later
    assert f"/en/faq/{REVERSED}/changes/" in later


@pytest.mark.parametrize(
    ("query", "edition", "other"),
    [("azure virtual wan hub", OLD, NEW), ("customer-controlled maintenance window", OLD, NEW)],
)
def test_a_search_that_only_another_edition_answers_leads_there(
    client: Client, query: str, edition: str, other: str
) -> None:
    page = client.get("/en/search/", {"q": query, "edition": edition})
    assert page.context["other_edition"].edition.code == other
    assert f"Edition {other} answers this:" in page.content.decode()


def test_a_search_that_this_edition_answers_looks_no_further(client: Client) -> None:
    page = client.get("/en/search/", {"q": "what is expressroute", "edition": OLD})
    assert page.context["other_edition"] is None


def test_the_feed_tells_what_became_of_an_answer(client: Client) -> None:
    feed = client.get(f"/en/changes.atom?edition={NEW}").content.decode()
    assert any(said in feed for said in ("The earlier answer is wrong today.", "The answer is still true."))
    assert "New question." in feed
