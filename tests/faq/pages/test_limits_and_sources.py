"""What stands beside an answer: its limits with their notes and conflicts, and the documents that it is based on."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from faq.models import Edition
from faq.store.editions import catalogue_of
from faq.store.entries import shown_entries
from tests.every import some
from tests.faq.pages.test_views import body

pytestmark = pytest.mark.django_db

MANY_SOURCES = "what-are-my-cross-premises-connection-options"
MARKED = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_[]<>|"})
"""How Markdown writes a sign that would mark something."""


def test_more_than_four_sources_are_folded(client: Client) -> None:
    shown = shown_entries(Edition.objects.get(code="2016-12"), "nl")
    [entry] = [entry for entry in shown if entry.heading.slug == MANY_SOURCES]
    facts = body(client, f"/nl/faq/{MANY_SOURCES}/").partition("<dt>Bronnen</dt>")[2].partition("</dd>")[0]
    open_, _, folded = facts.partition("<details>")
    assert open_.count("<li>") == 4
    assert folded.count("<li>") == len(entry.sources) - 4 > 0


@pytest.mark.parametrize("language", some(["nl", "en"], 2))
def test_a_note_stands_wherever_its_limit_does(client: Client, language: str) -> None:
    edition = Edition.objects.get(code="2016-12")
    limits_page, twin = body(client, f"/{language}/limits/"), body(client, f"/{language}/limits.md")
    for limit in catalogue_of(edition):
        if limit.note:
            assert escape(limit.note[language]) in limits_page, limit.key
            assert limit.note[language].translate(MARKED) in twin, limit.key
    for entry in shown_entries(edition, language):
        if noted := [limit.note[language] for limit in entry.limits if limit.note]:
            page = body(client, f"/{language}/faq/{entry.heading.slug}/")
            assert [note for note in noted if escape(note) not in page] == [], entry.heading.slug


def test_what_changed_later_is_no_contradiction(client: Client) -> None:
    panel = body(client, "/en/faq/can-i-advertise-default-route-00000-to-azure-vpn-gateways/").partition(
        "<h2>Limits</h2>"
    )[2]
    assert re.search(r"<b>Changed in 2017:</b> The BGP section of 2017 allows it", panel)
    assert re.search(r"<b>Sources differ:</b> The design guidance", panel)
    assert "Veranderd in 2017: " in body(client, "/nl/limits.md")


def test_no_panel_contradicts_the_answer_that_redundant_tunnels_are_possible(client: Client) -> None:
    slug = "can-i-have-more-than-one-tunnels-between-azure-vpn-gateway-and-my-on-premises-network"
    assert "<dd>yes with BGP (" in body(client, f"/en/faq/{slug}/")
    assert "<dd>met BGP wel (" in body(client, f"/nl/faq/{slug}/")
