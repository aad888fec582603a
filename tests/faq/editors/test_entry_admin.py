"""Editing: roles, drafts, publishing, preview, warnings, and earlier versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from faq.editors.entry_form import warnings
from faq.models import Entry
from faq.store.publishing import publish, save_draft, working_content
from tests.faq.builders import account, content, edition, published, text

pytestmark = pytest.mark.django_db

PUBLIC = "/nl/faq/what-is-a-tunnel/?edition=2020-01"


@pytest.fixture
def entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


def signed_in(role: str | None) -> Client:
    """A browser of somebody in a role."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account(role))
    return client


def posted(entry: Entry, **changes: Any) -> dict[str, Any]:
    """What the form sends for an entry, with some fields changed."""
    said = working_content(entry)
    fields = {
        "section": entry.section_id,
        "slug": said.slug,
        "order": said.order,
        "connection_types": list(said.connection_types),
        "deployment_models": list(said.deployment_models),
        "limits": "\n".join(said.limits),
        "related": "\n".join(said.related),
        "former_slugs": "\n".join(said.former_slugs),
        "sources": "\n".join(f"{source.document} | {source.date}" for source in said.sources),
        "checked": "2026-11-23",
        "_entry": entry.pk,
    }
    for language in ("nl", "en"):
        words = said.texts.get(language, text(question="", answer="", asked_as=()))
        fields |= {
            f"{language}_question": words.question,
            f"{language}_answer": words.answer,
            f"{language}_asked_as": "\n".join(words.asked_as),
        }
    return fields | changes


def change(entry: Entry) -> str:
    """The address of the form."""
    return reverse("admin:faq_entry_change", args=[entry.pk])


def seen(client: Client) -> str:
    """What a reader sees of the entry now."""
    return client.get(PUBLIC).content.decode()


def test_the_form_shows_both_languages_side_by_side(entry: Entry) -> None:
    page = signed_in("editor").get(change(entry)).content.decode()
    for field in ("nl_question", "en_question", "nl_answer", "en_answer", "nl_asked_as", "en_asked_as"):
        assert f'name="{field}"' in page
    assert "**Een buis.** Meer niet." in page
    assert "**A pipe.** No more." in page


def test_saving_keeps_a_draft_that_readers_do_not_see(entry: Entry) -> None:
    client = signed_in("editor")
    answer = client.post(change(entry), posted(entry, nl_answer="**Een concept.**", _continue="1"))
    assert answer.status_code == 302
    assert "Een concept." not in seen(Client())
    assert "Een buis." in seen(Client())
    assert "Een concept." in client.get(change(entry)).content.decode()


def test_saving_without_a_change_is_no_change_of_the_published_entry(entry: Entry) -> None:
    before = working_content(entry)
    signed_in("editor").post(change(entry), posted(entry, _continue="1"))
    entry.refresh_from_db()
    assert working_content(entry) == before


def test_publishing_shows_it_at_once(entry: Entry) -> None:
    client = signed_in("publisher")
    assert "Een buis." in seen(Client())
    client.post(change(entry), posted(entry, nl_answer="**Nu te lezen.**", _publish="1"))
    assert "Nu te lezen." in seen(Client())
    entry.refresh_from_db()
    assert entry.draft is None


def test_an_editor_cannot_publish(entry: Entry) -> None:
    client = signed_in("editor")
    assert 'name="_publish"' not in client.get(change(entry)).content.decode()
    answer = client.post(change(entry), posted(entry, nl_answer="**Stiekem.**", _publish="1"))
    assert answer.status_code == 403
    assert "Stiekem." not in seen(Client())


def test_a_reader_reads_drafts_and_writes_nothing(entry: Entry) -> None:
    save_draft(entry, content().with_text("nl", text(answer="**Een concept.**")))
    client = signed_in("reader")
    page = client.get(change(entry)).content.decode()
    assert "Een concept." in page
    assert "<textarea" not in page
    assert client.post(change(entry), posted(entry, _continue="1")).status_code == 403


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("reader", (200, 403, 403, 403)),
        ("editor", (200, 200, 403, 403)),
        ("publisher", (200, 200, 200, 200)),
        (None, (200, 200, 200, 200)),
    ],
)
def test_each_role_may_do_its_part(entry: Entry, role: str | None, expected: tuple[int, ...]) -> None:
    client = signed_in(role)
    addresses = (
        reverse("admin:faq_entry_changelist"),
        reverse("admin:faq_entry_add"),
        reverse("admin:faq_entry_delete", args=[entry.pk]),
        reverse("admin:faq_entry_recoverlist"),
    )
    assert tuple(client.get(address).status_code for address in addresses) == expected


