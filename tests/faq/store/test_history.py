"""The versions of an entry: what was done, and what that changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import reversion

from faq.models import Entry
from faq.store.history import DRAFTED, LOADED, PUBLISHED, SMALL, WITHDRAWN, history_of, version_before
from faq.store.publishing import publish, save_draft, withdraw, working_content
from tests.faq.builders import account, content, edition, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


def by_somebody(name: str = "somebody") -> None:
    """Say who makes the next version."""
    reversion.set_user(account("publisher", name))


def test_each_version_names_just_what_changed(entry: Entry) -> None:
    changed = content().with_text("nl", text(answer="**Een pijp.** Meer niet."))
    save_draft(entry, changed)
    with reversion.create_revision():
        by_somebody()
        publish(entry, changed)
    with reversion.create_revision():
        by_somebody("another")
        publish(entry, replace(changed, checked=None), is_small=True)
    withdraw(entry)
    assert [(kept.user, kept.action, kept.parts) for kept in history_of(entry)] == [
        ("", WITHDRAWN, ()),
        ("another", SMALL, ("checked",)),
        ("somebody", PUBLISHED, ()),
        ("", DRAFTED, ("nl_answer",)),
        ("", LOADED, ()),
    ]


def test_a_version_that_came_back_says_which_it_was(entry: Entry) -> None:
    publish(entry, content(limits=()))
    publish(entry, content())
    newest, other, first = history_of(entry)
    assert (newest.restored, other.restored, first.restored) == (first.when, None, None)


def test_each_version_has_what_the_entry_had_then(entry: Entry) -> None:
    save_draft(entry, content().with_text("nl", text(answer="**Een concept.**")))
    draft, first = history_of(entry)
    assert first.content == content()
    assert draft.content == working_content(entry)
    assert version_before([draft, first], draft.pk) == first
    assert version_before([draft, first], first.pk) is None
