"""The form of the advisor as the page of an entry offers it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from advisor.pages.entry_check import check_url
from faq.models import Edition
from faq.store.editions import ChosenEdition
from tests.builders import EDITION, catalogue
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("keys", "is_default", "url"),
    [
        (("p2s.max_clients",), True, "/nl/advice/?clients=128#clients"),
        (("p2s.max_clients",), False, "/nl/advice/?edition=2016-12&clients=128#clients"),
        (("bgp.skus", "p2s.max_clients"), True, "/nl/advice/?clients=128#clients"),
        (("bgp.skus",), True, "/nl/advice/"),
        (("bgp.skus",), False, "/nl/advice/?edition=2016-12"),
    ],
)
def test_the_form_is_filled_in_to_the_first_limit_that_a_design_can_ask_for(
    keys: tuple[str, ...], is_default: bool, url: str
) -> None:
    chosen = ChosenEdition(Edition.objects.get(code=EDITION), is_default=is_default)
    with override("nl"):
        assert check_url([catalogue()[key] for key in keys], chosen) == url


def test_the_page_of_an_entry_leads_to_it(client: Client) -> None:
    path = "/en/faq/how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration/"
    page = client.get(path).content.decode()
    assert '<a href="/en/advice/?clients=128#clients">Check this with your numbers</a>' in page


def test_an_edition_without_advice_offers_no_form(client: Client) -> None:
    published(edition())
    page = client.get("/en/faq/what-is-a-tunnel/?edition=2020-01").content.decode()
    assert "Clients at once" in page
    assert "Check this with your numbers" not in page
