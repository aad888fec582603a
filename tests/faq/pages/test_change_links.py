"""The way from an answer to its form: for those who may change it, and in no page that anybody keeps."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.faq.builders import EXPRESSROUTE, account, example

pytestmark = pytest.mark.django_db

PAGE = f"/nl/faq/{EXPRESSROUTE}/"
WORDS = "Dit antwoord bewerken"


def page(client: Client, path: str = PAGE) -> str:
    """A page as somebody sees it."""
    return str(client.get(path).content.decode())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ["editor", "publisher", None])
def test_an_editor_is_led_to_the_answer_in_the_language_that_is_read(
    client: Client, role: str | None, language: str
) -> None:
    client.force_login(account(role))
    address = f"/admin/faq/entry/{example().pk}/change/#id_{language}_answer"
    assert f'href="{address}"' in page(client, f"/{language}/faq/{EXPRESSROUTE}/")


@pytest.mark.parametrize("role", ["reader", "desk"])
def test_nobody_else_who_signs_in_is(client: Client, role: str) -> None:
    client.force_login(account(role))
    assert WORDS not in page(client)


def test_an_account_without_the_admin_is_not(client: Client) -> None:
    user = account("editor")
    user.is_staff = False
    user.save()
    client.force_login(user)
    assert WORDS not in page(client)


def test_one_who_may_change_entries_and_reads_no_notes_is(client: Client) -> None:
    user = account("reader")
    user.user_permissions.add(Permission.objects.get(codename="change_entry"))
    client.force_login(user)
    assert WORDS in page(client)
    assert "Alleen voor de servicedesk" not in page(client)


def test_the_page_of_an_editor_is_kept_nowhere(client: Client) -> None:
    client.force_login(account("editor"))
    answer = client.get(PAGE)
    assert answer.headers["Cache-Control"] == "private, no-store"
    visitor = Client()
    assert WORDS not in page(visitor)
    assert visitor.get(PAGE).headers["Cache-Control"] == "public, max-age=0, s-maxage=10, stale-while-revalidate=10"
    assert WORDS in page(client)
    assert not visitor.cookies
