"""The pages of the versions of an entry: the list, the difference between two, and bringing one back."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from faq.models import Entry
from faq.store.publishing import publish, working_content
from tests.faq.builders import account, content, edition, published, text
from tests.faq.editors.test_entry_admin import PUBLIC, change, posted, seen, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


def versions(entry: Entry) -> list[int]:
    """The keys of the versions of an entry, the newest first."""
    return list(Version.objects.get_for_object(entry).values_list("pk", flat=True))


def page(client: Client, name: str, *args: int, query: str = "") -> str:
    """A page of the versions."""
    answer = client.get(reverse(f"admin:faq_entry_{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "told", "untold"),
    [
        ("en", "Answer in Dutch", ("Limits it states", "Sources", "Answer in English", "Asked as, in Dutch")),
        ("nl", "Antwoord in het Nederlands", ("Limieten die erin staan", "Bronnen", "Antwoord in het Engels")),
    ],
)
def test_the_history_names_what_changed_in_both_languages(
    entry: Entry, language: str, told: str, untold: tuple[str, ...]
) -> None:
    client = Client(headers={"Accept-Language": language})
    client.force_login(account("publisher"))
    lines = posted(entry, nl_answer="**Een pijp.**\r\n\r\nMeer niet.", related="", _publish="1")
    client.post(change(entry), lines)
    shown = page(client, "history", entry.pk)
    assert told in shown
    assert not any(name in shown for name in untold)
    message = LogEntry.objects.latest("pk")
    assert "Answer in Dutch" in message.change_message
    assert "Sources" not in message.change_message


def test_the_difference_is_told_word_by_word(entry: Entry) -> None:
    publish(entry, content().with_text("nl", text(answer="**Een pijp.** Meer niet.")))
    client = signed_in("reader")
    newest, first = versions(entry)
    for query in ("", f"?to={newest}", f"?from={first}&to={newest}", f"?from={newest}&to={first}"):
        shown = page(client, "compare", entry.pk, query=query)
        assert "**Een <del>buis</del><ins>pijp</ins>.** Meer niet." in shown
        assert shown.count("<dt>") == 1
    assert "There is no difference." in page(client, "compare", entry.pk, query=f"?from={first}&to={first}")
    assert "Restore" not in shown


@pytest.mark.parametrize("query", ["?from=1&to=x", "?from=99999999", "?to=-1"])
def test_a_version_that_is_not_there_is_not_found(entry: Entry, query: str) -> None:
    address = reverse("admin:faq_entry_compare", args=[entry.pk]) + query
    assert signed_in("reader").get(address).status_code == 404


def test_restoring_shows_what_will_change_and_asks_first(entry: Entry) -> None:
    publish(entry, content().with_text("nl", text(answer="**De tweede.**")))
    client, (_, first) = signed_in("publisher"), versions(entry)
    shown = page(client, "restore", entry.pk, first)
    assert "<ins>" in shown
    assert "De tweede." in seen(Client())
    address = reverse("admin:faq_entry_restore", args=[entry.pk, first])
    answer = client.post(address, {"basis": basis(client, address), "_publish": "1"}, follow=True)
    assert "Restored and published" in answer.content.decode()
    assert "Een buis." in seen(Client())
    entry.refresh_from_db()
    assert working_content(entry) == content()
    assert "as in the version of" in page(client, "history", entry.pk)


def basis(client: Client, address: str) -> str:
    """What the page of a version says that it starts from."""
    return str(client.get(address).context["form"]["basis"].value())


def test_an_editor_restores_a_draft_only(entry: Entry) -> None:
    publish(entry, content().with_text("nl", text(answer="**De tweede.**")))
    client, (_, first) = signed_in("editor"), versions(entry)
    address = reverse("admin:faq_entry_restore", args=[entry.pk, first])
    assert 'name="_publish"' not in client.get(address).content.decode()
    assert client.post(address, {"_publish": "1"}).status_code == 403
    assert client.post(address, {"_continue": "1"}).status_code == 302
    entry.refresh_from_db()
    assert working_content(entry).texts["nl"].answer == "**Een buis.** Meer niet."
    assert "De tweede." in seen(Client())


def test_a_reader_restores_nothing(entry: Entry) -> None:
    address = reverse("admin:faq_entry_restore", args=[entry.pk, versions(entry)[0]])
    client = signed_in("reader")
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_a_version_whose_slug_another_entry_has_is_not_restored(entry: Entry) -> None:
    publish(entry, content(slug="a-tunnel"))
    publish(Entry(edition=entry.edition), content(order=2))
    client, (_, first) = signed_in("publisher"), versions(entry)
    answer = client.post(reverse("admin:faq_entry_restore", args=[entry.pk, first]), {"_publish": "1"})
    assert answer.status_code == 200
    assert "This version does not hold any more." in answer.content.decode()
    entry.refresh_from_db()
    assert entry.slug == "a-tunnel"


def test_a_change_by_somebody_else_meanwhile_is_told(entry: Entry) -> None:
    publish(entry, content().with_text("nl", text(answer="**De tweede.**")))
    client, first = signed_in("publisher"), versions(entry)[-1]
    address = reverse("admin:faq_entry_restore", args=[entry.pk, first])
    begun = basis(client, address)
    publish(entry, content().with_text("nl", text(answer="**De derde.**")))
    answer = client.post(address, {"basis": begun, "_publish": "1"})
    assert "Somebody else changed this entry" in answer.content.decode()
    assert "De derde." in client.get(PUBLIC).content.decode()
