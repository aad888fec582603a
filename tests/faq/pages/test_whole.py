"""The whole FAQ: its contents, and all answers on one page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from faq.models import Edition
from faq.pages import whole
from faq.store.entries import headings
from tests.faq.builders import edition, published
from tests.faq.pages.test_views import body

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["2016-12", "2026"])
@pytest.mark.parametrize("query", ["", "&all=1"])
def test_every_slug_has_an_anchor_with_its_question(client: Client, code: str, query: str) -> None:
    page = body(client, f"/nl/faq/?edition={code}{query}")
    ids = re.findall(r'\sid="([^"]+)"', page)
    listed = headings(Edition.objects.get(code=code), "nl")
    assert len(set(ids)) == len(ids)
    assert {heading.slug for heading in listed} <= set(ids)
    assert {heading.section for heading in listed} <= set(ids)


def test_a_large_faq_shows_its_contents_and_leads_to_all_answers_on_one_page(client: Client) -> None:
    page = body(client, "/en/faq/")
    assert 'class="answer"' not in page
    assert 'href="/en/faq/?all=1"' in page
    assert 'href="/en/sections/bgp/"' in page
    assert body(client, "/en/faq/?all=1").count("<article") == 67


def test_the_links_of_the_contents_stay_in_the_edition(client: Client) -> None:
    page = body(client, "/en/faq/?edition=2026")
    assert 'href="/en/faq/?all=1&amp;edition=2026"' in page
    assert 'href="/en/sections/bgp/?edition=2026"' in page


def test_a_small_faq_is_one_page_with_its_answers(client: Client) -> None:
    published(edition("2031-01"))
    page = body(client, "/nl/faq/?edition=2031-01")
    assert "<strong>Een buis.</strong>" in page


def test_small_and_large_are_told_apart_by_the_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    published(edition("2031-01"))
    monkeypatch.setattr(whole, "ON_ONE_PAGE", 3)
    assert "Een buis." not in body(client, "/nl/faq/?edition=2031-01")


def test_both_have_the_same_canonical_address(client: Client) -> None:
    canonical = re.compile(r'rel="canonical" href="([^"]+)"')
    assert canonical.findall(body(client, "/nl/faq/")) == canonical.findall(body(client, "/nl/faq/?all=1"))
