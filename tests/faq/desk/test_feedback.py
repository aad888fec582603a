"""Was this helpful? Counted without names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from faq.desk import feedback
from faq.desk.query_log import this_week
from faq.models import Feedback

pytestmark = pytest.mark.django_db

SLUG = "what-is-expressroute"
PAGE = f"/en/faq/{SLUG}/"
SEND = f"{PAGE}feedback/"


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
