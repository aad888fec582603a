"""No surface shows a draft or what was withdrawn; this crosses every room."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from faq.models import Entry
from faq.store.publishing import publish, save_draft, withdraw
from tests.faq.builders import content, edition, published, text

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN


SURFACES = (
    "/nl/faq/{slug}.md", "/nl/faq/{slug}.txt", "/nl/faq/{slug}.html", "/nl/faq/{slug}/card.png", "/nl/faq/{slug}/",
    "/nl/faq.md", "/nl/index.md", "/nl/sections/basics.md", "/nl/changes.atom", "/nl/sections/basics/changes.atom",
    "/nl/faq/", "/nl/sections/basics/", "/sitemap.xml", "/llms.txt", "/api/v1/entries", "/api/v1/entries/{slug}",
    "/api/v1/search?q=kanarievogel", "/nl/search/?q=kanarievogel", "/embed/nl/{slug}",
    "/embed/nl/search?q=kanarievogel", f"/oembed?url={HERE}/nl/faq/{{slug}}/",
    "/opensearch/nl/suggestions?q=kanarie", "/api/v1/suggest?q=kanarie",
)  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
def test_no_surface_shows_a_draft_or_what_was_withdrawn(client: Client, settings: Any, surface: str) -> None:
    settings.DEFAULT_EDITION = "2020-01"
    made = edition()
    published(made, slug="other", order=2)
    entry: Entry = publish(Entry(edition=made), content(texts={"nl": text(question="Wat is een kanarievogel?")}))
    path = surface.format(slug=entry.slug)
    before = client.get(path)
    withdraw(entry)
    save_draft(entry, content(texts={"nl": text(question="Wat is een kanarievogel nu?")}))
    after = client.get(path)
    assert before.status_code == 200
    assert b"kanarievogel?" not in after.content.replace(b"kanarievogel?q", b"")
    assert b"kanarievogel nu" not in after.content
    if "{slug}" in surface:
        assert after.status_code == 404
