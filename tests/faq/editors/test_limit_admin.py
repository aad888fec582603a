"""Limits changed in the admin: seen everywhere, kept in a history, and never written over by a load."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from faq.editors.limit_form import LimitForm
from faq.editors.to_do import to_do_in
from faq.models import ContentVersion, Edition, Limit
from faq.store.editions import catalogue_of
from faq.store.exporting import as_content
from faq.store.loading import sync_edition
from tests.every import some
from tests.faq.builders import LIMITS, account, content, edition_content, text

pytestmark = pytest.mark.django_db

KEY = "p2s.max_clients"
ANSWER = "Er passen {limit:p2s.max_clients} clients in."


def limit_of(code: str = "2020-01", key: str = KEY) -> Limit:
    """A limit of an edition in the database."""
    return Limit.objects.select_related("edition").get(edition__code=code, key=key)


def files(value: Any = 128, **changes: Any) -> Any:
    """Content files whose limit has this value."""
    leaf = LIMITS["p2s"]["max_clients"] | {"value": value} | changes
    entry = content(texts={"nl": text(answer=ANSWER), "en": text(question="How many?", answer=ANSWER)})
    return edition_content(entry, limits=LIMITS | {"p2s": {"max_clients": leaf}})


@pytest.fixture
def limit() -> Limit:
    """The limit of a trial edition."""
    sync_edition(files())
    return limit_of()


def signed_in(role: str | None = "publisher", name: str = "somebody") -> Client:
    """A browser of somebody in a role."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account(role, name))
    return client


def posted(limit: Limit, **changes: Any) -> dict[str, Any]:
    """What the form sends for a limit, with some fields changed."""
    form = LimitForm(instance=limit)
    return {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()} | changes


def address(limit: Limit) -> str:
    """The form of a limit."""
    return reverse("admin:faq_limit_change", args=[limit.pk])


def value_of(limit: Limit) -> Any:
    """What readers see now."""
    return catalogue_of(Edition.objects.get(pk=limit.edition_id))[limit.key].value


def statuses(outcomes: list[Any]) -> dict[str, str]:
    """What a load did with each entry and limit."""
    return {outcome.slug: outcome.status for outcome in outcomes}


def test_a_change_is_seen_in_the_answer_on_the_limits_page_and_in_the_api(limit: Limit, client: Client) -> None:
    before = ContentVersion.objects.get().number
    assert "128 clients" in client.get("/nl/faq/what-is-a-tunnel/?edition=2020-01").content.decode()
    answer = signed_in().post(address(limit), posted(limit, value="250", source="guide.md | 2017-03"))
    assert answer.status_code == 302
    assert ContentVersion.objects.get().number > before
    assert "250 clients" in client.get("/nl/faq/what-is-a-tunnel/?edition=2020-01").content.decode()
    page = client.get("/en/limits/?edition=2020-01").content.decode()
    assert "<b>250</b>" in page
    assert "2017" in page
    (shown,) = client.get("/api/v1/limits?edition=2020-01").json()["limits"]
    assert (shown["key"], shown["value"]) == (KEY, 250)


def test_advice_applies_the_changed_limit(client: Client) -> None:
    limit = limit_of("2016-12", KEY)
    advice = "/en/advice/?edition=2016-12&clients=100"
    before = client.get(advice).content.decode()
    signed_in().post(address(limit), posted(limit, value="91"))
    after = client.get(advice).content.decode()
    assert "128" in before
    assert "91" not in before
    assert "91" in after
    assert after != before


def test_every_fault_stands_at_its_field_and_what_was_typed_stays(limit: Limit) -> None:
    typed = posted(limit, value="many", source="guide.md", checked="soon", conflict_0_nl="Anders", note_nl="Alleen dit")
    page = signed_in().post(address(limit), typed)
    form = page.context["form"]
    assert set(form.errors) == {"value", "source", "checked", "note_en", "conflict_0_source", "conflict_0_en"}
    assert "“many” is not a whole number from 0 to" in str(form.errors["value"])
    assert 'value="many"' in page.content.decode()
    assert value_of(limit) == 128


def test_a_conflict_between_sources_is_shown_with_both(limit: Limit, client: Client) -> None:
    changes = {"conflict_0_source": "paper.md | 2018", "conflict_0_nl": "Het artikel: 130.", "conflict_0_en": "130."}
    signed_in().post(address(limit), posted(limit, **changes))
    page = client.get("/nl/limits/?edition=2020-01").content.decode()
    assert "Het artikel: 130." in page
    assert "<b>128</b>" in page


def test_of_two_editors_the_second_is_told_and_loses_nothing(limit: Limit) -> None:
    first, second = signed_in(), signed_in(name="other")
    begun = posted(limit, value="140")
    first.post(address(limit), posted(limit, value="130"))
    page = second.post(address(limit), begun)
    assert "Somebody else changed this limit" in page.content.decode()
    assert 'value="140"' in page.content.decode()
    assert value_of(limit) == 130
    second.post(address(limit), begun | {"basis": page.context["form"]["basis"].value()})
    assert value_of(limit) == 140


