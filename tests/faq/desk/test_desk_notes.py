"""Notes of the desk: beside the public answer, for those who may read them, and for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from faq.models import DeskNote
from tests.faq.builders import account, edition, published, renamed

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"
PAGE = f"/en/faq/{SLUG}/"


class TestNotes:
    """Notes for the desk only."""

    @pytest.fixture(autouse=True)
    def _note(self) -> None:
        DeskNote.objects.create(slug=SLUG, text="Ask for the **kanarie** first. <script>alert(1)</script>")

    @pytest.mark.parametrize("role", ["desk", "editor", "publisher"])
    def test_who_may_read_them_sees_them_beside_the_answer(self, client: Client, role: str) -> None:
        client.get(PAGE)
        client.force_login(account(role))
        page = client.get(PAGE)
        assert "<strong>kanarie</strong>" in page.content.decode()
        assert "alert(1)</script>" not in page.content.decode()
        assert page.headers["Cache-Control"] == "private, no-store"

    def test_nobody_else_does_on_any_surface(self, client: Client) -> None:
        desk, reader = Client(), Client()
        desk.force_login(account("desk"))
        reader.force_login(account("reader", "reader"))
        desk.get(PAGE)
        addresses = (PAGE, "/en/faq/", "/en/search/?q=kanarie", "/api/v1/search?q=kanarie", f"/api/v1/entries/{SLUG}")
        for address in addresses:
            for asking in (client, reader):
                assert "<strong>kanarie</strong>" not in asking.get(address).content.decode()
                assert "first" not in asking.get(address).content.decode().partition("kanarie")[2][:40]

    def test_a_signed_in_account_that_has_signed_out_gets_the_public_page(self, client: Client) -> None:
        client.force_login(account("desk"))
        client.logout()
        assert "kanarie" not in client.get(PAGE).content.decode()

    def test_a_note_outlives_a_rename(self, client: Client) -> None:
        renamed(SLUG, "expressroute")
        client.force_login(account("desk"))
        assert "<strong>kanarie</strong>" in client.get("/en/faq/expressroute/").content.decode()

    def test_a_note_of_an_edition_stands_there_alone_after_those_of_every_one(self, client: Client) -> None:
        edition()
        DeskNote.objects.create(slug=SLUG, edition="2020-01", text="Only *here*.")
        DeskNote.objects.create(slug=SLUG, edition="2016-12", text="Only *there*.")
        client.force_login(account("desk"))
        shown = {query: client.get(PAGE + query).content.decode() for query in ("", "?edition=2020-01")}
        assert [("kanarie" in page, "<em>here</em>" in page, "<em>there</em>" in page) for page in shown.values()] == [
            (True, False, True),
            (True, True, False),
        ]
        assert shown[""].index("kanarie") < shown[""].index("there</em>")

    @pytest.mark.parametrize(
        ("code", "slug", "kept"),
        [
            ("", "what-is-a-tunnel", True),
            ("2020-01", "what-is-a-tunnel", True),
            ("2016-12", "what-is-a-tunnel", False),
            ("2020-01", SLUG, False),
            ("2016-12", SLUG, True),
            ("", SLUG, False),
            ("gone", SLUG, False),
        ],
    )
    def test_the_entry_is_looked_for_in_the_edition_of_the_note(
        self, client: Client, code: str, slug: str, kept: bool
    ) -> None:
        """The last but one is a second note of every edition on the same entry."""
        published(edition())
        client.force_login(account("desk"))
        answer = client.post("/admin/faq/desknote/add/", {"slug": slug, "edition": code, "text": "x"})
        assert (answer.status_code == 302) is kept
        assert DeskNote.objects.filter(slug=slug, edition=code, text="x").exists() is kept

    def test_a_note_on_what_is_not_there_is_refused_with_the_nearest(self, client: Client) -> None:
        client.force_login(account("desk"))
        given = {"slug": "what-is-expresroute", "text": "x"}
        page = client.post("/admin/faq/desknote/add/", given).content.decode()
        assert SLUG in page.partition('class="errorlist"')[2][:300]
        assert DeskNote.objects.count() == 1

    def test_an_entry_without_a_note_offers_to_write_one(self, client: Client) -> None:
        DeskNote.objects.all().delete()
        client.force_login(account("desk"))
        assert f"/admin/faq/desknote/add/?slug={SLUG}" in client.get(PAGE).content.decode()
        assert client.get(f"/admin/faq/desknote/add/?slug={SLUG}").status_code == 200
