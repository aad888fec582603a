"""What was deleted, withdrawn, or removed here does not come back by a loader, whichever way it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from faq.documents import DocEntry, DocSection, Document
from faq.knowledge.content_files import read_edition
from faq.knowledge.entry import EditionContent, EntryContent
from faq.models import Deletion, Edition, Entry, Section, TermGroup
from faq.search.loading import sync_terms
from faq.search.terms import Term
from faq.store.exporting import as_document
from faq.store.loading import Outcome, import_document, sync_edition
from faq.store.publishing import publish, published_content, save_draft, withdraw, working_content
from tests.every import some
from tests.faq.builders import account, content, edition_content, text

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[3] / "faq" / "content" / "2016-12"
CODE = "2020-01"
SLUG = "what-is-a-tunnel"


@cache
def shipped() -> EditionContent:
    """The content files of the edition that is shipped, with every sixth of its entries, or a few of those."""
    whole = read_edition(SHIPPED)
    return replace(whole, entries=tuple(some(whole.entries[::6], 4)))


def entry(slug: str = SLUG, code: str = CODE) -> Entry:
    """An entry of the trial edition."""
    return Entry.objects.get(edition__code=code, slug=slug)


def statuses(outcomes: list[Outcome]) -> dict[str, str]:
    """What a run says of each entry, under the slug that it was shipped with."""
    return {outcome.slug.removesuffix("-renamed"): outcome.status for outcome in outcomes}


def rename(one: Entry) -> Entry:
    """Publish an entry under another slug, as an editor does."""
    renamed: Entry = publish(one, replace(working_content(one), slug=f"{one.slug}-renamed"))
    return renamed


def delete(one: Entry) -> None:
    one.delete()


def delete_in_bulk(one: Entry) -> None:
    Entry.objects.filter(pk=one.pk).delete()


def rename_and_delete(one: Entry) -> None:
    rename(one).delete()


def withdraw_rename_and_delete(one: Entry) -> None:
    withdraw(one)
    rename(one).delete()


def withdraw_and_delete(one: Entry) -> None:
    withdraw(one)
    one.delete()


def delete_with_its_section(one: Entry) -> None:
    section = one.section
    one.delete()
    if not section.entries.exists():
        section.delete()


def lose_the_former_slug(one: Entry) -> None:
    """Rename it and publish it without the slug that it had; then it goes as well."""
    renamed = rename(one)
    publish(renamed, replace(published_content(renamed), former_slugs=())).delete()


def withdraw_only(one: Entry) -> None:
    withdraw(one)


def withdraw_and_rename(one: Entry) -> None:
    withdraw(one)
    save_draft(one, replace(working_content(one), slug=f"{one.slug}-renamed"))


DELETED = (
    delete,
    delete_in_bulk,
    rename_and_delete,
    withdraw_rename_and_delete,
    withdraw_and_delete,
    delete_with_its_section,
    lose_the_former_slug,
)
WITHDRAWN = (withdraw_only, withdraw_and_rename)
LOSSES = [*((lose, "deleted") for lose in DELETED), *((lose, "conflict") for lose in WITHDRAWN)]
"""Each way to lose an entry, and what a loader then says of it."""


def newer(wanted: EntryContent) -> EntryContent:
    """An entry as a newer release has it."""
    texts = {code: replace(said, answer=f"{said.answer}\n\nMore.") for code, said in wanted.texts.items()}
    return replace(wanted, texts=texts)


def sync_newer(*, overwrite: bool = False) -> dict[str, str]:
    """Sync a newer release of the shipped edition."""
    entries = tuple(map(newer, shipped().entries))
    return statuses(sync_edition(replace(shipped(), entries=entries), overwrite=overwrite))


def document_of(wanted: EditionContent, language: str) -> Document:
    """What a newer release of content files says, as a document in one language."""
    entries = tuple(
        DocEntry(one.slug, one.former_slugs, one.section, said.question, f"{said.answer}\n\nMore.")
        for one in wanted.entries
        if (said := one.texts.get(language))
    )
    sections = tuple(DocSection(section.slug, section.titles[language]) for section in wanted.sections)
    return Document("FAQ", "", sections, entries)


def import_newer(*, overwrite: bool = False) -> dict[str, str]:
    """Import the same in both languages; what the two runs say alike."""
    said = [
        statuses(import_document(document_of(shipped(), language), "2016-12", language, overwrite=overwrite))
        for language in ("nl", "en")
    ]
    assert overwrite or said[0] == said[1]
    return said[0]


@pytest.mark.parametrize("load", [sync_newer, import_newer])
@pytest.mark.parametrize(("lose", "status"), some(LOSSES, 3))
def test_no_shipped_entry_comes_back_by_itself(
    load: Callable[..., dict[str, str]], lose: Callable[[Entry], None], status: str
) -> None:
    slugs = [one.slug for one in shipped().entries]
    for slug in slugs:
        lose(entry(slug, "2016-12"))
    ours = Q(slug__in=[*slugs, *(f"{slug}-renamed" for slug in slugs)])
    seen = Entry.objects.published().filter(ours, edition__code="2016-12")
    assert not seen.exists()
    for _ in range(2):
        assert load() == dict.fromkeys(slugs, status)
        assert not seen.exists()
    load(overwrite=True)
    came_back = seen.values_list("slug", flat=True)
    assert {slug.removesuffix("-renamed") for slug in came_back} == set(slugs)
    assert len(came_back) == len(slugs)
    assert not Deletion.objects.filter(kind="entry", edition="2016-12", slug__in=slugs).exists()


def test_the_other_entries_are_loaded_all_the_same() -> None:
    sync_edition(edition_content())
    entry().delete()
    other = content(slug="what-is-a-gateway", order=2)
    assert statuses(sync_edition(edition_content(content(), other))) == {SLUG: "deleted", "what-is-a-gateway": "new"}
    assert Entry.objects.published().filter(edition__code=CODE).count() == 1


def test_a_file_renamed_after_the_deletion_is_deleted_too() -> None:
    sync_edition(edition_content())
    entry().delete()
    renamed = content(slug="what-is-a-pipe", former_slugs=(SLUG,))
    assert statuses(sync_edition(edition_content(renamed))) == {"what-is-a-pipe": "deleted"}


def test_a_deletion_is_of_one_edition() -> None:
    sync_edition(edition_content())
    entry().delete()
    assert statuses(sync_edition(edition_content(code="2021-01"))) == {SLUG: "new"}


def test_a_dry_run_says_it_and_forgets_nothing() -> None:
    sync_edition(edition_content())
    entry().delete()
    assert statuses(sync_edition(edition_content(), dry_run=True)) == {SLUG: "deleted"}
    assert statuses(sync_edition(edition_content(), dry_run=True, overwrite=True)) == {SLUG: "new"}
    assert statuses(sync_edition(edition_content())) == {SLUG: "deleted"}


def test_an_entry_made_anew_has_its_slug_again() -> None:
    sync_edition(edition_content())
    entry().delete()
    save_draft(Entry(edition=Edition.objects.get(code=CODE)), content(texts={"nl": text(answer="**Anders.**")}))
    assert not Deletion.objects.filter(kind="entry").exists()
    assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}
    assert entry().published_at is None


def test_an_entry_recovered_in_the_admin_has_all_its_slugs_again() -> None:
    client = Client()
    client.force_login(account("publisher"))
    sync_edition(edition_content())
    gone = rename(entry())
    client.post(reverse("admin:faq_entry_delete", args=[gone.pk]), {"post": "yes"})
    assert set(Deletion.objects.values_list("slug", flat=True)) == {SLUG, f"{SLUG}-renamed"}
    version = Version.objects.get_deleted(Entry).first()
    assert version is not None
    client.get(reverse("admin:faq_entry_recover", args=[version.pk]))  # looking brings nothing back
    assert statuses(sync_edition(edition_content())) == {SLUG: "deleted"}
    version.revision.revert()
    assert not Deletion.objects.exists()
    assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}


def test_a_withdrawn_entry_without_news_is_unchanged_and_stays_withdrawn() -> None:
    sync_edition(edition_content())
    withdraw(entry())
    assert statuses(sync_edition(edition_content())) == {SLUG: "unchanged"}
    assert entry().published_at is None
    assert statuses(sync_edition(edition_content(), overwrite=True)) == {SLUG: "changed"}
    assert entry().published_at is not None
    assert statuses(sync_edition(edition_content(), overwrite=True)) == {SLUG: "unchanged"}


def test_a_text_that_an_editor_removed_stays_removed() -> None:
    sync_edition(edition_content())
    in_dutch = replace(content(), texts={"nl": text()})
    publish(entry(), in_dutch)
    english = Document("FAQ", "", (), (DocEntry(SLUG, (), "basics", "What?", "**New.**"),))
    for _ in range(2):
        assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}
        assert statuses(import_document(english, CODE, "en")) == {SLUG: "conflict"}
    dutch = Document("FAQ", "", (), (DocEntry(SLUG, (), "basics", "Wat?", "**Nieuw.**"),))
    import_document(dutch, CODE, "nl", overwrite=True)
    assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}
    assert set(working_content(entry()).texts) == {"nl"}


def test_a_text_of_an_editors_own_that_was_removed_stays_removed() -> None:
    sync_edition(edition_content(content(texts={"nl": text()})))
    publish(entry(), content())
    publish(entry(), content(texts={"nl": text()}))
    assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}


def test_an_import_in_one_language_publishes_no_draft_of_the_other() -> None:
    sync_edition(edition_content())
    save_draft(entry(), content().with_text("nl", text(answer="**Nog niet af.**")))
    english = Document("FAQ", "", (), (DocEntry(SLUG, (), "basics", "What?", "**New.**"),))
    assert statuses(import_document(english, CODE, "en")) == {SLUG: "conflict"}
    assert published_content(entry()).texts["nl"] == text()


def test_a_deleted_section_comes_back_only_for_a_new_entry_in_it() -> None:
    sync_edition(edition_content())
    delete_with_its_section(entry())
    sync_edition(edition_content())
    import_document(as_document(Edition.objects.get(code="2016-12"), "nl"), "2016-12", "nl")
    assert not Section.objects.filter(edition__code=CODE).exists()
    other = content(slug="what-is-a-gateway")
    assert statuses(sync_edition(edition_content(content(), other))) == {SLUG: "deleted", "what-is-a-gateway": "new"}
    assert Section.objects.get(edition__code=CODE).title_en == "Basics"


def test_a_renamed_section_does_not_come_back_under_its_former_slug() -> None:
    sync_edition(edition_content())
    section = Section.objects.get(edition__code=CODE)
    section.slug = "first-things"
    section.save()
    assert statuses(sync_edition(edition_content())) == {SLUG: "conflict"}
    assert list(Section.objects.filter(edition__code=CODE).values_list("slug", flat=True)) == ["first-things"]


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_deleted_or_renamed_edition_is_not_made_again(is_renamed: bool) -> None:
    sync_edition(edition_content())
    edition = Edition.objects.get(code=CODE)
    if is_renamed:
        edition.code = "archive"
        edition.save()
    else:
        edition.entries.all().delete()
        edition.delete()
    assert statuses(sync_edition(edition_content())) == {SLUG: "deleted"}
    assert not Edition.objects.filter(code=CODE).exists()
    assert statuses(sync_edition(edition_content(), overwrite=True)) == {SLUG: "new"}


def test_what_was_deleted_in_an_edition_stays_deleted_after_its_code_changed() -> None:
    sync_edition(edition_content())
    entry().delete()
    edition = Edition.objects.get(code=CODE)
    edition.code = "archive"
    edition.save()
    assert statuses(sync_edition(edition_content(code="archive"))) == {SLUG: "deleted"}


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_deleted_or_renamed_term_is_not_made_again(is_renamed: bool) -> None:
    term = Term("bgp-session", {"nl": ("bgp-sessie", "bgp-koppeling"), "en": ("bgp session",)})
    sync_terms([term])
    group = TermGroup.objects.get(key=term.key)
    if is_renamed:
        group.key = "bgp-peering"
        group.save()
    else:
        group.delete()
    for _ in range(2):
        assert statuses(sync_terms([term])) == {term.key: "deleted"}
    assert not TermGroup.objects.filter(key=term.key).exists()
    assert statuses(sync_terms([term], overwrite=True)) == {term.key: "new"}
    assert statuses(sync_terms([term])) == {term.key: "unchanged"}
