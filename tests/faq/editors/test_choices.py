"""What an editor picks from, and what is refused that is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from faq.editors.choices import choices, nearest
from faq.models import Edition, Entry
from faq.store.editions import default_edition
from faq.store.publishing import save_draft, working_content
from tests.faq.builders import content, edition, published
from tests.faq.editors.test_entry_admin import change, posted, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Edition:
    """A trial edition with two entries."""
    made = edition()
    published(made)
    published(made, slug="what-is-a-gateway", order=2)
    return made


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        ("limits", "max_cl", [("p2s.max_clients", "Clients at once: 128")]),
        ("limits", "ONCE clients", [("p2s.max_clients", "Clients at once: 128")]),
        ("limits", "zwabber", []),
        ("related", "gateway", [("what-is-a-gateway", "What is a tunnel?")]),
        ("sources", "guide", [("guide.md | 2016-12", "")]),
    ],
)
def test_the_choices_are_those_of_the_edition(
    made: Edition, kind: str, query: str, expected: list[tuple[str, str]]
) -> None:
    with override("en"):
        assert choices(kind, made, query) == expected


def test_there_are_only_so_many() -> None:
    assert [len(choices(kind, default_edition(), "")) for kind in ("limits", "related", "sources")] == [20, 20, 20]


def test_the_nearest_is_what_was_meant() -> None:
    assert nearest("p2s.max_client", ["p2s.max_clients", "s2s.max_tunnels"]) == "p2s.max_clients"
    assert nearest("zwabber", ["p2s.max_clients"]) is None
    assert nearest("x", []) is None


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("desk", 403), ("editor", 200)])
def test_the_choices_are_for_those_who_write(made: Edition, role: str, status: int) -> None:
    address = reverse("admin:faq_entry_choices", args=["limits"]) + f"?edition={made.pk}&q=clients"
    answer = signed_in(role).get(address)
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["choices"][0]["value"] == "p2s.max_clients"


@pytest.mark.parametrize("asked", ["limits/?edition=0", "limits/?edition=x", "limits/?edition=" + "9" * 30, "words/"])
def test_what_is_no_choice_is_not_found(asked: str) -> None:
    assert signed_in("editor").get(f"/admin/faq/entry/choices/{asked}").status_code == 404


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("limits", "p2s.max_clients\np2s.max_client", "Do you mean “p2s.max_clients”?"),
        ("limits", "zwabber", "There is no limit “zwabber” in this edition."),
        ("related", "what-is-a-gatewy", "Do you mean “what-is-a-gateway”?"),
        ("related", "zwabber", "There is no entry “zwabber” in this edition."),
        ("sources", "guid.md | 2016-12", "Do you mean “guide.md”?"),
    ],
)
@pytest.mark.parametrize("button", ["_continue", "_publish"])
def test_what_is_not_there_is_refused_with_the_nearest(
    made: Edition, name: str, typed: str, told: str, button: str
) -> None:
    entry = Entry.objects.get(slug="what-is-a-tunnel", edition=made)
    page = signed_in("publisher").post(change(entry), posted(entry, **{name: typed, button: "1"}))
    assert page.status_code == 200
    assert told in str(page.context["adminform"].form.errors[name])


def test_a_new_source_is_asked_about_once(made: Edition) -> None:
    entry, client = Entry.objects.get(slug="what-is-a-tunnel", edition=made), signed_in("editor")
    typed = posted(entry, sources="guid.md | 2016-12", _continue="1")
    asked = client.post(change(entry), typed).context["adminform"].form["accepted_sources"].value()
    assert client.post(change(entry), typed | {"accepted_sources": asked}).status_code == 302
    entry.refresh_from_db()
    assert [source.document for source in working_content(entry).sources] == ["guid.md"]


def test_a_source_like_no_other_is_new(made: Edition) -> None:
    entry = Entry.objects.get(slug="what-is-a-tunnel", edition=made)
    typed = posted(entry, sources="Azure Architecture Center | 2026-07-23", _continue="1")
    assert signed_in("editor").post(change(entry), typed).status_code == 302


def test_what_was_there_before_may_stay(made: Edition) -> None:
    entry = Entry.objects.get(slug="what-is-a-tunnel", edition=made)
    save_draft(entry, content(limits=("p2s.gone",), related=("gone",)))
    assert signed_in("editor").post(change(entry), posted(entry, order=3, _continue="1")).status_code == 302
