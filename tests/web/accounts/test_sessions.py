"""A session that has not shown what its account asks for is nobody's, on every address of the site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.addresses import SLUG, every_address, takes_forms
from tests.every import some
from tests.faq.builders import account
from tests.web.accounts.builders import Clock, code, give_factor, is_signed_in, password
from web.accounts.sessions import OnlyVerifiedSessions

pytestmark = pytest.mark.django_db


def told(answer: Any) -> tuple[int, str, str]:
    """What an answer tells, without what differs each time."""
    page = b"".join(answer.streaming_content) if answer.streaming else answer.content
    plain = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.decode("utf-8", "replace"))
    return answer.status_code, answer.headers.get("Location", ""), plain


def test_it_sees_what_a_stranger_sees_on_every_address(clock: Clock, settings: Any) -> None:
    added, without, stranger = Client(), Client(), Client()
    with_factor = account(None, "one")
    added.force_login(with_factor)
    without.force_login(account(None, "other"))
    assert is_signed_in(added)
    assert is_signed_in(without)
    give_factor(with_factor, clock)
    for address in some(every_address(), 3):
        for method in ("get", "post"):
            seen = told(getattr(stranger, method)(address))
            for held, setting in ((added, "optional"), (without, "required")):
                settings.SECOND_FACTOR = setting
                assert told(getattr(held, method)(address)) == seen, (method, address, setting)
            if not takes_forms(address, seen[0]):
                break


def test_one_that_has_shown_it_sees_more(client: Client, clock: Clock, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    give_factor(account(None), clock)
    password(client)
    code(client, clock.code())
    for address in (f"/nl/faq/{SLUG}/", "/nl/limits/", "/admin/", "/admin/faq/entry/", "/admin/second-factor/"):
        assert address in every_address()
        assert told(client.get(address)) != told(Client().get(address)), address


def test_a_view_that_waits_for_the_account_is_told_nobody_either(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    user = account("editor")

    async def signed_in() -> User:
        return user

    request = RequestFactory().get("/")
    request.user, request.session, request.auser = user, {}, signed_in  # type: ignore[assignment]
    OnlyVerifiedSessions(lambda request: HttpResponse())(request)
    assert isinstance(async_to_sync(request.auser)(), AnonymousUser)


def test_a_reader_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    page = "/nl/limits/"
    client.get(page)
    with django_assert_num_queries(1):  # the version of the content
        assert client.get(page).status_code == 200
