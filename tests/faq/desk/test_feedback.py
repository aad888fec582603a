"""The support desk's side: notes beside the public answer, feedback without names, and the editors' queue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisor.models import HelpKey
from faq.desk import feedback
from faq.desk.query_log import this_week
from faq.editors.to_do import to_do_in
from faq.models import AskedQuestion, DeskNote, Entry, Feedback, Translation
from faq.store.editions import default_edition
from tests.faq.builders import account

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"
PAGE = f"/en/faq/{SLUG}/"
SEND = f"{PAGE}feedback/"


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
        Entry.objects.filter(slug=SLUG).update(slug="expressroute", former_slugs=[SLUG])
        client.force_login(account("desk"))
        assert "<strong>kanarie</strong>" in client.get("/en/faq/expressroute/").content.decode()

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


class TestFeedback:
    """Was this helpful?"""

    def test_a_yes_is_counted_and_thanked_for(self, client: Client) -> None:
        answer = client.post(SEND, {"helpful": "yes"}, follow=True)
        assert "Thank you" in answer.content.decode()
        assert list(Feedback.objects.values_list("slug", "language", "edition", "helpful", "week")) == [
            (SLUG, "en", "2016-12", True, this_week())
        ]
        assert answer.cookies == {}

    def test_a_no_is_counted_and_asked_why(self, client: Client) -> None:
        page = client.post(SEND, {"helpful": "no"}, follow=True).content.decode()
        assert page.count('name="reason"') == len(Feedback.REASONS)
        client.post(SEND, {"reason": "old", "text": "Now it is 250."})
        assert list(Feedback.objects.order_by("pk").values_list("helpful", "reason", "text")) == [
            (False, "", ""),
            (None, "old", "Now it is 250."),
        ]

    def test_what_tells_of_a_person_is_left_out(self, client: Client) -> None:
        client.post(SEND, {"text": "Bel Jan 06-12345678, Jan@Example.org, 10.1.2.3; het klopt NIET"})
        assert Feedback.objects.get().text == "Bel Jan …, …; het klopt NIET"

    @pytest.mark.parametrize(
        "given", [{"reason": "", "text": ""}, {"reason": "bored"}, {"text": "x" * 1001}, {"text": "a@b.example"}]
    )
    def test_nothing_said_or_too_much_is_told_at_its_field(self, client: Client, given: dict[str, str]) -> None:
        answer = client.post(SEND, given)
        assert answer.status_code == 422
        assert 'class="fault"' in answer.content.decode()
        assert not Feedback.objects.exists()

    def test_what_was_typed_stays(self, client: Client) -> None:
        assert "so-and-so" in client.post(SEND, {"reason": "bored", "text": "so-and-so"}).content.decode()

    def test_another_word_than_yes_or_no_is_refused(self, client: Client) -> None:
        assert client.post(SEND, {"helpful": "<b>"}).status_code == 400
        assert client.post("/en/faq/no-such-entry/feedback/", {"helpful": "yes"}).status_code == 404

    def test_what_is_old_goes_and_a_week_is_bounded(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feedback, "MOST_A_WEEK", 3)
        old = this_week() - timedelta(weeks=60)
        Feedback.objects.create(slug=SLUG, edition="2016-12", language="nl", helpful=True, week=old)
        for _ in range(5):
            client.post(SEND, {"helpful": "yes"})
        assert list(Feedback.objects.values_list("week", flat=True)) == [this_week()] * 3

    def test_visiting_keeps_nothing(self, client: Client) -> None:
        client.get(SEND)
        client.get(f"{SEND}?given=yes&helpful=yes")
        assert not Feedback.objects.exists()


class TestQueue:
    """What waits for the editors."""

    def test_a_weak_answer_waits_and_a_good_one_does_not(self) -> None:
        for slug, no, yes in (
            (SLUG, 2, 1),
            ("what-is-a-vpn-gateway", 2, 4),
            ("what-is-a-virtual-network-gateway", 1, 0),
        ):
            for helpful in [False] * no + [True] * yes:
                Feedback.objects.create(slug=slug, edition="2016-12", language="nl", helpful=helpful, week=this_week())
        Feedback.objects.create(slug=SLUG, edition="2016-12", language="nl", reason="old", week=this_week())
        (weak,) = to_do_in(default_edition()).weak
        assert (weak.slug, weak.no, weak.yes, [said.reason for said in weak.said]) == (SLUG, 2, 1, ["old"])
        assert weak.question.startswith("Wat is ExpressRoute")

    def test_facts_checked_too_long_ago_wait(self) -> None:
        queue = to_do_in(default_edition())
        assert [entry.slug for entry in queue.stale] == []
        Entry.objects.filter(slug=SLUG).update(checked=date(2020, 1, 1))
        assert [entry.slug for entry in to_do_in(default_edition()).stale] == [SLUG]

    def test_a_translation_that_was_left_behind_waits(self) -> None:
        assert to_do_in(default_edition()).older == []
        later = timezone.now() + timedelta(hours=1)
        Translation.objects.filter(entry__slug=SLUG, language="nl").update(changed_at=later)
        assert [(older.entry.slug, older.language) for older in to_do_in(default_edition()).older] == [(SLUG, "en")]

    def test_recent_searches_without_a_result_wait(self) -> None:
        for text, found, week in (("zwabber", 0, this_week()), ("bgp", 9, this_week()), ("oud", 0, date(2020, 1, 6))):
            AskedQuestion.objects.create(text=text, language="nl", week=week, asked=3, found=found)
        assert [asked.text for asked in to_do_in(default_edition()).unanswered] == ["zwabber"]

    def test_a_link_that_leads_nowhere_waits(self) -> None:
        assert to_do_in(default_edition()).dead == []
        Entry.objects.filter(slug=SLUG).update(published_at=None)
        assert {dead.target for dead in to_do_in(default_edition()).dead} == {SLUG}

    def test_a_help_key_that_leads_nowhere_waits_too(self) -> None:
        HelpKey.objects.create(key="vpn-form.old", entries=["long-gone"])
        assert [(dead.place, dead.target) for dead in to_do_in(default_edition()).dead] == [
            ("vpn-form.old", "long-gone")
        ]

    @pytest.mark.parametrize(("role", "status"), [("desk", 403), ("reader", 200), ("editor", 200), (None, 200)])
    def test_the_page_shows_it_to_those_who_read_drafts(self, client: Client, role: str | None, status: int) -> None:
        Feedback.objects.create(slug=SLUG, edition="2016-12", language="nl", helpful=False, week=this_week())
        client.force_login(account(role))
        assert client.get("/admin/faq/entry/queue/").status_code == status
        assert client.get("/admin/faq/entry/").status_code == status

    def test_a_visitor_is_sent_to_sign_in(self, client: Client) -> None:
        assert client.get("/admin/faq/entry/queue/").status_code == 302
