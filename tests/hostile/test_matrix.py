"""Every address of the site, by every method, for every role: what is answered, and that reading changes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from faq.roles import ROLES
from tests.every import EVERY, some
from tests.faq.builders import account
from tests.hostile.addresses import World, every_pattern, model_of, path_of, world
from tests.hostile.report import tell

pytestmark = pytest.mark.django_db

READING = ("GET", "HEAD", "OPTIONS")
METHODS = (*READING, "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
STAFF = ("", *ROLES, None)
"""Accounts that may sign in to the admin: one without any right, each role, and a superuser."""

FORMS = re.compile(
    r"(?:nl|embed/nl|embed/en)/(?:advice/(?:steps/%\(name\)s/|case/|result/|open/)?|search/(?:ask|text)/"
    r"|faq/%\(slug\)s/feedback/)"
    r"|api/v1/search"
)
"""Pages that are also posted to."""

POST_ONLY = re.compile(
    r"mcp/?|api/v1/(?:advice|need|deployables/%\(format\)s)|nl/search/(?:asked|text/reply)/|admin/logout/"
)

OPEN_IN_ADMIN = (
    "admin/login/",
    "admin/login/code/",
    "admin/login/provider/",
    "admin/login/provider/callback/",
    "admin/second-factor/set-up/",
    "admin/logout/",
)
"""What nobody has to be signed in for."""

FOR_ANY_STAFF = re.compile(
    r"admin/(?:(?:password_change|password_change/done|jsi18n|autocomplete|second-factor)/)?|admin/r/.*"
)

NOTHING_THERE = ("look/%(version)s/%(name)s", "metrics", ".well-known/security.txt", "embed/%(language)s", "api/v1/")
"""What is only there where a setting says so, or only begins other addresses."""

TRIES_TO_WRITE = "readyz"
"""What tells whether anything can be stored, by trying and taking it back. It tells so with 503 as well."""

WITHOUT_METHODS = ("api/v1/",)
"""What is nothing by itself, and so is not found by any method."""

ASKS_FOR_MORE = ("api/v1/search", "api/v1/suggest", "oembed")
"""What is refused without a parameter."""

ANSWERED = {200, 301, 302, 303}

LEADS_ON = ("admin/faq/limit/of/%(code)s/%(key)s/",)
"""What only leads to another page, which is then refused."""

OWN_PAGES: dict[str, str] = {
    "entry/queue/": "view",
    "entry/choices/%(kind)s/": "write",
    "entry/preview/%(language)s/": "write",
    "entry/%(pk)s/withdraw/": "publish",
    "entry/recover/": "publish",
    "entry/recover/%(_0)s/": "publish",
    "entry/%(_0)s/history/%(_1)s/": "view",
    "entry/%(pk)s/history/compare/": "view",
    "entry/%(pk)s/history/%(version)s/restore/": "change",
    "limit/of/%(code)s/%(key)s/": "view",
    "limit/%(pk)s/restore/%(place)s/": "change",
    "limit/%(pk)s/files/": "change",
    "askedquestion/%(pk)s/add-phrasing/": "settle",
    "askedquestion/%(pk)s/dismiss/": "settle",
    "askedquestion/weeks/": "view",
    "webhook/test/": "change",
    "user/%(pk)s/second-factor/": "everything",
}
"""Pages of the admin that Django does not have, with what one has to be allowed. A page without a row fails."""

DJANGOS: tuple[tuple[str, str], ...] = (
    (r"", "view"),
    (r"add/", "add"),
    (r"%\(object_id\)s/(?:change/|history/)?", "view"),
    (r"%\(object_id\)s/delete/", "delete"),
    (r"%\(id\)s/password/", "change"),
)
"""The pages that Django makes for each model."""


def needed(pattern: str) -> str:
    """What one has to be allowed for a page of a model in the admin."""
    model = model_of(pattern)
    assert model is not None, f"{pattern} has no row: it is of no model"
    name = str(model._meta.model_name)
    rest = pattern.removeprefix(f"admin/{model._meta.app_label}/{name}/")
    own = OWN_PAGES.get(f"{name}/{rest}")
    found = own or next((right for form, right in DJANGOS if re.fullmatch(form, rest)), None)
    assert found, f"{pattern} has no row in OWN_PAGES"
    return found


def may(user: User, pattern: str) -> bool:
    """Whether an account may open a page of a model, as its admin class and `faq/roles.py` say."""
    model = model_of(pattern)
    assert model is not None
    pages: Any = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = user
    match needed(pattern):
        case "view":
            return bool(pages.has_view_or_change_permission(request))
        case "write":
            return bool(pages.has_add_permission(request) or pages.has_change_permission(request))
        case "publish":
            return user.has_perm("faq.publish_entry")
        case "everything":
            return user.is_superuser
        case "settle":
            return user.has_perms(("faq.view_askedquestion", "faq.change_entry"))
        case right:
            return bool(getattr(pages, f"has_{right}_permission")(request))


def allowed(pattern: str) -> Collection[str]:
    """The methods of a page."""
    if POST_ONLY.fullmatch(pattern):
        return ("POST",)
    return ("GET", "HEAD", "POST") if FORMS.fullmatch(pattern) else ("GET", "HEAD")


def rows_written() -> int:
    """How many rows of the database were inserted, changed, or deleted so far."""
    return int(connection.connection.total_changes)


def ask(client: Client, method: str, pattern: str, there: World) -> Any:
    """The answer to a method at the address of a pattern."""
    return client.generic(method, path_of(pattern, there.arguments(pattern)))


def of_the_public() -> list[str]:
    """The patterns outside the admin."""
    return [pattern for pattern in every_pattern() if not pattern.startswith("admin/")]


def of_the_admin() -> list[str]:
    """The patterns for which one has to sign in."""
    return [one for one in every_pattern() if one.startswith("admin/") and one not in OPEN_IN_ADMIN]


def test_every_page_of_a_model_has_a_row() -> None:
    for pattern in of_the_admin():
        if model_of(pattern):
            assert needed(pattern)
        else:
            assert FOR_ANY_STAFF.fullmatch(pattern) or pattern in ("admin/%(app_label)s/", "admin/%(url)s"), pattern


def test_everybody_reads_what_is_public_and_nothing_else_is_done_there(client: Client) -> None:
    there, tried = world(), 0
    before = rows_written()
    for pattern in of_the_public():
        for method in (one for one in METHODS if one != "POST"):
            answer = ask(client, method, pattern, there)
            tried += 1
            assert answer.status_code < 500 or pattern == TRIES_TO_WRITE, (pattern, method)
            if pattern in WITHOUT_METHODS:
                assert answer.status_code == 404, (pattern, method)
            elif method not in allowed(pattern):
                assert answer.status_code == 405, (pattern, method, answer.status_code)
                assert set(answer.headers["Allow"].replace(" ", "").split(",")) == set(allowed(pattern)), (
                    pattern,
                    method,
                )
            elif pattern in NOTHING_THERE:
                assert answer.status_code == 404, (pattern, method)
            elif pattern in ASKS_FOR_MORE:
                assert answer.status_code == 400, (pattern, method)
            elif pattern != TRIES_TO_WRITE:
                assert answer.status_code in ANSWERED, (pattern, method, answer.status_code)
            assert not answer.cookies, (pattern, method)
            assert rows_written() == before or pattern == TRIES_TO_WRITE, (pattern, method)
            before = rows_written()
    tell("addresses by method and role", tried)


def test_what_is_posted_without_a_word_is_no_fault(client: Client) -> None:
    there = world()
    for pattern in of_the_public():
        answer = ask(client, "POST", pattern, there)
        assert answer.status_code < 500, pattern
        is_refused = "POST" not in allowed(pattern) and pattern not in WITHOUT_METHODS
        assert (answer.status_code == 405) == is_refused, (pattern, answer.status_code)
    tell("addresses by method and role", len(of_the_public()))


def test_a_form_of_the_public_needs_its_token_where_it_stores_something() -> None:
    there = world()
    strict = Client(enforce_csrf_checks=True)
    before = rows_written()
    for pattern in of_the_public():
        if FORMS.fullmatch(pattern) or POST_ONLY.fullmatch(pattern):
            answer = strict.post(path_of(pattern, there.arguments(pattern)), headers={"Origin": "https://evil.example"})
            assert answer.status_code < 500, pattern
    assert rows_written() == before


def test_a_visitor_gets_nothing_of_the_admin(client: Client) -> None:
    there, tried = world(), 0
    before = rows_written()
    for pattern in of_the_admin():
        for method in METHODS:
            answer = ask(client, method, pattern, there)
            tried += 1
            assert answer.status_code == 302, (pattern, method, answer.status_code)
            assert answer.headers["Location"].startswith(f"{reverse('admin:login')}?next=/admin/"), (pattern, method)
            assert not answer.content, (pattern, method)
    assert rows_written() == before
    assert AnonymousUser().is_staff is False
    tell("addresses by method and role", tried)


@pytest.mark.parametrize("role", STAFF)
def test_an_account_gets_just_what_its_role_allows(client: Client, role: str | None) -> None:
    there, tried = world(), 0
    user = account(role, f"of-{role}")
    client.force_login(user)
    for pattern in some(of_the_admin(), 14, STAFF.index(role)):
        for method in METHODS if EVERY else ("GET", "HEAD", "POST"):
            answer = ask(client, method, pattern, there)
            tried += 1
            assert answer.status_code < 500, (pattern, method)
            if model_of(pattern) is None or re.fullmatch(r".*/%\(object_id\)s/", pattern):
                continue  # the short address of an object leads to the long one
            told = (pattern, method, answer.status_code)
            if not may(user, pattern):
                assert answer.status_code in (403, 404, 405) or pattern in LEADS_ON, told
            elif needed(pattern) not in ("change", "publish", "delete", "add", "settle"):
                assert answer.status_code != 403 or method not in ("GET", "HEAD"), told
    tell("addresses by method and role", tried)


@pytest.mark.parametrize("role", STAFF)
def test_what_an_account_reads_changes_nothing(client: Client, role: str | None) -> None:
    there = world()
    client.force_login(account(role, f"reads-{role}"))
    before = rows_written()
    asked = some(of_the_admin(), 20, STAFF.index(role))
    for pattern in asked:
        for method in READING:
            assert ask(client, method, pattern, there).status_code < 500, (pattern, method)
    assert rows_written() == before
    tell("addresses by method and role", len(asked) * len(READING))
