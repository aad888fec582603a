"""The webhook in the admin: only superusers set, test, and read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from faq.models import Delivery, Webhook
from tests.faq.builders import account
from tests.receivers import receiving

pytestmark = pytest.mark.django_db

ADD = "/admin/faq/webhook/add/"
CHANGE = "/admin/faq/webhook/1/change/"
TEST = "/admin/faq/webhook/test/"
LIST = "/admin/faq/delivery/"
PAGES = [ADD, "/admin/faq/webhook/", CHANGE, "/admin/faq/webhook/1/delete/", TEST, LIST]
URL = "https://hooks.example.org/gatewijzer"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def superuser() -> Client:
    """A browser of a superuser."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account(None))
    return client


@pytest.mark.parametrize("page", PAGES)
def test_no_role_opens_them_whatever_it_was_given(client: Client, page: str) -> None:
    Webhook.objects.create(url=URL, secret="whsec_AAAA")
    user = account("publisher")
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    assert [client.get(page).status_code in (403, 405), client.post(page, {}).status_code] == [True, 403]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_sign_in(client: Client, page: str) -> None:
    assert client.post(page, {}).headers["Location"].startswith("/admin/login/")


def test_the_secret_is_made_shown_once_and_renewed() -> None:
    client = superuser()
    page = client.post(ADD, {"url": URL, "is_active": "on"}, follow=True).content.decode()
    first = Webhook.objects.get().secret
    assert first in page
    assert first not in client.get(CHANGE).content.decode()
    client.post(CHANGE, {"url": URL, "is_active": "on"}, follow=True)
    assert Webhook.objects.get().secret == first
    page = client.post(CHANGE, {"url": URL, "is_active": "on", "renews": "on"}, follow=True).content.decode()
    assert Webhook.objects.get().secret != first
    assert Webhook.objects.get().secret in page


def test_there_is_one_at_most() -> None:
    Webhook.objects.create(url=URL, secret="whsec_AAAA")
    assert superuser().get(ADD).status_code == 403


@pytest.mark.parametrize("url", ["http://hooks.example.org/", "https://a:b@hooks.example.org/", "x", "https://x/#y"])
def test_another_url_is_refused_at_its_field(url: str) -> None:
    page = superuser().post(ADD, {"url": url, "is_active": "on"})
    assert "url" in page.context["adminform"].form.errors
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("status", "told"), [(204, "was delivered. Status: 204."), (500, "The answer was an error. (HTTP 500)")]
)
def test_a_test_tells_how_it_went_and_is_not_repeated(settings: Any, status: int, told: str) -> None:
    settings.WEBHOOK_PRIVATE = True
    with receiving() as receiver:
        receiver.status = status
        Webhook.objects.create(url=receiver.origin, secret="whsec_AAAA")
        client = superuser()
        assert 'action="/admin/faq/webhook/test/"' in client.get(CHANGE).content.decode()
        assert told in client.post(TEST, follow=True).content.decode()
    assert len(receiver.received) == 1
    assert Delivery.objects.get().next_at is None


def test_a_test_without_a_webhook_says_so() -> None:
    assert "no active webhook" in superuser().post(TEST, follow=True).content.decode()


def test_the_deliveries_are_listed_in_words_and_only_read() -> None:
    client = superuser()
    for message, changes in (
        ("msg_a", {"delivered_at": NOW, "status": 200}),
        ("msg_b", {"next_at": NOW + timedelta(hours=1), "fault": "timeout", "attempts": 2}),
        ("msg_c", {"fault": "status", "status": 404, "attempts": 6}),
    ):
        Delivery.objects.create(message=message, kind="published", body="{}", created_at=NOW, **changes)
    page = client.get(LIST).content.decode()
    for word in (
        "delivered",
        "waiting",
        "given up",
        "The answer took too long.",
        "The answer was an error. (HTTP 404)",
    ):
        assert word in page
    row = Delivery.objects.get(message="msg_c")
    assert "(HTTP 404)" in client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert client.post(f"{LIST}{row.pk}/change/", {"kind": "test"}).status_code == 403
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