def test_a_load_keeps_a_changed_limit_and_asks_once_the_file_changed(limit: Limit) -> None:
    client = signed_in()
    client.post(address(limit), posted(limit, value="250"))
    assert statuses(sync_edition(files()))[KEY] == "kept"
    assert to_do_in(limit.edition).limits == []
    assert statuses(sync_edition(files(200)))[KEY] == "kept"
    assert value_of(limit) == 250
    assert limit_of().pk == limit.pk
    (waiting,) = to_do_in(limit_of().edition).limits
    assert waiting.limit.key == KEY
    page = client.get(address(limit))
    assert "<del>250</del><ins>200</ins>" in page.content.decode()
    assert KEY in client.get(reverse("admin:faq_entry_queue") + "?edition=2020-01").content.decode()
    basis = page.context["form"]["basis"].value()
    client.post(reverse("admin:faq_limit_files", args=[limit.pk]), {"basis": basis, "_keep": ""})
    assert to_do_in(limit_of().edition).limits == []
    assert value_of(limit) == 250
    client.post(reverse("admin:faq_limit_files", args=[limit.pk]), {"basis": basis, "_take": ""})
    assert value_of(limit) == 200
    assert KEY not in statuses(sync_edition(files(210)))
    assert value_of(limit) == 210


def test_overwriting_takes_over_the_file(limit: Limit) -> None:
    signed_in().post(address(limit), posted(limit, value="250"))
    assert KEY not in statuses(sync_edition(files(), overwrite=True))
    assert value_of(limit) == 128


def test_sync_tells_what_it_kept() -> None:
    limit = limit_of("2016-12")
    signed_in().post(address(limit), posted(limit, value="250"))
    out = StringIO()
    call_command("sync", stdout=out)
    assert f"limit {KEY}: changed on the site" in out.getvalue()
    assert value_of(limit) == 250


def test_each_change_is_kept_with_who_made_it_and_can_be_restored(limit: Limit) -> None:
    client = signed_in()
    client.post(address(limit), posted(limit, value="250"))
    history = client.get(reverse("admin:faq_limit_history", args=[limit.pk])).content.decode()
    assert "<del>128</del><ins>250</ins>" in history
    assert "somebody" in history
    restore = reverse("admin:faq_limit_restore", args=[limit.pk, 0])
    page = client.get(restore)
    assert "<del>250</del><ins>128</ins>" in page.content.decode()
    client.post(restore, {"basis": page.context["basis"]})
    assert value_of(limit) == 128
    assert len(client.get(reverse("admin:faq_limit_history", args=[limit.pk])).context["rows"]) == 3


def test_an_export_has_the_changed_limit(limit: Limit) -> None:
    signed_in().post(address(limit), posted(limit, value="250", source="new.md | 2019-02"))
    exported = as_content(Edition.objects.get(code="2020-01")).limits
    leaf = exported["p2s"]["max_clients"]
    assert (leaf["value"], exported["sources"][leaf["source"]]["document"]) == (250, "new.md")


def test_the_advisor_refuses_a_list_that_its_rules_cannot_read() -> None:
    limit = limit_of("2016-12", "bgp.skus")
    page = signed_in().post(address(limit), posted(limit, value=""))
    assert "value" in page.context["form"].errors


@pytest.mark.parametrize(
    ("role", "may_read", "may_change"),
    [("desk", False, False), ("reader", True, False), ("editor", True, False), ("publisher", True, True)],
)
def test_who_may_change_a_limit(limit: Limit, role: str, may_read: bool, may_change: bool) -> None:
    client = signed_in(role)
    assert client.get(address(limit)).status_code == (200 if may_read else 403)
    assert client.post(address(limit), posted(limit, value="250")).status_code == (302 if may_change else 403)
    assert value_of(limit) == (250 if may_change else 128)
    link = f"/admin/faq/limit/of/2020-01/{KEY}/"
    page = client.get("/en/limits/?edition=2020-01")
    assert (link in page.content.decode()) == may_change
    assert ("no-store" in page.headers["Cache-Control"]) == may_change
    assert link not in Client().get("/en/limits/?edition=2020-01").content.decode()


@pytest.mark.parametrize("typed", [KEY, "Clients tegelijk", "Clients at once", "128", "guide.md"])
def test_a_limit_is_found_by_key_name_number_and_source(limit: Limit, typed: str) -> None:
    page = signed_in().get(
        reverse("admin:faq_limit_changelist"), {"q": typed, "edition__id__exact": str(limit.edition.pk)}
    )
    assert KEY in page.content.decode()


def test_the_link_of_a_key_leads_to_the_form(limit: Limit) -> None:
    answer = signed_in().get(reverse("admin:faq_limit_by_key", args=["2020-01", KEY]))
    assert answer.headers["Location"] == address(limit)


def test_an_editor_reads_the_limits_of_each_edition_and_each_leads_to_its_form() -> None:
    client = signed_in()
    for edition in Edition.objects.filter(limits__isnull=False).distinct():
        assert client.get(f"/en/limits/?edition={edition.code}").status_code == 200
        slashed = next((limit for limit in edition.limits.all() if "/" in limit.key), None)
        if slashed:
            answer = client.get(reverse("admin:faq_limit_by_key", args=[edition.code, slashed.key]))
            assert answer.headers["Location"] == address(slashed)


def test_every_shipped_limit_is_unchanged_by_saving_its_form() -> None:
    for limit in some(Limit.objects.filter(edition__code="2016-12").select_related("edition"), 4):
        form = LimitForm(posted(limit), instance=limit)
        assert form.is_valid(), (limit.key, form.errors)
        assert form.leaf() == form.before, limit.key
