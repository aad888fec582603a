"""What the page of an entry offers beside what the FAQ knows."""

from __future__ import annotations

import pytest
from django.test import Client

import config.urls  # noqa: F401 -- it registers what these tests take away
from faq.models import Edition
from faq.pages import entry_extras
from faq.store.editions import ChosenEdition
from tests.builders import catalogue

PAGE = "/en/faq/how-many-vpn-client-endpoints-can-i-have-in-my-point-to-site-configuration/"
OFFER = "Check this with your numbers"
CLIENTS = catalogue()["p2s.max_clients"]
CHOSEN = ChosenEdition(Edition(code="2020-01"), is_default=False)


@pytest.mark.django_db
def test_nothing_is_offered_where_nothing_is_registered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_extras, "_check_urls", [])
    assert OFFER not in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_what_is_registered_is_offered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_extras, "_check_urls", [])
    entry_extras.register_check(lambda limits, chosen: f"/try/{chosen.edition.code}&x")
    assert f'<a href="/try/2016-12&amp;x">{OFFER}</a>' in client.get(PAGE).content.decode()


def test_what_was_registered_last_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_extras, "_check_urls", [])
    entry_extras.register_check(lambda limits, chosen: "/before")
    entry_extras.register_check(lambda limits, chosen: f"/try/{chosen.edition.code}/{len(limits)}")
    assert entry_extras.check_url((CLIENTS,), CHOSEN) == "/try/2020-01/1"
    assert entry_extras.check_url((), CHOSEN) == ""
