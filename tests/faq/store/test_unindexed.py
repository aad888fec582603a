"""What has changed for readers since an index that is changed in place last took it in."""

from __future__ import annotations

import pytest

from faq.models import Entry, Section
from faq.store.publishing import publish, published_content, rendered_again, save_draft, withdraw
from faq.store.unindexed import indexed, unindexed
from tests.faq.builders import edition, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    """A published entry, of which the index has everything; so it has of all others."""
    made = published(edition())
    indexed(unindexed())
    assert not unindexed()
    return made


def test_what_readers_see_changed_counts(entry: Entry) -> None:
    publish(entry, published_content(entry))
    assert unindexed() == {entry.pk: 1}
    withdraw(entry)
    assert unindexed() == {entry.pk: 2}


def test_a_draft_changes_nothing_for_readers(entry: Entry) -> None:
    save_draft(entry, published_content(entry).with_text("nl", text(question="Wat is een zwabber?")))
    assert not unindexed()


def test_what_a_section_is_called_stands_in_the_index_of_its_entries(entry: Entry) -> None:
    section = Section.objects.get(pk=entry.section_id)
    section.title_nl = "Zwabbers"
    section.save()
    assert unindexed() == {entry.pk: 1}


def test_answers_that_are_rendered_again_count(entry: Entry) -> None:
    entry.translations.update(html="")
    assert rendered_again(entry.edition) == entry.translations.count()
    assert unindexed() == {entry.pk: 1}


def test_a_change_that_came_meanwhile_stays(entry: Entry) -> None:
    publish(entry, published_content(entry))
    read = unindexed()
    publish(entry, published_content(entry))
    indexed(read)
    assert unindexed() == {entry.pk: 1}
    indexed({entry.pk: 5})
    assert not unindexed()
