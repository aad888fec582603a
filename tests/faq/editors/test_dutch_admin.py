"""The admin in Dutch is wholly Dutch: no message of ours stands there in English."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.models import User
from django.test import Client

from faq.models import Section, TermGroup
from tests.faq.builders import edition, published

pytestmark = pytest.mark.django_db

CATALOGUE = Path(__file__).parents[3] / "locale/nl/LC_MESSAGES/django.po"
LISTS = ("entry", "section", "edition", "termgroup", "portal", "desknote", "askedquestion")
SHORTEST = 9
"""Letters of a message that is looked for; a shorter one may be a part of a Dutch word."""


@pytest.fixture
def admin() -> Client:
    """Somebody who may do everything."""
    client = Client(headers={"Accept-Language": "nl"})
    client.force_login(User.objects.create_superuser("beheer", password="x"))
    return client


def english_messages() -> list[str]:
    """The messages that have words of their own in Dutch."""
    with CATALOGUE.open("rb") as file:
        pairs = [(message.id, message.string) for message in read_po(file, locale="nl")]
    return [
        english
        for english, dutch in pairs
        if isinstance(english, str) and english != dutch and "%" not in english and len(english) >= SHORTEST
    ]


def words_of(page: str) -> str:
    """What a page shows, without its tags."""
    shown = re.sub(r"<(script|style|textarea)\b.*?</\1>|<[^>]+>", " ", page, flags=re.S)
    return " ".join(html.unescape(shown).split())


def messages_in(admin: Client, path: str, messages: list[str]) -> list[str]:
    """Those of the messages that a page shows in English."""
    answer = admin.get(path)
    assert answer.status_code == 200, path
    shown = words_of(answer.content.decode())
    return [message for message in messages if re.search(rf"(?<!\w){re.escape(message)}(?!\w)", shown)]


@pytest.mark.any_database
def test_no_page_has_an_english_message(admin: Client) -> None:
    TermGroup.objects.all().delete()  # their terms are words of both languages
    Section.objects.update(title_en="")  # a title may have the words of a message
    entry = published(edition(), related=("nowhere",), limits=("p2s.none",))
    paths = [f"/admin/faq/{name}/" for name in LISTS if admin.get(f"/admin/faq/{name}/").status_code == 200]
    paths += [f"/admin/faq/{name}/add/" for name in LISTS if admin.get(f"/admin/faq/{name}/add/").status_code == 200]
    paths += ["/admin/", "/admin/faq/entry/queue/", f"/admin/faq/entry/{entry.pk}/change/"]
    paths += [f"/admin/faq/entry/{entry.pk}/history/", f"/admin/faq/entry/{entry.pk}/delete/"]
    assert len(paths) > 12
    messages = english_messages()
    found = {(path, message) for path in paths for message in messages_in(admin, path, messages)}
    assert found == set()
