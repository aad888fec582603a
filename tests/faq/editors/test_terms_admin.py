"""The terms of search in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from faq.models import TermGroup
from faq.search import loading

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    """A signed-in editor."""
    user = User.objects.create_user("editor", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    client.force_login(user)
    return client


def test_an_editor_sees_and_changes_the_names_one_a_line(editor: Client) -> None:
    group = TermGroup.objects.get(key="throughput")
    address = reverse("admin:faq_termgroup_change", args=[group.pk])
    page = editor.get(address).content.decode()
    assert "doorvoer\ndoorvoersnelheid" in page
    posted = editor.post(address, {"key": "throughput", "nl": "doorvoer\n\n  snelheid ", "en": "throughput"})
    assert posted.status_code == 302
    group.refresh_from_db()
    assert (group.nl, group.en) == (["doorvoer", "snelheid"], ["throughput"])
    assert group.key in [term.key for term in loading.terms()]


@pytest.mark.parametrize(
    ("nl", "en", "told"), [("?!", "x", "?!"), ("een", "", "at least two"), ("", "", "at least two")]
)
def test_a_useless_group_is_refused_at_its_field(editor: Client, nl: str, en: str, told: str) -> None:
    address = reverse("admin:faq_termgroup_add")
    page = editor.post(address, {"key": "new", "nl": nl, "en": en}, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert told in page.content.decode()
    assert not TermGroup.objects.filter(key="new").exists()


def test_a_reader_has_no_access(client: Client) -> None:
    user = User.objects.create_user("reader", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="reader"))
    client.force_login(user)
    assert client.get(reverse("admin:faq_termgroup_changelist")).status_code == 403
