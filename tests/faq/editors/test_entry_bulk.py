"""What is done with several entries at once: shown first, then done to all of them or to none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from faq.models import Edition, Entry
from faq.store.publishing import save_draft, working_content
from tests.faq.builders import account, content, edition, published, text
from tests.faq.editors.test_entry_admin import signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/faq/entry/"


@pytest.fixture
def made() -> Edition:
    """A trial edition: an entry as readers see it, one with a draft, and one that was never published."""
    made = edition()
    published(made, slug="shown")
    save_draft(published(made, slug="drafted", order=2), content(slug="drafted", order=2, limits=()))
    save_draft(Entry(edition=made), content(slug="new", order=3))
    return made


def posted(made: Edition, action: str, **more: Any) -> dict[str, Any]:
    """What the list, or the page that asks, sends for all entries of an edition."""
    return {"action": action, "_selected_action": list(made.entries.values_list("pk", flat=True)), **more}


def done(client: Client, made: Edition, action: str, **more: Any) -> str:
    """The page after it was confirmed."""
    answer = client.post(LIST, posted(made, action, confirmed="1", **more), follow=True)
    return str(answer.content.decode())


def test_publishing_says_first_what_will_happen(made: Edition) -> None:
    client = signed_in("publisher")
    page = client.post(LIST, posted(made, "publish_drafts")).content.decode()
    assert page.count("is published") == 2
    assert page.count("nothing changes") == 1
    assert Entry.objects.published().filter(edition=made).count() == 2
    assert "2 entries changed." in done(client, made, "publish_drafts")
    assert [bool(entry.draft) for entry in Entry.objects.published().filter(edition=made)] == [False] * 3


def test_an_entry_that_cannot_be_published_holds_up_all_of_them(made: Edition) -> None:
    wrong = content(slug="new", order=3).with_text("nl", text(answer="{limit:p2s.none}"))
    save_draft(made.entries.get(slug="new"), wrong)
    assert "Nothing was changed: " in done(signed_in("publisher"), made, "publish_drafts")
    assert Entry.objects.published().filter(edition=made, draft__isnull=True).count() == 1


def test_an_owner_and_a_review_date_are_set_and_taken_away(made: Edition) -> None:
    client, owner = signed_in("editor"), account("editor", "karin")
    done(client, made, "set_owner", owner=owner.pk)
    done(client, made, "set_review", day="2030-01-02")
    assert set(made.entries.values_list("owner", "review_on")) == {(owner.pk, date(2030, 1, 2))}
    assert client.get(f"{LIST}?owner__id__exact={owner.pk}&review=later").context["cl"].result_count == 3
    done(client, made, "set_owner", owner="")
    done(client, made, "set_review", day="")
    assert made.entries.filter(owner__isnull=True, review_on__isnull=True).count() == 3
    assert client.get(f"{LIST}?edition__id__exact={made.pk}&review=none").context["cl"].result_count == 3


def test_the_facts_are_marked_as_checked_in_what_each_account_may_write(made: Edition) -> None:
    done(signed_in("publisher"), made, "mark_checked", day="2026-12-01")
    found = {entry.slug: entry for entry in made.entries.all()}
    assert {working_content(entry).checked for entry in found.values()} == {date(2026, 12, 1)}
    assert (found["shown"].checked, bool(found["shown"].draft)) == (date(2026, 12, 1), False)
    assert found["drafted"].checked != date(2026, 12, 1)


def test_an_editor_marks_drafts_only(made: Edition) -> None:
    done(signed_in("editor"), made, "mark_checked", day="2026-12-01")
    assert all(entry.draft for entry in made.entries.all())


def test_a_day_that_is_none_is_asked_for_again(made: Edition) -> None:
    page = done(signed_in("editor"), made, "mark_checked", day="gisteren")
    assert "errorlist" in page
    assert not any(entry.draft for entry in made.entries.filter(slug="shown"))


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("reader", set()),
        ("editor", {"set_owner", "set_review", "mark_checked"}),
        ("publisher", {"publish_drafts", "set_owner", "set_review", "mark_checked"}),
    ],
)
def test_each_role_is_offered_what_it_may_do(made: Edition, role: str, offered: set[str]) -> None:
    page = signed_in(role).get(LIST)
    form = page.context["action_form"]
    assert {code for code, _ in form.fields["action"].choices if code} == offered if form else not offered


def test_an_editor_publishes_nothing_at_once(made: Edition) -> None:
    done(signed_in("editor"), made, "publish_drafts")
    assert Entry.objects.published().filter(edition=made, draft__isnull=True).count() == 1
