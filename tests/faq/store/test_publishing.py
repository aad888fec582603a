"""What publishing remembers of the texts of an entry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from faq.knowledge.entry import EntryContent
from faq.models import Entry, Translation
from faq.store.publishing import languages_behind, publish, save_draft, withdraw, working_content
from tests.faq.builders import content, edition, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    """A published entry in both languages."""
    return published(edition())


def dutch(answer: str) -> EntryContent:
    """The entry with another answer in Dutch."""
    return content().with_text("nl", text(answer=answer))


def behind(entry: Entry) -> tuple[str, ...]:
    """What is behind in what an editor works on."""
    fresh = Entry.objects.get(pk=entry.pk)
    return languages_behind(fresh, working_content(fresh))


class TestBehind:
    """Which translation was left behind."""

    def test_none_is_when_both_were_published_together(self, entry: Entry) -> None:
        assert behind(entry) == ()
        publish(entry, content(limits=()))
        assert behind(entry) == ()

    def test_the_other_one_is_after_a_change(self, entry: Entry) -> None:
        save_draft(entry, dutch("**Anders.**"))
        assert behind(entry) == ("en",)
        publish(entry, dutch("**Anders.**"))
        assert behind(entry) == ("en",)

    def test_none_is_after_an_old_version_came_back(self, entry: Entry) -> None:
        publish(entry, dutch("**Anders.**"))
        save_draft(entry, content())
        assert behind(entry) == ()
        publish(entry, content())
        assert behind(entry) == ()

    def test_it_is_again_when_a_version_comes_back_in_which_it_was(self, entry: Entry) -> None:
        publish(entry, dutch("**Anders.**"))
        publish(entry, dutch("**Anders.**").with_text("en", text(answer="**Otherwise.**")))
        assert behind(entry) == ()
        publish(entry, dutch("**Anders.**"))
        assert behind(entry) == ("en",)

    def test_none_is_after_a_small_change_and_what_was_stays_so(self, entry: Entry) -> None:
        publish(entry, dutch("**Een buis.** Niet meer."), is_small=True)
        assert behind(entry) == ()
        publish(entry, dutch("**Anders.**"))
        publish(entry, dutch("**Anderss.**"), is_small=True)
        assert behind(entry) == ("en",)

    def test_none_is_when_somebody_says_so(self, entry: Entry) -> None:
        publish(entry, dutch("**Anders.**"))
        publish(entry, dutch("**Anders.**"), in_step=True)
        assert behind(entry) == ()

    def test_withdrawing_changes_nothing_in_it(self, entry: Entry) -> None:
        publish(entry, dutch("**Anders.**"))
        withdraw(entry)
        assert behind(entry) == ("en",)

    def test_of_what_was_published_before_it_was_remembered_the_time_tells(self, entry: Entry) -> None:
        Entry.objects.update(texts_behind={})
        assert behind(entry) == ()
        later = timezone.now() + timedelta(hours=1)
        Translation.objects.filter(entry=entry, language="nl").update(changed_at=later)
        assert behind(entry) == ("en",)
        publish(Entry.objects.get(pk=entry.pk), content(limits=()))
        assert behind(entry) == ("en",)

    def test_texts_that_were_published_before_it_was_remembered_come_back_as_they_were(self, entry: Entry) -> None:
        Entry.objects.update(texts_behind={})
        publish(Entry.objects.get(pk=entry.pk), dutch("**Anders.**"))
        assert behind(entry) == ("en",)
        publish(Entry.objects.get(pk=entry.pk), content())
        assert behind(entry) == ()


def test_a_small_change_keeps_the_time_of_the_last_change(entry: Entry) -> None:
    before = entry.translations.get(language="nl").changed_at
    publish(entry, dutch("**Een buis.** Niet meer."), is_small=True)
    kept = entry.translations.get(language="nl")
    assert (kept.changed_at, kept.answer) == (before, "**Een buis.** Niet meer.")


def test_the_first_publication_is_no_small_change() -> None:
    entry = publish(Entry(edition=edition()), content(), is_small=True)
    assert entry.is_small_change is False
