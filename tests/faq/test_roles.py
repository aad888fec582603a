"""Who may open and change what: every page of the admin for every role, and what anybody may send."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.faq.builders import account

pytestmark = pytest.mark.django_db

ROLES = ("desk", "reader", "editor", "publisher")
EVERYBODY_WHO_WRITES = {"editor", "publisher"}

MAY_VIEW: dict[str, set[str]] = {
    "auth.user": set(),
    "auth.group": set(),
    "faq.entry": {"reader", "editor", "publisher"},
    "faq.section": {"reader", "editor", "publisher"},
    "faq.edition": {"reader", "editor", "publisher"},
    "faq.limit": {"reader", "editor", "publisher"},
    "faq.askedquestion": EVERYBODY_WHO_WRITES,
    "faq.termgroup": EVERYBODY_WHO_WRITES,
    "faq.desknote": {"desk", "editor", "publisher"},
    "faq.portal": {"publisher"},
    "faq.webhook": set(),
    "faq.delivery": set(),
    "faq.auditrecord": {"publisher"},
    "advisor.helpkey": EVERYBODY_WHO_WRITES,
}
"""The roles that may open the list of a model; a model without a row fails."""

MAY_ADD: dict[str, set[str]] = {
    "auth.user": set(),
    "auth.group": set(),
    "faq.entry": EVERYBODY_WHO_WRITES,
    "faq.section": {"publisher"},
    "faq.edition": set(),
    "faq.limit": set(),
    "faq.askedquestion": set(),
    "faq.termgroup": EVERYBODY_WHO_WRITES,
    "faq.desknote": {"desk", "editor", "publisher"},
    "faq.portal": {"publisher"},
    "faq.webhook": set(),
    "faq.delivery": set(),
    "faq.auditrecord": set(),
    "advisor.helpkey": EVERYBODY_WHO_WRITES,
}

FOR_STAFF = ["/admin/faq/entry/queue/", "/admin/faq/entry/preview/nl/", "/admin/faq/entry/1/withdraw/"]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_just_what_it_may(client: Client, role: str) -> None:
    client.force_login(account(role))
    models = {model._meta.label_lower: model for model in admin.site._registry}
    assert set(models) == set(MAY_VIEW) == set(MAY_ADD)
    for label, model in models.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for page, may in (("changelist", MAY_VIEW), ("add", MAY_ADD)):
            expected = 200 if role in may[label] else 403
            assert client.get(reverse(f"{base}_{page}")).status_code == expected, (label, page)
            if expected == 403:
                assert client.post(reverse(f"{base}_{page}"), {}).status_code == 403, (label, page)


def test_visitors_open_nothing_of_the_admin(client: Client) -> None:
    addresses = [f"/admin/{label.replace('.', '/')}/" for label in MAY_VIEW]
    for address in (*addresses, *(f"{address}add/" for address in addresses), *FOR_STAFF):
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/admin/login/?next=/admin/")


def test_signing_in_leads_to_nowhere_else(client: Client) -> None:
    account("editor", "somebody")
    given = {"username": "somebody", "password": "een-lang-wachtwoord"}
    for place in (
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ):
        answer = client.post("/admin/login/", given | {"next": place})
        assert answer.headers["Location"] == "/admin/"
        client.logout()


def test_changing_something_in_the_admin_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("publisher"))
    for address in ("/admin/faq/portal/add/", "/admin/faq/desknote/add/", "/admin/advisor/helpkey/add/"):
        assert client.post(address, {"name": "P", "origin": "https://p.example"}).status_code == 403
