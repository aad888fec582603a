"""What is too old is deleted, by one way, and by no clock that jumped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone
from reversion.models import Revision, Version

from advisor.answers.saved_designs import keep
from advisor.models import KeptDesign
from config.pruning import EXPIRED
from faq.desk import query_log
from faq.desk.feedback import store_feedback
from faq.desk.sent_questions import store_sent
from faq.models import AskedQuestion, AuditRecord, ClockReading, Delivery, Edition, Entry, Feedback
from faq.store import expiry, old_versions, publishing
from faq.store.deliveries import deliver_due
from faq.store.entries import find_entry
from tests.faq.builders import EXPRESSROUTE, content, edition, example, published

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
YEARS = timedelta(days=730)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the site, which begins at a time that counted."""

    def set_to(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    ClockReading(trusted=NOW).save()
    set_to(NOW)
    return set_to


def everything() -> dict[type[Model], int]:
    """One of each thing that goes by age, made now. Returns how many there are."""
    keep("clients=4", client="a")
    AskedQuestion.objects.create(week=query_log.this_week(), edition="2016-12", language="nl", text="hoe lang")
    Feedback.objects.create(slug="a", edition="2016-12", language="nl", helpful=True, week=query_log.this_week())
    Session.objects.create(session_key="a", session_data="", expire_date=NOW + timedelta(hours=12))
    Delivery.objects.create(message="m", kind="test", body="{}", created_at=NOW)
    AuditRecord.objects.create(made_at=NOW, way="command", action="added", kind="faq.portal")
    return counts()


def counts() -> dict[type[Model], int]:
    """How many rows there are of what goes by age."""
    models = (KeptDesign, AskedQuestion, Feedback, Session, Delivery, AuditRecord, Version, Revision)
    return {model: model._default_manager.count() for model in models}


def what_deletes_by_age() -> None:
    """Everything on this site after which something too old goes."""
    keep("clients=5", client="b")
    query_log.count_query("hoe breed", "nl", "2016-12")
    query_log.flush()
    edition_of_examples = Edition.objects.get(code="2016-12")
    store_sent("hoe hoog is een tunnel", "nl", edition_of_examples)
    shown = find_entry(edition_of_examples, EXPRESSROUTE, "nl")
    assert shown
    store_feedback(shown, True)
    deliver_due(timezone.now())
    expiry.prune()


@pytest.mark.parametrize("jump", [YEARS, 10 * YEARS, timedelta(days=400)])
def test_a_clock_that_is_ahead_for_a_while_deletes_nothing(
    settings: Any, clock: Callable[[datetime], None], jump: timedelta
) -> None:
    settings.AUDIT_KEPT_DAYS = settings.VERSIONS_KEPT_DAYS = 30
    before = everything()
    for ahead in (jump, jump + timedelta(hours=1), jump + timedelta(hours=23)):
        clock(NOW + ahead)
        what_deletes_by_age()
    clock(NOW + timedelta(hours=2))
    what_deletes_by_age()
    after = counts()
    assert {model: after[model] >= count for model, count in before.items()} == dict.fromkeys(before, True)


def test_what_is_too_old_goes_once_the_clock_has_stood_for_a_day(
    settings: Any, clock: Callable[[datetime], None]
) -> None:
    settings.AUDIT_KEPT_DAYS = 30
    everything()
    clock(NOW + YEARS)
    assert expiry.prune() is None
    clock(NOW + YEARS + timedelta(days=1))
    gone = expiry.prune()
    assert gone
    assert {name for name, count in gone.items() if not count} == {"versions of entries", "revisions without a version"}
    found = counts()
    assert [found[model] for model in (KeptDesign, AskedQuestion, Feedback, Session, Delivery, AuditRecord)] == [0] * 6


def test_nothing_else_deletes_by_the_clock() -> None:
    known = {"faq/store/expiry.py"}
    for package in ("config", "web", "faq", "advisor"):
        for file in (ROOT / package).rglob("*.py"):
            name = str(file.relative_to(ROOT))
            for line in file.read_text().splitlines():
                if ".delete()" in line and ("__lt" in line or "expire" in line):
                    assert name in known, (name, line)


def test_a_time_that_counts_costs_no_write_within_the_hour(
    clock: Callable[[datetime], None], django_assert_num_queries: Any
) -> None:
    clock(NOW + timedelta(minutes=30))
    with django_assert_num_queries(1):
        assert expiry.is_believed(NOW + timedelta(minutes=30))
    clock(NOW + timedelta(minutes=61))
    assert expiry.is_believed(NOW + timedelta(minutes=61))
    assert ClockReading.objects.get().trusted == NOW + timedelta(minutes=61)


def test_the_command_says_what_went_or_why_nothing_did(clock: Callable[[datetime], None]) -> None:
    out = StringIO()
    call_command("prune", stdout=out)
    assert [line.split(maxsplit=1)[1] for line in out.getvalue().splitlines()] == [name for name, _ in EXPIRED]
    clock(NOW + YEARS)
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("prune", stdout=out)


def test_an_hour_goes_by_between_two_times(monkeypatch: pytest.MonkeyPatch) -> None:
    steady = 100.0
    monkeypatch.setattr("time.monotonic", lambda: steady)
    hourly = expiry.Hourly()
    assert (hourly.is_due(), hourly.is_due()) == (True, False)
    steady += 3601
    assert hourly.is_due()


class TestVersions:
    """Old versions of entries."""

    @pytest.fixture
    def entry(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Entry:
        """A published entry with nine drafts of a year ago and one of today; two versions are kept in any case."""
        monkeypatch.setattr(old_versions, "LATEST_KEPT", 2)
        settings.VERSIONS_KEPT_DAYS = 90
        entry = published(edition())
        for order in range(2, 12):
            publishing.save_draft(entry, content(order=order))
        newest = Version.objects.get_for_object(entry).first()
        Revision.objects.exclude(pk=newest.revision_id).update(date_created=NOW - timedelta(days=365))
        return entry

    def orders(self, entry: Entry) -> list[int]:
        """The order that each kept version has, the newest first."""
        kept = Version.objects.get_for_object(entry)
        return [(one.field_dict["draft"] or {"order": 1})["order"] for one in kept]

    def test_the_latest_and_the_published_one_stay(self, entry: Entry) -> None:
        expiry.prune()
        assert self.orders(entry) == [11, 10, 1]
        texts = [one.field_dict["entry_id"] for one in Version.objects.filter(content_type__model="translation")]
        assert texts.count(entry.pk) == 2 * 3

    def test_by_default_all_stay(self, entry: Entry, settings: Any) -> None:
        settings.VERSIONS_KEPT_DAYS = 0
        expiry.prune()
        assert len(self.orders(entry)) == 11

    def test_one_that_the_audit_log_refers_to_stays(self, entry: Entry) -> None:
        fifth = Version.objects.get_for_object(entry)[5]
        AuditRecord.objects.create(
            made_at=NOW, way="admin", action="drafted", kind="faq.entry", key=str(entry.pk), version=fifth.pk
        )
        expiry.prune()
        assert fifth in Version.objects.get_for_object(entry)
        assert len(self.orders(entry)) == 4

    def test_a_deleted_entry_can_still_be_recovered(self, entry: Entry) -> None:
        publishing.withdraw(entry)
        entry.delete()
        Revision.objects.update(date_created=NOW - timedelta(days=365))
        expiry.prune()
        last = Version.objects.get_deleted(Entry).order_by("pk").last()
        last.revision.revert()
        again = Entry.objects.get(pk=last.field_dict["id"])
        assert publishing.working_content(again).texts.keys() == {"nl", "en"}

    def test_versions_of_other_entries_in_the_same_revision_stay(self, entry: Entry) -> None:
        other = example()
        before = Version.objects.get_for_object(other).count()
        expiry.prune()
        assert Version.objects.get_for_object(other).count() == before
        assert not Revision.objects.filter(version=None).exists()
        assert replace(publishing.working_content(other), limits=())
