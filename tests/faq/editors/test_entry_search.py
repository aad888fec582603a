"""The search of the editors: every word of an entry, in any case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from faq.editors.entry_search import with_words, words_in
from faq.models import DeskNote, Edition, EditorText, Entry
from faq.store.publishing import publish, save_draft
from tests.faq.builders import account, content, edition, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Edition:
    """A trial edition with an entry."""
    made = edition()
    published(made, former_slugs=("old-tunnel",))
    return made


def found(made: Edition, query: str) -> list[str]:
    """The slugs that a query finds in an edition."""
    return [entry.slug for entry in with_words(Entry.objects.filter(edition=made), query)]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "buis",
        "BUIS meer",
        "pipe buis",
        "wat is een tunnel",
        "what-is-a",
        "old-tunnel",
        '"een buis"',
        "meer tunnel more",
    ],
)
def test_each_word_may_stand_anywhere_in_either_language(made: Edition, query: str) -> None:
    assert found(made, query) == ["what-is-a-tunnel"]


@pytest.mark.parametrize("query", ["zwabber", "buis zwabber", '"buis een"', "%", "_"])
def test_an_entry_without_one_of_the_words_is_not_found(made: Edition, query: str) -> None:
    assert found(made, query) == []


def test_case_and_accents_do_not_matter(made: Edition) -> None:
    said = text(question="Eén café, ÉÉN?", answer="Over\ntwee regels.", asked_as=("Çà et là",))
    save_draft(Entry.objects.get(edition=made), content().with_text("nl", said))
    for query in ("één CAFÉ", "een cafe", "ÇÀ", '"over twee"', "buis"):
        assert found(made, query) == ["what-is-a-tunnel"], query


def test_notes_of_the_desk_are_searched_for_their_edition(made: Edition) -> None:
    DeskNote.objects.create(slug="what-is-a-tunnel", edition="1999", text="Bel Jansen")
    assert found(made, "jansen") == []
    for code in ("2020-01", ""):
        DeskNote.objects.filter(text="Bel Jansen").update(edition=code)
        assert found(made, "jansen tunnel") == ["what-is-a-tunnel"]


def test_a_text_that_goes_is_not_found_any_more(made: Edition) -> None:
    entry = Entry.objects.get(edition=made)
    publish(entry, replace(content(), texts={"nl": text()}))
    assert found(made, "pipe") == []
    entry.delete()
    assert EditorText.objects.filter(words__contains="old-tunnel").count() == 0


def test_a_pasted_text_is_cut() -> None:
    assert words_in("a " * 100) == ["a"] * 12
    assert words_in('"  " \' "open') == ["'", '"open']


@pytest.mark.parametrize("query", ["connectiviteitsprovider", "EXPRESSROUTE kies latentie"])
def test_the_list_finds_words_of_answers(client: Client, query: str) -> None:
    client.force_login(account("reader"))
    found = client.get("/admin/faq/entry/", {"q": query}).context["cl"].result_list
    assert "what-is-expressroute" in [entry.slug for entry in found]


def test_the_entry_with_the_slug_comes_before_those_that_link_to_it(client: Client) -> None:
    client.force_login(account("reader"))
    found = client.get("/admin/faq/entry/", {"q": "what-is-expressroute"}).context["cl"].result_list
    slugs = [entry.slug for entry in found]
    assert slugs[:2] == ["what-is-expressroute"] * 2
    assert len(set(slugs)) > 1
