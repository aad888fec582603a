"""Questions that visitors send to the editors, counted without names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from faq.desk import query_log, sent_questions
from faq.desk.query_log import this_week
from faq.desk.sent_questions import dismiss, sent_in, store_sent
from faq.models import AskedQuestion
from faq.pages import desk
from faq.store.editions import default_edition

pytestmark = pytest.mark.django_db

ASK = "/en/search/ask/"
UNKNOWN = "How do I knit a scarf?"


def stored() -> list[tuple[str, str, str, int, int]]:
    """What is kept of the questions."""
    return list(AskedQuestion.objects.values_list("edition", "language", "text", "sent", "asked"))


class TestForm:
    """The page on which a visitor sends a question."""

    @pytest.mark.parametrize("query", ["zwabberxyz", "how do I knit a scarf"])
    def test_a_search_that_nothing_answers_leads_to_it(self, client: Client, query: str) -> None:
        page = client.get("/en/search/", {"q": query}).content.decode()
        assert f'href="{ASK}?q={query.replace(" ", "%20")}"' in page

    @pytest.mark.parametrize("path", ["/en/search/?q=expressroute", "/embed/en/search/?q=zwabberxyz", "/en/search/"])
    def test_an_answered_search_and_a_frame_do_not(self, client: Client, path: str) -> None:
        assert "search/ask/" not in client.get(path).content.decode()

    def test_it_keeps_the_edition(self, client: Client) -> None:
        page = client.get("/en/search/?q=zwabberxyz&edition=2026").content.decode()
        assert f'href="{ASK}?q=zwabberxyz&amp;edition=2026"' in page
        client.post(f"{ASK}?edition=2026", {"question": UNKNOWN})
        assert stored() == [("2026", "en", "how do i knit a scarf?", 1, 0)]

    def test_a_ticket_leads_to_it_for_each_question_without_an_answer(self, client: Client) -> None:
        page = client.post("/en/search/text/", {"text": "Who won the football match of jan@example.org?"})
        assert f'href="{ASK}?q=Who%20won%20the%20football%20match%20of&amp;asked_in=en"' in page.content.decode()

    @pytest.mark.parametrize(("asked_in", "stored_in"), [("nl", "nl"), ("en", "en"), ("", "en"), ("de", "en")])
    def test_a_question_of_a_mail_is_in_the_language_of_the_mail(
        self, client: Client, asked_in: str, stored_in: str
    ) -> None:
        page = client.get(ASK, {"q": UNKNOWN, "asked_in": asked_in}).content.decode()
        assert f'<input type="hidden" name="asked_in" value="{stored_in}">' in page
        client.post(ASK, {"question": UNKNOWN, "asked_in": asked_in})
        assert [row[1] for row in stored()] == [stored_in]

    def test_a_dutch_mail_on_an_english_page_leads_to_it_in_dutch(self, client: Client) -> None:
        page = client.post("/en/search/text/", {"text": "Wie heeft gisteren de wedstrijd van Ajax gewonnen?"})
        assert "&amp;asked_in=nl" in page.content.decode()

    def test_it_shows_the_question_to_look_over(self, client: Client) -> None:
        page = client.get(ASK, {"q": "a <b> question"})
        assert "a &lt;b&gt; question</textarea>" in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
        assert stored() == []

    def test_too_long_a_search_is_cut_between_two_words(self, client: Client) -> None:
        page = client.get(ASK, {"q": "scarf " * 100}).content.decode()
        assert f"{'scarf ' * 32}scarf</textarea>" in page

    def test_a_question_is_kept_and_confirmed_on_a_page_of_its_own(self, client: Client) -> None:
        answer = client.post(ASK, {"question": UNKNOWN}, follow=True)
        assert answer.redirect_chain == [(f"{ASK}?sent=yes", 302)]
        assert "Your question is on the editors’ list" in answer.content.decode()
        assert answer.cookies == {}
        assert stored() == [("2016-12", "en", "how do i knit a scarf?", 1, 0)]

    def test_what_tells_of_a_person_is_left_out(self, client: Client) -> None:
        client.post(ASK, {"question": "Can Jan@Example.org reach 10.1.2.3?"})
        assert stored() == [("2016-12", "en", "can … reach …?", 1, 0)]

    @pytest.mark.parametrize("given", ["", "  ", "??", "jan@example.org", "x" * 200])
    def test_nothing_or_too_much_is_told_at_its_field_and_stays(self, client: Client, given: str) -> None:
        answer = client.post(ASK, {"question": given})
        assert answer.status_code == 422
        assert 'class="fault"' in answer.content.decode()
        assert given.strip() in answer.content.decode()
        assert stored() == []

    def test_a_fault_loses_nothing(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> bool:
            raise OperationalError("disk I/O error")

        monkeypatch.setattr(desk, "store_sent", broken)
        answer = client.post(ASK, {"question": UNKNOWN})
        assert answer.status_code == 503
        assert f"{UNKNOWN}</textarea>" in answer.content.decode()
        assert "Nothing was saved." in answer.content.decode()

    def test_a_client_sends_so_many_an_hour(self, client: Client) -> None:
        given = [client.post(ASK, {"question": f"{UNKNOWN} {n}"}).status_code for n in range(desk.QUESTIONS.times + 1)]
        assert given == [302] * desk.QUESTIONS.times + [429]
        assert len(stored()) == desk.QUESTIONS.times


class TestCounting:
    """What is kept of it."""

    def test_the_same_question_counts_up(self) -> None:
        for text in (UNKNOWN, UNKNOWN.upper(), f" {UNKNOWN} "):
            assert store_sent(text, "en", default_edition())
        assert stored() == [("2016-12", "en", "how do i knit a scarf?", 3, 0)]

    def test_it_is_counted_with_the_searches_for_it_and_each_keeps_its_count(self) -> None:
        store_sent("Zwabberxyz", "en", default_edition())
        query_log.count_query("zwabberxyz", "en", "2016-12")
        query_log.flush()
        assert stored() == [("2016-12", "en", "zwabberxyz", 1, 1)]

    def test_a_week_is_bounded_but_counts_what_is_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sent_questions, "MOST_A_WEEK", 1)
        given = [store_sent(text, "en", default_edition()) for text in ("scarf", "mitten", "scarf")]
        assert given == [True, False, True]
        assert [row[2:4] for row in stored()] == [("scarf", 2)]

    def test_weeks_are_summed_and_the_most_sent_comes_first(self) -> None:
        first, last = date(2026, 11, 9), date(2026, 11, 23)
        for text, week, sent in (("scarf", first, 2), ("scarf", last, 1), ("mitten", first, 1), ("searched", last, 0)):
            AskedQuestion.objects.create(
                week=week, edition="2016-12", language="en", text=text, sent=sent, asked=0 if sent else 4
            )
        AskedQuestion.objects.create(week=last, edition="2026", language="en", text="other", sent=9)
        found = sent_in("2016-12")
        assert [(one.text, one.sent, one.week) for one in found] == [("scarf", 3, last), ("mitten", 1, first)]

    def test_a_dismissed_question_is_gone_until_a_later_week_brings_it(self) -> None:
        row = AskedQuestion.objects.create(
            week=date(2026, 11, 9), edition="2016-12", language="en", text="scarf", sent=5
        )
        dismiss(row)
        assert sent_in("2016-12") == []
        AskedQuestion.objects.create(week=date(2026, 11, 16), edition="2016-12", language="en", text="scarf", sent=1)
        assert [(one.text, one.sent) for one in sent_in("2016-12")] == [("scarf", 1)]

    def test_what_is_old_goes(self) -> None:
        old = this_week() - timedelta(weeks=60)
        AskedQuestion.objects.create(week=old, edition="2016-12", language="en", text="old", sent=1)
        store_sent("scarf", "en", default_edition())
        assert [row[2] for row in stored()] == ["scarf"]
