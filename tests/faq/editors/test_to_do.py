"""What waits for the editors of an edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisor.models import HelpKey
from faq.desk.query_log import this_week
from faq.editors.to_do import MOST_SHOWN, to_do_in
from faq.models import AskedQuestion, Entry, Feedback
from faq.store.editions import default_edition
from faq.store.publishing import publish, published_content
from tests.faq.builders import account, edition, example, published

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"
PAGE = f"/en/faq/{SLUG}/"


class TestToDo:
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
        assert to_do_in(default_edition()).older.rows == ()
        entry = example(SLUG)
        before = published_content(entry)
        publish(entry, before.with_text("nl", replace(before.texts["nl"], answer="**Iets anders.**")))
        assert [(older.entry.slug, older.language) for older in to_do_in(default_edition()).older] == [(SLUG, "en")]
        publish(entry, before)
        assert to_do_in(default_edition()).older.rows == ()

    def test_a_review_that_is_due_waits(self, client: Client) -> None:
        today, owner = timezone.localdate(), account("editor", "karin")
        for slug, day in ((SLUG, today), ("can-i-configure-forced-tunneling", today + timedelta(days=1))):
            Entry.objects.filter(slug=slug, edition=default_edition()).update(review_on=day, owner=owner)
        assert [entry.slug for entry in to_do_in(default_edition()).due] == [SLUG]
        client.force_login(account("reader"))
        page = client.get(f"/admin/faq/entry/queue/?edition={default_edition().code}").content.decode()
        assert "karin" in page

    def test_recent_searches_without_a_result_wait(self) -> None:
        for text, found, week in (("zwabber", 0, this_week()), ("bgp", 9, this_week()), ("oud", 0, date(2020, 1, 6))):
            AskedQuestion.objects.create(text=text, language="nl", week=week, asked=3, found=found)
        assert [asked.text for asked in to_do_in(default_edition()).unanswered] == ["zwabber"]

    def test_each_edition_has_its_own(self, client: Client) -> None:
        made = edition()
        for text, code in (("hier", "2020-01"), ("ginds", "2016-12"), ("ergens", "")):
            AskedQuestion.objects.create(edition=code, text=text, language="nl", week=this_week(), asked=1)
        published(made, related=("no-such-entry",))
        assert {asked.text for asked in to_do_in(made).unanswered} == {"hier", "ergens"}
        assert {asked.text for asked in to_do_in(default_edition()).unanswered} == {"ginds", "ergens"}
        assert [dead.target for dead in to_do_in(made).dead] == ["no-such-entry"]
        assert to_do_in(default_edition()).dead.rows == ()
        client.force_login(account("editor"))
        page = client.get("/admin/faq/entry/queue/?edition=2020-01").content.decode()
        assert 'href="?edition=2020-01" aria-current="page"' in page
        assert 'href="?edition=2016-12"' in page
        assert "hier" in page
        assert "ginds" not in page
        assert "ginds" in client.get("/admin/faq/entry/queue/").content.decode()

    def test_a_link_that_leads_nowhere_waits(self) -> None:
        assert to_do_in(default_edition()).dead.rows == ()
        Entry.objects.filter(slug=SLUG).update(published_at=None)
        assert {dead.target for dead in to_do_in(default_edition()).dead} == {SLUG}

    def test_a_long_list_shows_the_most_pressing_and_says_how_many_more_wait(self, client: Client) -> None:
        made = edition()
        for number in range(MOST_SHOWN + 3):
            published(made, slug=f"entry-{number}", related=(f"gone-{number}",))
        Entry.objects.filter(edition=made).update(checked=date(2020, 1, 2), review_on=date(2020, 1, 1), behind="en nl")
        Entry.objects.filter(edition=made, slug="entry-52").update(checked=date(2019, 1, 1))
        waiting = to_do_in(made)
        assert next(iter(waiting.stale)).slug == "entry-52"
        assert [(len(one), one.more) for one in (waiting.stale, waiting.due, waiting.dead)] == [(MOST_SHOWN, 3)] * 3
        assert (len(waiting.older), waiting.older.more) == (2 * MOST_SHOWN, 3)
        client.force_login(account("editor"))
        page = client.get("/admin/faq/entry/queue/?edition=2020-01", headers={"Accept-Language": "en"})
        assert page.content.decode().count("And 3 more.") == 4

    def test_as_much_is_read_of_many_entries_as_of_few(self) -> None:
        made, asked = edition(), list[int]()
        for number in range(40):
            published(made, slug=f"entry-{number}")
            if number in (19, 39):
                with CaptureQueriesContext(connection) as queries:
                    to_do_in(made)
                asked.append(len(queries))
        assert asked[0] == asked[1]

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

    @pytest.mark.parametrize(("role", "sees"), [("reader", False), ("editor", True)])
    def test_what_visitors_wrote_is_for_those_who_read_their_questions(
        self, client: Client, role: str, sees: bool
    ) -> None:
        own = {"edition": "2016-12", "language": "nl", "week": this_week()}
        for helpful, said in ((False, ""), (False, ""), (None, "woorden van een lezer")):
            Feedback.objects.create(slug=SLUG, helpful=helpful, text=said, **own)
        AskedQuestion.objects.create(text="een gezochte vraag", asked=2, found=0, **own)
        AskedQuestion.objects.create(text="een gestuurde vraag", sent=2, **own)
        client.force_login(account(role))
        page = client.get("/admin/faq/entry/queue/").content.decode()
        for words in ("woorden van een lezer", "een gezochte vraag", "een gestuurde vraag"):
            assert (words in page) is sees, words
        assert (SLUG in page) is sees

    def test_a_visitor_is_sent_to_sign_in(self, client: Client) -> None:
        assert client.get("/admin/faq/entry/queue/").status_code == 302
