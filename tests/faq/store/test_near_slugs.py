"""Which entries are offered for a slug that nobody has."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps

from faq.models import NEWS, Entry, SlugEnd
from faq.store.editions import default_edition
from faq.store.near_slugs import nearest
from faq.store.publishing import publish, published_content, withdraw
from tests.faq.builders import edition, example, published, renamed

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"


def rows() -> list[tuple[int, int, str, bool]]:
    return sorted(SlugEnd.objects.values_list("slug", "edition", "text", "is_backwards"))


@pytest.mark.parametrize(
    "asked",
    [
        "what-is-expresroute",
        "What-Is-ExpressRoute",
        "what_is_expressroute",
        "whta-is-expressroute",
        "expressroute",
        "xpressroute",
        "what-is-expressroute-",
    ],
)
def test_the_nearest_slug_is_first(asked: str) -> None:
    assert nearest(asked, default_edition(), "en")[0].slug == SLUG


def test_words_in_another_order_are_found() -> None:
    published(made := edition(), slug="how-large-is-the-gateway-subnet")
    assert [one.slug for one in nearest("subnet-gateway", made, "en")] == ["how-large-is-the-gateway-subnet"]


@pytest.mark.parametrize("asked", ["", "\x00", "---", "zzzzzz", "é" * 300, "a-" * 300])
def test_nothing_is_near_to_what_is_like_nothing(asked: str) -> None:
    assert nearest(asked, default_edition(), "nl") == []


def test_only_what_readers_see_in_the_edition_is_offered() -> None:
    entry = published(made := edition(), slug="what-is-expressroute-for")
    assert [one.slug for one in nearest("what-is-expressroute", made, "en")] == [entry.slug]
    withdraw(entry)
    assert nearest("what-is-expressroute", made, "en") == []


def test_a_renamed_entry_is_offered_under_its_present_slug() -> None:
    renamed(SLUG, "a-private-path")
    assert "a-private-path" in {one.slug for one in nearest("a-privat-path", default_edition(), "en")}
    assert not SlugEnd.objects.filter(edition=default_edition(), text=SLUG).exists()


def test_a_deleted_entry_leaves_nothing() -> None:
    example(SLUG).delete()
    assert not SlugEnd.objects.filter(edition=default_edition(), text=SLUG).exists()


def test_the_migration_takes_the_last_publication_that_was_no_small_change_for_news() -> None:
    entry, small = published(made := edition(), slug="facts"), published(made, slug="small", order=2)
    for changed in (entry, small):
        publish(changed, replace(published_content(changed), limits=()), is_small=changed == small)
    before = list(Entry.objects.filter(edition=made).order_by("slug").values_list("slug", *NEWS))
    Entry.objects.update(**dict.fromkeys(NEWS))
    import_module("faq.migrations.0024_reading_order").write_news(apps, None)
    assert list(Entry.objects.filter(edition=made).order_by("slug").values_list("slug", *NEWS)) == before


def test_the_migration_writes_what_is_kept_of_the_slugs_that_are_there() -> None:
    renamed(SLUG, "expressroute")
    before = rows()
    assert len(before) > Entry.objects.count()
    SlugEnd.objects.all().delete()
    import_module("faq.migrations.0024_reading_order").write_ends(apps, None)
    assert rows() == before
