"""What changed last, as Atom feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from faq.knowledge.entry import SourceDocument
from faq.models import Entry, Translation
from faq.store.editions import default_edition
from faq.store.publishing import publish, save_draft, working_content
from tests.faq.builders import edition, published
from tests.faq.many_entries import many_entries
from web.languages import LANGUAGES

pytestmark = pytest.mark.django_db


HERE = settings.ORIGIN
ATOM = "{http://www.w3.org/2005/Atom}"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


class TestFeeds:
    """Atom feeds of changes, read by another's library."""

    @pytest.mark.parametrize("path", ["/nl/changes.atom", "/en/changes.atom", "/en/sections/bgp/changes.atom"])
    def test_one_is_well_formed_and_leads_to_entries(self, client: Client, path: str) -> None:
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.feed.language == path[1:3]
        assert 1 <= len(feed.entries) <= 50
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert all(entry.link.startswith(f"{HERE}{path[:4]}faq/") for entry in feed.entries)
        page = path.removesuffix("changes.atom")
        assert 'type="application/atom+xml"' in body(client, page)
        assert f'href="{path}"' in body(client, page)

    def test_what_changed_last_comes_first(self, client: Client) -> None:
        made = edition()
        published(made, slug="older")
        published(made, slug="newer", order=2)
        Translation.objects.filter(entry__slug="older").update(changed_at="2026-01-01T00:00:00Z")
        feed = feedparser.parse(client.get("/en/changes.atom?edition=2020-01").content)
        assert [entry.link.partition("?")[0].rstrip("/").rpartition("/")[2] for entry in feed.entries] == [
            "newer",
            "older",
        ]

    def test_news_of_the_facts_of_an_old_entry_comes_before_many_newer_texts(self, client: Client) -> None:
        made = edition()
        old, small = published(made, slug="old"), published(made, slug="small", order=2)
        many_entries(made, 60, 1)
        long_ago = timezone.now() - timedelta(days=9999)
        Translation.objects.filter(entry__in=[old, small]).update(changed_at=long_ago)
        Entry.objects.filter(pk__in=[old.pk, small.pk]).update(news_at_nl=long_ago, news_at_en=long_ago)
        old.refresh_from_db()
        small.refresh_from_db()
        publish(old, replace(working_content(old), limits=()))
        publish(small, replace(working_content(small), limits=()), is_small=True)
        for path in ("/en/changes.atom", "/en/sections/basics/changes.atom"):
            feed = feedparser.parse(client.get(f"{path}?edition=2020-01").content)
            assert "/faq/old/" in feed.entries[0].link
            assert len(feed.entries) == (50 if path == "/en/changes.atom" else 2)

    def test_one_of_another_edition_stays_in_it(self, client: Client) -> None:
        published(edition(), related=())
        feed = feedparser.parse(client.get("/en/changes.atom?edition=2020-01").content)
        links = [feed.feed.link, *(link.href for link in feed.feed.links), *(entry.link for entry in feed.entries)]
        assert all(link.endswith("?edition=2020-01") for link in links), links
        assert 'href="/en/changes.atom?edition=2020-01"' in body(client, "/en/?edition=2020-01")

    @pytest.mark.parametrize("path", ["/nl/changes.atom", "/en/sections/bgp/changes.atom"])
    def test_one_has_what_the_format_asks_for(self, client: Client, path: str) -> None:
        root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 -- our own words
        for name in ("id", "title", "updated", "author"):
            assert len(root.findall(f"{ATOM}{name}")) == 1, name
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Gatewijzer"
        for entry in root.iter(f"{ATOM}entry"):
            for name in ("id", "title", "updated"):
                assert len(entry.findall(f"{ATOM}{name}")) == 1, name
            assert datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))).tzinfo is not None

    def test_its_title_is_in_its_language(self, client: Client) -> None:
        titles = {code: feedparser.parse(client.get(f"/{code}/changes.atom").content).feed.title for code in LANGUAGES}
        assert titles == {"nl": "Gatewijzer: wijzigingen", "en": "Gatewijzer: changes"}

    def test_its_ids_are_those_of_the_installation(self, client: Client, settings: Any) -> None:
        settings.ORIGIN = "https://wijzer.example.org"
        feed = feedparser.parse(client.get("/nl/changes.atom").content)
        assert all(entry.id.startswith("tag:wijzer.example.org,2026:2016-12/nl/") for entry in feed.entries)

    @pytest.mark.parametrize(
        ("change", "dutch", "english"),
        [
            ({}, "Nieuwe vraag.", "New question."),
            ({"limits": ("p2s.max_clients",)}, "Gewijzigd: limieten.", "Changed: limits."),
            (
                {"sources": (SourceDocument("vpn-faq.md", "2016-12"),)},
                "Gewijzigd: bronnen.",
                "Changed: sources.",
            ),
            ({"texts": {"question": "Another?"}}, "Gewijzigd: vraag.", "Changed: question."),
            (
                {"texts": {"question": "Another?", "answer": "Otherwise."}, "limits": ("p2s.max_clients",)},
                "Gewijzigd: vraag, antwoord en limieten.",
                "Changed: question, answer, and limits.",
            ),
        ],
    )
    def test_an_item_says_which_parts_changed(
        self, client: Client, change: dict[str, Any], dutch: str, english: str
    ) -> None:
        made = default_edition()
        entry = published(made, slug="a-new-one", section="bgp", limits=(), sources=())
        if change:
            before = working_content(entry)
            said = {name: value for name, value in change.items() if name != "texts"}
            texts = {code: replace(text, **change.get("texts", {})) for code, text in before.texts.items()}
            publish(entry, replace(before, texts=texts, **said))
        for language, line in (("nl", dutch), ("en", english)):
            feed = feedparser.parse(client.get(f"/{language}/changes.atom").content)
            (item,) = [one for one in feed.entries if "/a-new-one/" in one.link]
            assert item.summary == line

    def test_a_draft_and_a_change_that_is_published_again_are_told_right(self, client: Client) -> None:
        entry = published(default_edition(), slug="a-new-one", section="bgp", limits=(), sources=())
        before = working_content(entry)
        publish(entry, replace(before, limits=("p2s.max_clients",)))
        save_draft(entry, replace(before, related=()))
        feed = feedparser.parse(client.get("/en/changes.atom").content)
        assert feed.entries[0].link.endswith("/a-new-one/")
        assert feed.entries[0].summary == "Changed: limits."

    def test_a_small_change_is_no_news(self, client: Client) -> None:
        entry = published(default_edition(), slug="a-new-one", section="bgp", limits=(), sources=())
        before, told = working_content(entry), client.get("/en/changes.atom").content
        text = replace(before.texts["en"], answer="Anotherr.")
        publish(entry, replace(before.with_text("en", text), limits=("p2s.max_clients",)), is_small=True)
        assert client.get("/en/changes.atom").content == told
        publish(entry, before.with_text("en", replace(text, question="Another?")))
        (item,) = [
            one for one in feedparser.parse(client.get("/en/changes.atom").content).entries if "/a-new-one/" in one.link
        ]
        assert item.summary == "Changed: question and limits."

    def test_a_section_that_is_not_there_has_none(self, client: Client) -> None:
        assert client.get("/nl/sections/none/changes.atom").status_code == 404
