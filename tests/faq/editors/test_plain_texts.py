"""What an editor types: dates of sources, invisible characters, and numbers without bound."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from reversion.models import Version

from faq.editors.entry_form import EntryForm
from faq.models import Edition, Entry, Section
from tests.every import some
from tests.faq.builders import account, edition, published
from tests.faq.editors.test_entry_admin import change, posted

pytestmark = pytest.mark.django_db

TEXT_FIELDS = (
    "nl_question",
    "en_question",
    "nl_answer",
    "en_answer",
    "nl_asked_as",
    "en_asked_as",
    "sources",
    "slug",
    "limits",
    "related",
    "former_slugs",
    "order",
    "checked",
)


@pytest.fixture
def entry() -> Entry:
    """A published entry in a trial edition."""
    return published(edition())


def errors(entry: Entry, **changes: Any) -> dict[str, list[str]]:
    """The errors of the form at each field."""
    with override("en"):
        form = EntryForm(posted(entry, **changes), instance=entry)
        form.is_valid()
        return {name: [str(one) for one in found] for name, found in form.errors.items()}


class TestSources:
    """Lines of document and date."""

    def test_every_line_that_is_not_right_is_told_of_at_once_with_the_nearest(self, entry: Entry) -> None:
        lines = "guide.md | 18-10-2016\nplan.md | 2016-13\nno bar\nright.md | 2016-12-05"
        found = errors(entry, sources=lines)["sources"]
        assert len(found) == 3
        assert "2016, 2016-12, or 2016-12-05" in found[0]
        assert "Do you mean “guide.md | 2016-10-18”?" in found[0]
        assert "plan.md" in found[1]
        assert "Do you mean" not in found[1]

    def test_what_is_refused_stays_in_the_form(self, entry: Entry) -> None:
        client = Client(headers={"Accept-Language": "nl"})
        client.force_login(account("publisher"))
        page = client.post(change(entry), posted(entry, sources="gids.md | 18-10-2016") | {"_publish": "1"})
        assert page.status_code == 200
        assert "gids.md | 18-10-2016" in page.content.decode()
        assert "Bedoelt u ‘gids.md | 2016-10-18’?" in page.content.decode()

    def test_one_that_is_stored_already_is_shown_as_it_is(self, entry: Entry, client: Client) -> None:
        entry.sources = [{"document": "guide.md", "date": "18-10-2016"}]
        entry.save()
        for form in ("/", ".md", ".txt", ".html"):
            shown = client.get(f"/nl/faq/what-is-a-tunnel{form}?edition=2020-01")
            assert shown.status_code == 200, form
        assert "18-10-2016" in client.get("/nl/faq/what-is-a-tunnel/?edition=2020-01").content.decode()


class TestCharacters:
    """Characters that nobody sees, and that XML cannot hold."""

    @pytest.mark.parametrize("character", some(["\x00", "\x07", "\x1b", "\x1f", "\ufffe", "\uffff", "\ud800"], 3))
    @pytest.mark.parametrize("field", TEXT_FIELDS)
    def test_they_are_refused_at_their_field(self, entry: Entry, field: str, character: str) -> None:
        typed = str(posted(entry)[field]) or "what-is-a-tunnel"
        assert field in errors(entry, **{field: f"{typed[:3]}{character}{typed[3:]}"})

    @pytest.mark.parametrize("character", ["\x0b", "\x0c", "\r\n", "\r"])
    def test_breaks_of_office_programs_become_plain_ones(self, entry: Entry, character: str) -> None:
        form = EntryForm(posted(entry, nl_answer=f"**Een{character}buis.**"), instance=entry)
        form.is_valid()
        assert "nl_answer" not in form.errors
        assert form.content().texts["nl"].answer == "**Een\nbuis.**"

    def test_they_are_refused_in_every_other_form_of_the_admin(self) -> None:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(account(None))
        made = Edition.objects.get(code="2016-12")
        section = Section.objects.filter(edition=made).first()
        assert section is not None
        bad = "a\x07b"
        forms: dict[str, dict[str, Any]] = {
            "/admin/faq/portal/add/": {"name": bad, "origin": "https://portal.example.org"},
            "/admin/faq/termgroup/add/": {"key": "k", "nl": bad, "en": "b"},
            "/admin/faq/desknote/add/": {"slug": "what-is-expressroute", "text": bad},
            f"/admin/faq/section/{section.pk}/change/": {
                "edition": made.pk,
                "slug": section.slug,
                "order": 1,
                "title_nl": bad,
                "title_en": "b",
            },
            f"/admin/faq/edition/{made.pk}/change/": {"code": made.code, "name_nl": bad, "name_en": "b"},
            "/admin/advisor/helpkey/add/": {"key": "k", "advice": f"clients=4&site={bad}"},
        }
        for path, form in forms.items():
            page = client.post(path, form)
            assert page.status_code == 200, path
            assert "U+0007 (BELL)" in page.content.decode(), path


@pytest.mark.parametrize("order", ["9" * 30, "-1", "1e400", "nan", str(2**31)])
def test_a_number_that_no_column_holds_is_refused(entry: Entry, order: str) -> None:
    assert "order" in errors(entry, order=order)


def test_a_version_of_something_else_is_no_version_of_an_entry(entry: Entry) -> None:
    client = Client()
    client.force_login(account(None))
    other = Version.objects.filter(content_type__model="translation").first()
    assert other is not None
    Version.objects.filter(pk=other.pk).update(object_id=str(entry.pk))
    assert client.get(f"{change(entry).removesuffix('change/')}history/{other.pk}/").status_code == 404
