"""Where slugs and short codes lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from reversion.models import Version

from faq.models import Edition, Entry, Slug
from faq.store.editions import default_edition
from faq.store.entries import find_entry
from faq.store.publishing import publish, published_content, save_draft, withdraw
from faq.store.slugs import find_short, openable, renamed_to, short_code
from tests.faq.builders import content, edition, published, renamed

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"


def rows(entry: Entry) -> dict[str, bool]:
    """The slugs of an entry, and which are former ones."""
    return dict(entry.slugs.values_list("slug", "is_former"))


def test_short_codes_are_those_that_were_given_out() -> None:
    assert [short_code(slug) for slug in (SLUG, "what-is-a-tunnel")] == ["bvqvdw", "ee2wqj"]


@pytest.mark.parametrize("code", ["", "zzzzzz", "zzzzzzzzzzzz", "a\x00b", "é" * 6, "%" * 6])
def test_a_code_that_is_nobodys_leads_nowhere(code: str) -> None:
    assert find_short(code, default_edition()) is None


@pytest.mark.parametrize("slug", ["", SLUG, "no-such-entry", "a\x00b", "What-Is", "a" * 300])
def test_a_slug_that_is_no_former_one_leads_nowhere(slug: str) -> None:
    assert renamed_to(slug, default_edition()) is None


def test_every_slug_that_an_entry_had_leads_to_it() -> None:
    renamed(SLUG, "expressroute")
    entry = renamed("expressroute", "private-path")
    assert rows(entry) == {SLUG: True, "expressroute": True, "private-path": False}
    for former in (SLUG, "expressroute"):
        assert renamed_to(former, entry.edition) == "private-path"
        assert find_short(short_code(former).upper(), entry.edition) == "private-path"
    assert find_short(short_code("private-path"), entry.edition) == "private-path"


def test_a_slug_that_is_taken_back_is_a_former_one_no_longer() -> None:
    renamed(SLUG, "expressroute")
    entry = renamed("expressroute", SLUG)
    assert rows(entry) == {"expressroute": True, SLUG: False}
    assert renamed_to(SLUG, entry.edition) is None


def test_only_what_readers_see_is_found() -> None:
    entry = publish(published(), content(slug="what-is-a-pipe"))
    made, codes = entry.edition, [short_code(slug) for slug in ("what-is-a-tunnel", "what-is-a-pipe")]
    withdraw(entry)
    assert renamed_to("what-is-a-tunnel", made) is None
    assert [find_short(code, made) for code in codes] == [None, None]
    publish(entry, published_content(entry))
    assert renamed_to("what-is-a-tunnel", made) == "what-is-a-pipe"
    assert [find_short(code, made) for code in codes] == ["what-is-a-pipe", "what-is-a-pipe"]
    entry.delete()
    assert not Slug.objects.filter(slug="what-is-a-tunnel").exists()


def test_a_draft_leads_nowhere() -> None:
    made = edition()
    save_draft(Entry(edition=made), content(slug="new-tunnel", former_slugs=("old-tunnel",)))
    assert (find_short(short_code("new-tunnel"), made), renamed_to("old-tunnel", made)) == (None, None)


def test_an_entry_that_is_recovered_has_its_slugs_again() -> None:
    entry = renamed(SLUG, "expressroute")
    version = Version.objects.get_for_object(entry).first()
    entry.delete()
    version.revision.revert()
    assert renamed_to(SLUG, entry.edition) == "expressroute"
    assert find_short(short_code("expressroute"), entry.edition) == "expressroute"


def test_of_two_entries_with_one_slug_the_one_of_the_oldest_edition_is_found() -> None:
    for code, year in (("2021-01", 2021), ("2019-01", 2019), ("2020-01", 2020)):
        published(edition(code, date=date(year, 1, 1)), slug=f"tunnel-{year}", former_slugs=("tunnel",))
    assert find_short(short_code("tunnel"), default_edition()) == "tunnel-2019"


def test_what_an_edition_itself_calls_it_comes_before_the_oldest() -> None:
    for year in (2021, 2019):
        made = edition(f"{year}-01", date=date(year, 1, 1))
        published(made, slug=f"tunnel-{year}", former_slugs=("tunnel",))
        assert find_short(short_code("tunnel"), made) == renamed_to("tunnel", made) == f"tunnel-{year}"


def test_a_rename_is_of_one_edition() -> None:
    """The other edition still has an entry of that slug, and goes on with it."""
    here, there = default_edition(), Edition.objects.get(code="2026")
    renamed(SLUG, "expressroute", here.code)
    assert [renamed_to(SLUG, made) for made in (here, there)] == ["expressroute", None]
    assert [find_short(short_code(SLUG), made) for made in (here, there)] == ["expressroute", SLUG]
    assert [one.slug for made in (here, there) for one in openable([SLUG], made, "nl")] == ["expressroute", SLUG]
    assert find_entry(here, SLUG, "nl") is None
    found = find_entry(there, SLUG, "nl")
    assert found is not None
    assert found.edition == "2026"


def test_of_two_entries_with_one_slug_the_other_is_found_when_the_first_is_withdrawn() -> None:
    made = edition()
    first = published(made, slug="a-tunnel", former_slugs=("tunnel",))
    published(made, slug="b-tunnel", former_slugs=("tunnel",), order=2)
    code = short_code("tunnel")
    assert (renamed_to("tunnel", made), find_short(code, made)) == ("a-tunnel", "a-tunnel")
    withdraw(first)
    assert (renamed_to("tunnel", made), find_short(code, made)) == ("b-tunnel", "b-tunnel")


def test_what_was_noted_down_is_opened_under_its_present_slug_once() -> None:
    renamed(SLUG, "expressroute")
    noted = [SLUG, "gone", "expressroute", "a\x00b", "what-is-the-gateway-subnet-and-why-is-it-needed"]
    opened = openable(noted, default_edition(), "en")
    assert [heading.slug for heading in opened] == ["expressroute", noted[-1]]
    assert opened[0].language == "en"


def test_what_was_noted_down_is_opened_in_its_edition_or_in_the_newest_other() -> None:
    old, new = edition("2018-01", date=date(2018, 1, 1)), edition("2022-01", date=date(2022, 1, 1))
    for made, question in ((old, "Old?"), (new, "New?")):
        texts = {"nl": replace(content().texts["nl"], question=question)}
        published(made, slug="tunnel", texts=texts)
    assert [one.question for one in openable(["tunnel"], old, "nl")] == ["Old?"]
    assert [one.question for one in openable(["tunnel"], default_edition(), "en")] == ["New?"]


def test_a_list_of_slugs_is_looked_up_at_once(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    made = default_edition()
    slugs = list(made.entries.values_list("slug", flat=True))
    with django_assert_max_num_queries(4):
        assert len(openable([*slugs, "gone"], made, "nl")) == len(slugs)


def test_the_migration_writes_the_slugs_of_the_entries_that_are_there() -> None:
    renamed(SLUG, "expressroute")
    before = sorted(Slug.objects.values_list("entry", "slug", "is_former", "short_code"))
    Slug.objects.all().delete()
    import_module("faq.migrations.0007_slugs_and_editions").write_slugs(apps, None)
    assert sorted(Slug.objects.values_list("entry", "slug", "is_former", "short_code")) == before


def test_a_run_of_sync_that_changes_nothing_leaves_the_slugs() -> None:
    before = set(Slug.objects.values_list("pk", flat=True))
    call_command("sync", verbosity=0)
    assert set(Slug.objects.values_list("pk", flat=True)) == before
    assert Slug.objects.count() == sum(len(entry.former_slugs) + 1 for entry in Entry.objects.all())
    assert Edition.objects.count() == 2
