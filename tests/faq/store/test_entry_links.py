"""The links of entries, kept in rows, and those that lead nowhere; and what a migration fills in of entries before."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
import reversion
from django.apps import apps
from reversion.models import Version

from faq.models import Entry, EntryLink
from faq.store.entry_links import broken_links
from faq.store.publishing import publish, published_content, save_draft, withdraw
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


def links(entry: Entry) -> set[tuple[str, str]]:
    """The links of an entry, each with its language."""
    return set(EntryLink.objects.filter(entry=entry).values_list("language", "slug"))


def test_links_follow_what_is_published() -> None:
    made = edition()
    entry = published(made, related=("other",), texts={"nl": text(answer="Zie [dit](linked) en [dat](that).")})
    assert links(entry) == {("", "other"), ("nl", "linked"), ("nl", "that")}
    content = published_content(entry)
    save_draft(entry, replace(content, related=("draft",)))
    assert ("", "draft") not in links(entry)
    publish(entry, replace(content, related=(), texts={"nl": text(answer="Zie [dat](that).")}))
    assert links(entry) == {("nl", "that")}
    publish(entry, replace(content, related=(), texts={"en": text(answer="None.")}))
    assert links(entry) == set()


def test_a_link_is_broken_while_readers_of_its_edition_cannot_open_what_it_names() -> None:
    made = edition()
    entry = published(made, slug="from", related=("to",))
    assert [link.slug for link in broken_links(made)] == ["to"]
    other = published(made, slug="to")
    assert not broken_links(made)
    withdraw(other)
    assert [link.entry.slug for link in broken_links(made)] == ["from"]
    withdraw(entry)
    assert not broken_links(made)


def test_links_come_back_with_an_entry_that_comes_back_from_its_history() -> None:
    entry = published(edition(), related=("other",), texts={"nl": text(answer="Zie [dit](linked).")})
    version = Version.objects.get_for_object(entry).first()
    assert version is not None
    entry.delete()
    assert not EntryLink.objects.filter(entry__edition__code="2020-01").exists()
    with reversion.create_revision():
        version.revision.revert()
    assert links(Entry.objects.get(slug=entry.slug, edition__code="2020-01")) == {("", "other"), ("nl", "linked")}


def test_the_migration_fills_in_what_is_kept_of_each_entry_now() -> None:
    made = edition()
    both = {"nl": text(), "en": text()}
    for slug in ("small", "drafted", "withdrawn", "equal", "new"):
        entry = published(made, slug=slug, related=("equal",), texts=both)
        content = published_content(entry)
        if slug in ("drafted", "withdrawn"):
            publish(entry, content.with_text("en", replace(content.texts["en"], answer="Other [words](words).")))
        if slug == "drafted":
            save_draft(entry, content.with_text("nl", replace(content.texts["nl"], answer="Andere woorden.")))
        if slug == "withdrawn":
            withdraw(entry)
    kept = dict(Entry.objects.values_list("pk", "behind"))
    assert set(kept.values()) == {"", "nl"}
    rows = set(EntryLink.objects.values_list("entry", "language", "slug"))
    Entry.objects.update(behind="")
    EntryLink.objects.all().delete()
    import_module("faq.migrations.0020_links_and_texts_behind").fill(apps, None)
    assert dict(Entry.objects.values_list("pk", "behind")) == kept
    assert set(EntryLink.objects.values_list("entry", "language", "slug")) == rows
