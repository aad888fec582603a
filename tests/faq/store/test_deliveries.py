"""The outbox of the webhook: written with the change, sent later, and sent again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from faq.models import ClockReading, Delivery, Entry, Webhook
from faq.store.deliveries import RETRIES, attempt, deliver_due, next_attempt
from faq.store.outbox import add_event, expired_deliveries, tell_reviews
from faq.store.publishing import publish, published_content, save_draft
from tests.faq.builders import EXPRESSROUTE, example
from tests.receivers import receiving
from web.outgoing import Outcome
from web.signatures import new_secret

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def hook(settings: Any) -> Webhook:
    """A webhook that may lead to this machine."""
    settings.WEBHOOK_PRIVATE = True
    return Webhook.objects.create(url="http://127.0.0.1:9/", secret=new_secret())


def event(**changes: Any) -> Delivery:
    """An event in the outbox."""
    made = add_event(Delivery.Kind.TEST, NOW)
    assert made is not None
    Delivery.objects.filter(pk=made.pk).update(**changes)
    made.refresh_from_db()
    return made


def bodies(kind: str) -> list[dict[str, Any]]:
    """What the events of a kind say."""
    return [
        json.loads(body) for body in Delivery.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True)
    ]


class TestOutbox:
    """What is written, and when."""

    def test_publishing_tells_of_each_language_and_says_nothing_of_a_draft(self) -> None:
        entry = example()
        save_draft(entry, published_content(entry))
        assert not Delivery.objects.exists()
        publish(entry, published_content(entry))
        told = bodies("published")
        assert [(one["type"], one["edition"], one["slug"], one["language"]) for one in told] == [
            ("published", "2016-12", EXPRESSROUTE, language) for language in ("en", "nl")
        ]
        assert told[1]["link"].endswith(f"/nl/faq/{EXPRESSROUTE}/")
        assert set(told[0]) == {"type", "time", "edition", "slug", "language", "link"}

    def test_what_is_rolled_back_was_never_told(self) -> None:
        entry = example()
        changed = published_content(entry)
        with transaction.atomic():
            publish(entry, replace(changed, order=7))
            assert Delivery.objects.exists()
            transaction.set_rollback(True)
        assert not Delivery.objects.exists()

    def test_feedback_tells_counts_and_no_text_of_a_visitor(self, client: Client) -> None:
        address = f"/en/faq/{EXPRESSROUTE}/feedback/"
        for given in ({"helpful": "yes"}, {"helpful": "no"}, {"reason": "old", "text": "It is a zwabber."}):
            client.post(address, given)
        told = bodies("feedback")
        assert [(one["yes"], one["no"]) for one in told] == [(1, 0), (1, 1), (1, 1)]
        assert told[0]["link"].endswith("/admin/faq/entry/queue/?edition=2016-12")
        assert "zwabber" not in "".join(Delivery.objects.values_list("body", flat=True))

    def test_feedback_and_its_event_stand_or_fall_together(self, client: Client, monkeypatch: Any) -> None:
        from faq.desk import feedback
        from faq.models import Feedback

        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError

        monkeypatch.setattr(feedback, "tell_feedback", broken)
        with pytest.raises(RuntimeError):
            client.post(f"/en/faq/{EXPRESSROUTE}/feedback/", {"helpful": "yes"})
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize("there_is", [None, False])
    def test_without_an_active_webhook_nothing_is_written(self, hook: Webhook, there_is: bool | None) -> None:
        Webhook.objects.update(is_active=False) if there_is is False else hook.delete()
        publish(example(), published_content(example()))
        assert not Delivery.objects.exists()

    def test_a_review_is_told_once_for_each_date(self) -> None:
        today = NOW.date()
        for slug, due in ((EXPRESSROUTE, today), ("can-i-configure-forced-tunneling", today + DAY)):
            Entry.objects.filter(slug=slug, edition__code="2016-12").update(review_on=due)
        assert [tell_reviews(NOW), tell_reviews(NOW), tell_reviews(NOW + DAY)] == [1, 0, 1]
        assert [one["slug"] for one in bodies("review_due")] == [EXPRESSROUTE, "can-i-configure-forced-tunneling"]
        Entry.objects.filter(slug=EXPRESSROUTE).update(review_on=today + 2 * DAY)
        assert tell_reviews(NOW + 2 * DAY) > 0

    def test_a_pruned_review_is_not_told_again(self) -> None:
        Entry.objects.filter(slug=EXPRESSROUTE, edition__code="2016-12").update(review_on=NOW.date())
        for day in range(70):
            tell_reviews(NOW + day * DAY)
            Delivery.objects.update(next_at=None)
            expired_deliveries(NOW + day * DAY).delete()
            assert Delivery.objects.count() == (1 if day < 30 else 0), day


class TestSending:
    """Sending what is due."""

    def test_it_is_signed_and_named(self, hook: Webhook) -> None:
        waiting = event()
        with receiving() as receiver:
            Webhook.objects.update(url=f"{receiver.origin}/hook")
            assert deliver_due(NOW) == (1, 0)
        ((path, headers, body),) = receiver.received
        assert path == "/hook"
        assert json.loads(body) == {"type": "test", "time": "2026-11-25T12:00:00+00:00"}
        assert (headers["webhook-id"], headers["content-type"]) == (waiting.message, "application/json")
        told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(hook.secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert int(headers["webhook-timestamp"]) == NOW.timestamp()
        waiting.refresh_from_db()
        assert (waiting.status, waiting.fault, waiting.next_at, waiting.delivered_at) == (204, "", None, NOW)

    def test_a_failure_is_repeated_later_and_later_and_then_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waiting, now, waits = event(), NOW, []
        with receiving() as receiver:
            receiver.status = 500
            Webhook.objects.update(url=receiver.origin)
            while waiting.next_at is not None:
                assert deliver_due(now) == (0, 1)
                waiting.refresh_from_db()
                if waiting.next_at is not None:
                    waits.append(int((waiting.next_at - now).total_seconds() / 60))
                    assert deliver_due(waiting.next_at - timedelta(seconds=1)) == (0, 0)
                    now = waiting.next_at
        assert waits == [1, 5, 30, 120, 720]
        assert (waiting.attempts, waiting.status, waiting.fault) == (6, 500, "status")
        assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1
        assert [next_attempt(n, NOW) for n in (1, 6)] == [NOW + RETRIES[0], None]

    def test_two_processes_send_it_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waiting, same = event(), Delivery.objects.get()
        monkeypatch.setattr("faq.store.deliveries.post", lambda *_, **__: Outcome(200))
        assert [attempt(waiting, NOW), attempt(same, NOW)] == [True, None]

    def test_an_attempt_that_is_cut_off_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def cut_off(*_: Any, **__: Any) -> Outcome:
            raise KeyboardInterrupt

        waiting = event()
        monkeypatch.setattr("faq.store.deliveries.post", cut_off)
        with pytest.raises(KeyboardInterrupt):
            attempt(waiting, NOW)
        waiting.refresh_from_db()
        assert (waiting.attempts, waiting.fault, waiting.next_at) == (1, "interrupted", NOW + RETRIES[0])

    def test_private_addresses_are_refused_without_the_setting(self, settings: Any) -> None:
        settings.WEBHOOK_PRIVATE = False
        waiting = event()
        with receiving() as receiver:
            Webhook.objects.update(url=receiver.origin.replace("http:", "https:"))
            assert deliver_due(NOW) == (0, 1)
        waiting.refresh_from_db()
        assert (waiting.fault, receiver.received) == ("private", [])

    def test_what_is_delivered_or_given_up_goes_after_thirty_days(self) -> None:
        for age, next_at in ((31, None), (29, None), (31, NOW + DAY)):
            event(created_at=NOW - age * DAY, next_at=next_at)
        ClockReading(trusted=NOW).save()
        deliver_due(NOW)
        assert sorted((NOW - made).days for made in Delivery.objects.values_list("created_at", flat=True)) == [29, 31]

    def test_the_command_says_what_it_did(self, monkeypatch: pytest.MonkeyPatch) -> None:
        event()
        monkeypatch.setattr("faq.store.deliveries.post", lambda *_, **__: Outcome(200))
        said = StringIO()
        call_command("deliver", stdout=said)
        call_command("deliver", stdout=said)
        assert said.getvalue() == "delivered: 1; failed: 0\n"