@pytest.mark.parametrize("name", ["changelist", "add", "recoverlist"])
def test_somebody_not_signed_in_is_sent_to_the_login(name: str) -> None:
    answer = Client().get(reverse(f"admin:faq_entry_{name}"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_withdrawing_is_for_publishers_by_post_only(entry: Entry) -> None:
    address = reverse("admin:faq_entry_withdraw", args=[entry.pk])
    assert signed_in_as("editor", "een").post(address).status_code == 403
    publisher = signed_in_as("publisher", "twee")
    assert publisher.get(address).status_code == 403
    assert publisher.post(address).status_code == 302
    assert Client().get(PUBLIC).status_code == 404


def signed_in_as(role: str, name: str) -> Client:
    """A browser of a second account."""
    client = Client()
    client.force_login(account(role, name))
    return client


def test_a_new_entry_begins_as_a_draft() -> None:
    made = edition()
    client = signed_in("editor")
    fields = {
        "edition": made.pk,
        "section": made.sections.get().pk,
        "slug": "what-is-a-tunnel",
        "order": 1,
        "nl_question": "Wat is een tunnel?",
        "nl_answer": "**Een buis.**",
        "_continue": "1",
    }
    assert client.post(reverse("admin:faq_entry_add"), fields).status_code == 302
    entry = Entry.objects.get(slug="what-is-a-tunnel")
    assert (entry.published_at, working_content(entry).texts["nl"].answer) == (None, "**Een buis.**")
    assert Client().get(PUBLIC).status_code == 404


def test_every_error_stands_at_its_field_and_what_was_typed_stays(entry: Entry) -> None:
    client = signed_in("publisher")
    wrong = posted(
        entry,
        slug="Not A Slug",
        sources="guide.md 2016",
        former_slugs="NO",
        nl_answer="Hooguit {limit:p2s.max_client}.",
        en_question="",
        _publish="1",
    )
    answer = client.post(change(entry), wrong)
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"slug", "sources", "former_slugs", "nl_answer", "en_question"}
    assert "p2s.max_client" in str(errors["nl_answer"])
    page = answer.content.decode()
    assert "Not A Slug" in page
    assert "guide.md 2016" in page


def test_two_editors_do_not_overwrite_each_other_unknowingly(entry: Entry) -> None:
    client = signed_in("editor")
    begun = client.get(change(entry)).context["adminform"].form["basis"].value()
    save_draft(entry, content().with_text("nl", text(answer="**Van de ander.**")))
    mine = posted(entry, nl_answer="**Van mij.**", basis=begun, _continue="1")
    refused = client.post(change(entry), mine)
    form = refused.context["adminform"].form
    assert "Somebody else changed this entry" in str(form.non_field_errors())
    assert "**Van mij.**" in refused.content.decode()
    entry.refresh_from_db()
    assert working_content(entry).texts["nl"].answer == "**Van de ander.**"
    client.post(change(entry), mine | {"basis": form["basis"].value()})
    entry.refresh_from_db()
    assert working_content(entry).texts["nl"].answer == "**Van mij.**"


def test_the_preview_shows_what_is_in_the_form_and_saves_nothing(entry: Entry) -> None:
    client = signed_in("editor")
    fields = posted(entry, en_answer="**At most {limit:p2s.max_clients}** of {limit:p2s.none}. <script>x</script>")
    answer = client.post(reverse("admin:faq_entry_preview", args=["en"]), fields)
    page = answer.content.decode()
    assert "<strong>At most 128</strong>" in page
    assert "[limit p2s.none is missing]" in page
    assert "<script>x" not in page
    assert "no-store" in answer["Cache-Control"]
    entry.refresh_from_db()
    assert entry.draft is None


def test_the_preview_of_nothing_says_so(entry: Entry) -> None:
    answer = signed_in("editor").post(reverse("admin:faq_entry_preview", args=["nl"]), {})
    assert answer.status_code == 200
    assert "Niets te tonen" in answer.content.decode()


@pytest.mark.parametrize("role", ["reader", None])
def test_the_preview_is_for_those_who_write(entry: Entry, role: str | None) -> None:
    client = signed_in(role) if role else Client()
    assert client.post(reverse("admin:faq_entry_preview", args=["nl"]), posted(entry)).status_code in (302, 403)


class TestWarnings:
    """What an editor is warned about."""

    def test_a_sound_entry_has_none(self, entry: Entry) -> None:
        assert list(warnings(entry)) == []

    @pytest.mark.parametrize(
        ("changes", "warning"),
        [
            ({"texts": {"nl": text()}}, "Er is geen tekst in het Engels."),
            ({"related": ("nowhere",)}, "Verwante vragen: er is geen vraag met de slug nowhere."),
            ({"limits": ("p2s.none",)}, "De limiet p2s.none staat niet in de catalogus van editie 2020-01."),
            (
                {"texts": {"nl": text(answer="[x](nowhere)"), "en": text()}},
                "Nederlands: de link naar nowhere leidt naar geen vraag.",
            ),
            (
                {"texts": {"nl": text(answer="[x](page.md)"), "en": text()}},
                "Nederlands: de link naar page.md werkt niet op deze site.",
            ),
            (
                {"texts": {"nl": text(answer="{limit:a.b}"), "en": text()}},
                "Nederlands: het antwoord noemt de limiet a.b, die niet in de catalogus van editie 2020-01 staat.",
            ),
        ],
    )
    def test_each_fault_has_one(self, entry: Entry, changes: dict[str, Any], warning: str) -> None:
        save_draft(entry, content(**changes))
        assert warning in list(warnings(entry))

    def test_a_translation_left_behind_in_a_draft_is_older(self, entry: Entry) -> None:
        save_draft(entry, content().with_text("nl", text(answer="**Nieuwer.**")))
        assert list(warnings(entry)) == ["De tekst in het Engels is ouder dan de andere."]

    def test_a_translation_left_behind_before_is_older(self, entry: Entry) -> None:
        publish(entry, content().with_text("en", text(answer="**Newer.**")))
        assert list(warnings(entry)) == ["De tekst in het Nederlands is ouder dan de andere."]

    def test_they_stand_on_the_page(self, entry: Entry) -> None:
        save_draft(entry, content(related=("nowhere",)))
        assert "there is no entry with the slug nowhere." in signed_in("editor").get(change(entry)).content.decode()


class TestVersions:
    """Every earlier version is kept and can be brought back."""

    def versions(self, entry: Entry) -> list[Version]:
        """The versions of an entry, latest first."""
        return list(Version.objects.get_for_object(entry))

    def test_each_draft_and_each_publication_is_a_version(self, entry: Entry) -> None:
        client = signed_in("publisher")
        before = len(self.versions(entry))
        client.post(change(entry), posted(entry, nl_answer="**Twee.**", _continue="1"))
        client.post(change(entry), posted(entry, nl_answer="**Drie.**", _publish="1"))
        assert len(self.versions(entry)) == before + 2
        assert client.get(reverse("admin:faq_entry_history", args=[entry.pk])).status_code == 200

    def test_opening_an_earlier_version_changes_nothing_until_it_is_saved(self, entry: Entry) -> None:
        publish(entry, content().with_text("nl", text(answer="**De tweede.**")))
        first = self.versions(entry)[-1]
        client = signed_in("publisher")
        address = reverse("admin:faq_entry_revision", args=[entry.pk, first.pk])
        page = client.get(address).content.decode()
        assert "**Een buis.** Meer niet." in page
        assert "This is the version of" in page
        assert "De tweede." in seen(Client())
        client.post(address, posted(entry, nl_answer="**Een buis.** Meer niet.", _publish="1"))
        assert "Een buis." in seen(Client())

    def test_an_editor_brings_a_version_back_as_a_draft_only(self, entry: Entry) -> None:
        publish(entry, content().with_text("nl", text(answer="**De tweede.**")))
        first = self.versions(entry)[-1]
        address = reverse("admin:faq_entry_revision", args=[entry.pk, first.pk])
        signed_in("editor").post(address, posted(entry, nl_answer="**Een buis.** Meer niet.", _continue="1"))
        assert "De tweede." in seen(Client())
        entry.refresh_from_db()
        assert (entry.draft or {})["texts"]["nl"]["answer"] == "**Een buis.** Meer niet."

    def test_a_version_of_another_entry_is_not_found(self, entry: Entry) -> None:
        other = publish(Entry(edition=entry.edition), content(slug="what-is-a-gateway", order=2))
        address = reverse("admin:faq_entry_revision", args=[entry.pk, self.versions(other)[0].pk])
        assert signed_in("publisher").get(address).status_code == 404

    def test_a_deleted_entry_can_be_recovered(self, entry: Entry) -> None:
        client = signed_in("publisher")
        client.post(reverse("admin:faq_entry_delete", args=[entry.pk]), {"post": "yes"})
        assert Client().get(PUBLIC).status_code == 404
        version = Version.objects.get_deleted(Entry).first()
        assert version is not None
        page = client.get(reverse("admin:faq_entry_recover", args=[version.pk])).content.decode()
        assert "**Een buis.** Meer niet." in page


class TestSmallChange:
    """What a publisher says of a change when it is published."""

    def test_it_leaves_no_translation_behind(self, entry: Entry) -> None:
        client = signed_in("publisher")
        typed = posted(entry, nl_answer="**Een buis.** Niet meer.", _publish="1")
        client.post(change(entry), typed | {"small_change": "on"})
        assert "is older than" not in client.get(change(entry)).content.decode()
        client.post(change(entry), typed | {"nl_answer": "**Een pijp.**"})
        assert "The text in English is older" in client.get(change(entry)).content.decode()

    def test_a_publisher_says_that_the_texts_say_the_same(self, entry: Entry) -> None:
        client = signed_in("publisher")
        assert 'name="in_step"' not in client.get(change(entry)).content.decode()
        typed = posted(entry, nl_answer="**Een pijp.**", _publish="1")
        client.post(change(entry), typed)
        assert 'name="in_step"' in client.get(change(entry)).content.decode()
        client.post(change(entry), typed | {"in_step": "on"})
        assert "is older than" not in client.get(change(entry)).content.decode()

    def test_the_history_says_so(self, entry: Entry) -> None:
        client = signed_in("publisher")
        client.post(change(entry), posted(entry, nl_answer="**Buis.**", small_change="on", _publish="1"))
        page = client.get(reverse("admin:faq_entry_history", args=[entry.pk])).content.decode()
        assert "Published as a small change" in page

    def test_a_draft_is_none(self, entry: Entry) -> None:
        client = signed_in("editor")
        client.post(change(entry), posted(entry, nl_answer="**Pijp.**", small_change="on", _continue="1"))
        assert "The text in English is older" in client.get(change(entry)).content.decode()


class TestLayout:
    """How answers with the long lines of files are edited and kept."""

    WRAPPED = "**Een buis.** Over\ntwee regels.\n\nEn nog\neen alinea."

    @pytest.fixture
    def wrapped(self, entry: Entry) -> Entry:
        """An entry whose answer has the lines of its file."""
        publish(entry, content().with_text("nl", text(answer=self.WRAPPED)))
        return entry

    def test_the_form_has_a_paragraph_on_a_line(self, wrapped: Entry) -> None:
        page = signed_in("editor").get(change(wrapped)).content.decode()
        assert "**Een buis.** Over twee regels.\n\nEn nog een alinea." in page

    def test_what_nobody_changed_keeps_its_lines_and_its_order(self, wrapped: Entry) -> None:
        before = working_content(wrapped)
        typed = posted(
            wrapped,
            nl_answer="**Een buis.** Over twee regels.\r\n\r\nEn nog een alinea.",
            connection_types=list(reversed(before.connection_types)),
            _publish="1",
        )
        signed_in("publisher").post(change(wrapped), typed)
        wrapped.refresh_from_db()
        assert working_content(wrapped) == before

    def test_a_change_leaves_the_lines_of_other_paragraphs(self, wrapped: Entry) -> None:
        typed = posted(wrapped, nl_answer="**Een buis.** Over twee regels.\n\nEn een slot.", _publish="1")
        signed_in("publisher").post(change(wrapped), typed)
        wrapped.refresh_from_db()
        assert working_content(wrapped).texts["nl"].answer == "**Een buis.** Over\ntwee regels.\n\nEn een slot."


def test_an_owner_and_a_review_date_are_kept_beside_the_words(entry: Entry) -> None:
    client, owner = signed_in("editor"), account("editor", "karin")
    client.post(change(entry), posted(entry, owner=owner.pk, review_on="2030-01-02", _continue="1"))
    entry.refresh_from_db()
    assert (entry.owner, str(entry.review_on)) == (owner, "2030-01-02")
    owner.delete()
    entry.refresh_from_db()
    assert entry.owner is None
